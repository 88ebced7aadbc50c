"""A job: everything one scan of a source works with, known by the source's name.

Prefect keeps the parameters of flows in clear, so flows and tasks are given a name and numbers and
look the rest up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from connectors.base import Source
from connectors.place import Dataset, Partition, Unread
from flows.faults import ShozaiError
from flows.progress import Silent, Watcher
from reports.inventory import Inventory, Scan
from reports.location import Sealed
from scanners.finding import Finding
from scanners.scan import Scanner
from scanners.verdict import TableVerdict

#: Partitions read by one Prefect task: a task costs about 20 ms, so small files go together.
_UNITS_A_TASK = 200
_BYTES_A_TASK = 256 << 20


@dataclass(frozen=True, slots=True, repr=False)
class Surveyed:
    """A dataset with what its head and its names tell; ``None`` for text without fields."""

    dataset: Dataset
    verdict: TableVerdict | None = None
    sealed: Sealed = Sealed()  # noqa: RUF009 - frozen
    names: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One partition to read, and where its dataset stands in the plan."""

    surveyed: Surveyed
    partition: Partition

    @property
    def cost(self) -> int:
        """What reading it costs, in bytes or what stands for them."""
        return self.partition.bytes or (self.partition.rows or 1) * 100


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan will read, in a stable order, and what it already knows it won't."""

    datasets: tuple[Surveyed, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def units(self) -> list[Unit]:
        """Every partition of every dataset."""
        return [Unit(known, part) for known in self.datasets for part in known.dataset.partitions]

    def tasks(self) -> list[tuple[int, int]]:
        """Return the units as slices ``[first, last)``, each the work of one task."""
        slices, first, weight = [], 0, 0
        for number, unit in enumerate(self.units):
            if number > first and (weight > _BYTES_A_TASK or number - first >= _UNITS_A_TASK):
                slices.append((first, number))
                first, weight = number, 0
            weight += unit.cost
        return [*slices, (first, len(self.units))] if self.units else []


@dataclass(slots=True, repr=False)
class Job:
    """What one scan works with; ``scan`` and ``plan`` are there once it has begun."""

    source: Source
    inventory: Inventory
    settings_hash: str = ""
    accept_unread: tuple[str, ...] = ()
    scanner: Scanner = field(default_factory=Scanner)
    watcher: Watcher = field(default_factory=Silent)
    scan: Scan | None = None
    plan: Plan | None = None
    stopped: bool = False

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Hold the source for one scan; what stops the flow also stops its tasks."""
        with self.inventory.scan(self.source.name) as self.scan:
            try:
                yield
            except BaseException:
                self.stopped = True
                raise

    def go_on(self) -> None:
        """Raise in a task whose flow has been interrupted: nobody waits for it any more."""
        if self.stopped:
            raise ShozaiError(f"The scan of {self.source.name} was stopped.")

    @property
    def running(self) -> Scan:
        """The scan under way."""
        if self.scan is None:
            raise ShozaiError(f"No scan of {self.source.name} is under way in this process.")
        return self.scan

    def sealed(self, name: str, personal: bool) -> str:
        """Return the name of a place as it is kept: sealed if an identifier lies in it."""
        return self.inventory.tokens.seal.seal(name) if personal else name

    @property
    def salt(self) -> str:
        """What the counts of distinct values are salted with, in all workers alike."""
        return self.running.id[:16].ljust(16, "0")

    @property
    def planned(self) -> Plan:
        """The plan; empty before the survey."""
        return self.plan or Plan()


_JOBS: dict[str, Job] = {}


def prepare(job: Job) -> None:
    """Make a job known under its source's name."""
    _JOBS[job.source.name] = job


def job(source: str) -> Job:
    """Return the job of a source."""
    return _JOBS[source]
