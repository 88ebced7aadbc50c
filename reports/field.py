"""A field as a trace sees it: what it holds, whose it is, and which fields its keys may meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from reports.kind import strength
from reports.script import Part, Script, part_of, script_of_field
from reports.tier import LINK_TIERS, Tier
from reports.view import Row, View
from scanners.finding import About, Entity, Role, Strength

_NOT_PEOPLE = frozenset({About.ORGANISATION, About.THING})


@dataclass(frozen=True, slots=True)
class KnownField:
    """One entity in one field, as decided; names as stored (sealed where they are)."""

    id: str
    source: str
    dataset: str
    field: str
    entity: Entity
    role: Role
    script: Script
    part: Part

    @property
    def own(self) -> bool:
        """Whether its values belong to the record's own person."""
        return self.role is Role.SELF

    @property
    def strength(self) -> Strength:
        """How far its values go, before the data say otherwise."""
        return strength(self.entity)


class Fields:
    """The fields that hold something, without those a reviewer rejected, and their links."""

    def __init__(self, view: View) -> None:
        self._known = {field.id: field for field in _live(view.rows("fields"))}
        self._links: dict[str, dict[str, Tier]] = {}
        keys = {
            (field.source, field.dataset, field.field): field.id
            for field in self._known.values()
            if field.entity is Entity.SUBJECT_KEY
        }
        for row in view.rows("links"):
            self._link(row, keys)

    def get(self, id_: str) -> KnownField | None:
        """Return a field, or ``None`` where it is unknown or rejected."""
        return self._known.get(id_)

    def linked(self, id_: str) -> Mapping[str, Tier]:
        """Return the fields whose equal keys mean the same person, itself first."""
        return {id_: Tier.CERTAIN, **self._links.get(id_, {})}

    def _link(self, row: Row, keys: Mapping[tuple[str, str, str], str]) -> None:
        tier = LINK_TIERS.get(cast("str", row["status"]))
        ends = [keys.get(_end(row[name])) for name in ("from", "to")]
        if tier is None or ends[0] is None or ends[1] is None:
            return
        for here, there in (ends, reversed(ends)):
            links = self._links.setdefault(cast("str", here), {})
            links[cast("str", there)] = min(tier, links.get(cast("str", there), tier))


def _live(rows: Iterable[Row]) -> list[KnownField]:
    return [
        _known(row)
        for row in rows
        if row["decision"] != "rejected" and row["entity"] in set(Entity)
    ]


def _known(row: Row) -> KnownField:
    own = row["role"] == Role.SELF and row["about"] not in _NOT_PEOPLE
    name = cast("str", row["field"])
    return KnownField(
        id=cast("str", row["id"]),
        source=cast("str", row["source"]),
        dataset=cast("str", row["dataset"]),
        field=name,
        entity=Entity(cast("str", row["entity"])),
        role=Role.SELF if own else Role.MENTION,
        script=script_of_field(cast("list[str]", row["masked_sample"] or [])),
        part=part_of(name),
    )


def _end(end: object) -> tuple[str, str, str]:
    place = cast("dict[str, object]", end)
    return (
        cast("str", place["source"]),
        cast("str", place["dataset"]),
        "+".join(cast("list[str]", place["fields"])),
    )
