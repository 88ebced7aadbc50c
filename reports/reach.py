"""A reach: how a trace came to a record, and how sure it is that the record is the person's."""

from __future__ import annotations

from dataclasses import dataclass

from reports.clue import Step
from reports.record import Cell, Record, RecordKey
from reports.tier import Tier
from scanners.finding import Entity


@dataclass(slots=True)
class Reach:
    """A record reached. ``mixed``: it only mentions the person, and is another's or nobody's.

    ``matched`` are the tokens by which it was reached, with the ids of the fields they stand in;
    ``parent`` is the record that led here, ``None`` for the request.
    """

    record: Record
    tier: Tier
    hops: int
    because: tuple[Step, ...]
    mixed: bool
    parent: RecordKey | None
    matched: set[tuple[bytes, str]]

    @property
    def cells(self) -> list[Cell]:
        """The identifiers in the record that are the person's, as far as is known."""
        return [
            cell
            for cell in self.record.cells
            if (cell.field.own and not self.mixed) or (cell.token, cell.field.id) in self.matched
        ]

    def join(self, other: Reach) -> None:
        """Take a second reason for the same record."""
        self.because = tuple(dict.fromkeys((*self.because, *other.because)))
        self.hops = max(self.hops, other.hops)
        self.matched |= other.matched
        self.parent = self.parent or other.parent

    def replaced_by(self, other: Reach) -> bool:
        """Tell whether ``other`` is the better way here; both then know what both matched."""
        self.matched |= other.matched
        other.matched |= self.matched
        return _rank(other) < _rank(self)

    def only_by(self, entity: Entity) -> bool:
        """Tell whether nothing but one kind of identifier led here."""
        return all(step.entity is entity for step in self.because)


def _rank(reach: Reach) -> tuple[bool, bool, Tier, int]:
    # A conflict says least: who shares a telephone with the person may mention them as well.
    return reach.tier is Tier.CONFLICT, reach.mixed, reach.tier, reach.hops
