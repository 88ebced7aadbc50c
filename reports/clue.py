"""A clue: one identifier that leads from the request, or from a record, to other records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reports.record import RecordKey
from reports.tier import Tier
from scanners.finding import Entity, Strength


class Via(StrEnum):
    """How a step goes: by an equal token, or by an equal key over a link."""

    TOKEN = "token"  # noqa: S105 (a word of answers)
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: from the request (``None``) or a record, by a field of the next."""

    origin: tuple[str, str, str] | None  # source, dataset, record; names as stored
    field: str
    entity: Entity
    via: Via
    strength: Strength


@dataclass(frozen=True, slots=True)
class Clue:
    """A token to follow, and how it was come by. ``field_id`` is set for keys."""

    entity: Entity
    token: bytes
    field_id: str | None = None
    tier: Tier = Tier.CERTAIN
    hops: int = 0
    chain: tuple[Step, ...] = ()
    origin: tuple[str, str, str] | None = None
    parent: RecordKey | None = None

    @property
    def follow(self) -> tuple[bytes, str | None]:
        """What is followed: no clue is followed twice."""
        return self.token, self.field_id

    def step(self, field: str, strength: Strength) -> Step:
        """Return the step this clue makes into a record, by a field of it."""
        via = Via.LINK if self.field_id and self.origin else Via.TOKEN
        return Step(self.origin, field, self.entity, via, strength)
