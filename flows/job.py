"""A job: everything one scan of a source works with, known by the source's name.

Prefect keeps the parameters of flows in clear, so flows and tasks are given a name and numbers and
look the rest up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from connectors.base import Source
from connectors.fingerprint import doubt
from connectors.place import Partition
from flows.contents import Contents
from flows.faults import ShozaiError
from flows.pace import Pace
from flows.plan import Plan
from flows.progress import Silent, Watcher
from flows.survey import survey
from reports.inventory import Inventory, Scan
from scanners.scan import Scanner

T = TypeVar("T")


@dataclass(slots=True, repr=False)
class Job:
    """What one scan works with, and what it has come to.

    ``plan`` is there once the source is surveyed, ``scan`` once the scan has begun, ``contents``
    once the readings are gathered; asked for before, each raises ``ShozaiError``.
    """

    source: Source
    inventory: Inventory
    settings_hash: str = ""
    accept_unread: tuple[str, ...] = ()
    pace: Pace = field(default_factory=Pace)
    scanner: Scanner = field(default_factory=Scanner)
    watcher: Watcher = field(default_factory=Silent)
    #: Whether all is read as it stood at one moment.
    one_moment: bool = False
    #: Whether to read also what hasn't changed.
    full: bool = False
    _listed: datetime | None = None
    _fingerprints: dict[tuple[str, int], str | None] = field(default_factory=dict)
    _scan: Scan | None = None
    _plan: Plan | None = None
    _contents: Contents | None = None
    _stopped: bool = False

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Hold the source for one scan; what stops the flow also stops its tasks."""
        with self.inventory.scan(self.source.name) as self._scan:
            try:
                yield
            except BaseException:
                self._stopped = True
                self.source.stop()
                raise

    def hold(self) -> None:
        """Let all that is read be of this moment, where the source can; closing it lets go."""
        self.one_moment = bool(self.source.snapshot())

    def go_on(self) -> None:
        """Raise in a task whose flow has been interrupted: nobody waits for it any more."""
        if self._stopped:
            raise ShozaiError(f"The scan of {self.source.name} was stopped.")

    def survey(self) -> None:
        """Make the plan, unless it is made: the source may be surveyed before the scan begins."""
        self._listed = self._listed or datetime.now(UTC)
        self._plan = self._plan or survey(self.source, self.watcher)

    def fingerprint(self, partition: Partition) -> str | None:
        """Return what tells whether a partition changes from now on; asked once, before reading."""
        place = partition.dataset, partition.number
        if place not in self._fingerprints:
            told = partition.fingerprint or self.source.fingerprint(partition)
            known = None if told is None or doubt(str(told)) is None else str(told)
            self._fingerprints[place] = known
        return self._fingerprints[place]

    @property
    def as_of(self) -> datetime:
        """The time that the scan stands for: what came later may be unseen."""
        return min(self._listed or self.scan.started, self.scan.started)

    @property
    def plan(self) -> Plan:
        """What is to be read."""
        return self._there(self._plan)

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan = plan

    @property
    def scan(self) -> Scan:
        """The scan under way."""
        return self._there(self._scan)

    @property
    def contents(self) -> Contents:
        """What was found."""
        return self._there(self._contents)

    @contents.setter
    def contents(self, contents: Contents) -> None:
        self._contents = contents

    @property
    def salt(self) -> str:
        """What the counts of distinct values are salted with, in all workers alike."""
        return self.scan.id[:16].ljust(16, "0")

    def kept(self, name: str, personal: bool) -> str:
        """Return the name of a place as it is kept: sealed if an identifier lies in it."""
        return self.inventory.tokens.seal.seal(name) if personal else name

    def _there(self, part: T | None) -> T:
        if part is None:
            raise ShozaiError(f"No scan of {self.source.name} has come so far in this process.")
        return part


_JOBS: dict[str, Job] = {}


def prepare(job: Job) -> None:
    """Make a job known under its source's name."""
    _JOBS[job.source.name] = job


def job_of(source: str) -> Job:
    """Return the job of a source."""
    return _JOBS[source]
