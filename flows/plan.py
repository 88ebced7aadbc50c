"""A plan: what a scan will read of a source, in a stable order, and what it already knows it won't.

The survey makes it. Its parts have names of places in them, which are data too: no ``repr``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from connectors.place import Dataset, Partition, Unread
from flows.contents import Row
from reports.location import Sealed
from scanners.finding import Finding
from scanners.profile import Profile
from scanners.verdict import TableVerdict

#: The columns of each set of columns that a dataset's batches have (a workbook's sheets).
Heads = Sequence[Sequence[Profile]]

#: Partitions read by one Prefect task: a task costs about 20 ms, so small files go together.
_UNITS_A_TASK = 200
_BYTES_A_TASK = 256 << 20
#: What stands for the bytes of a row where nothing tells them.
_BYTES_A_ROW = 100


@dataclass(frozen=True, slots=True, repr=False)
class Surveyed:
    """A dataset with what its head and its names tell.

    ``verdict`` is ``None`` for text without fields, and rests on ``heads``: the profiles of each
    set of columns. ``in_names`` are identifiers that lie in the dataset's own names, and ``sealed``
    says which names these are.
    """

    dataset: Dataset
    verdict: TableVerdict | None = None
    heads: Heads = ()
    sealed: Sealed = field(default_factory=Sealed)
    in_names: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """The dataset's plain name."""
        return self.dataset.name


@dataclass(frozen=True, slots=True, repr=False)
class Unit:
    """One partition to read, and what is known of its dataset."""

    surveyed: Surveyed
    partition: Partition

    @property
    def cost(self) -> int:
        """What reading it costs, in bytes or what stands for them."""
        return self.partition.bytes or (self.partition.rows or 1) * _BYTES_A_ROW


@dataclass(frozen=True, slots=True, repr=False)
class Staying:
    """The rows of a dataset that is as it was when it was read, in its ``rows`` records."""

    rows: int
    fields: tuple[Row, ...]
    keys: tuple[Row, ...]
    profiles: tuple[Row, ...]
    coverage: tuple[Row, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """All datasets, and what was found unreadable while they were listed.

    What is ``staying`` (by the dataset's name) isn't read.
    """

    datasets: tuple[Surveyed, ...] = ()
    unread: tuple[Unread, ...] = ()
    staying: Mapping[str, Staying] = field(default_factory=dict)
    #: Every partition of every dataset to read.
    units: tuple[Unit, ...] = field(init=False)

    def __post_init__(self) -> None:
        units = tuple(Unit(one, part) for one in self.read for part in one.dataset.partitions)
        object.__setattr__(self, "units", units)

    @property
    def read(self) -> tuple[Surveyed, ...]:
        """The datasets to read."""
        return tuple(one for one in self.datasets if one.name not in self.staying)

    @property
    def cost(self) -> int:
        """What reading all of it costs, in bytes or what stands for them."""
        return sum(unit.cost for unit in self.units)

    def tasks(self) -> list[tuple[int, int]]:
        """Return the units as slices ``[first, last)``, each the work of one task."""
        slices, first, cost = [], 0, 0
        for number, unit in enumerate(self.units):
            if number > first and (cost > _BYTES_A_TASK or number - first >= _UNITS_A_TASK):
                slices.append((first, number))
                first, cost = number, 0
            cost += unit.cost
        return [*slices, (first, len(self.units))] if self.units else []
