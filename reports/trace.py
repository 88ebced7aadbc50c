"""A trace: the answer to *where are this person's data*, from an inventory and a request.

::

    tracer = Tracer(reports.open_inventory("inventory"), tokens)
    trace = tracer.find(Sought(emails=("taro@example.jp",)))
    trace.json(tokens.seal)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from reports.clue import Step
from reports.errors import WrongKey
from reports.field import Fields
from reports.index import TokenIndex
from reports.person import Person, persons, question
from reports.places import Places
from reports.reach import Reach
from reports.record import Cell, Records
from reports.seal import Seal
from reports.search import Search
from reports.sought import Sought, items
from reports.token import Tokens
from reports.view import Row, View
from scanners.finding import Entity

_UNREAD = ("source", "dataset", "partition", "status", "reason", "units", "missed_at_most")


@dataclass(frozen=True, slots=True)
class Trace:
    """What was found. ``as_of`` is when each source was last scanned, in UTC."""

    persons: tuple[Person, ...]
    ask: str
    unread: tuple[Row, ...]
    as_of: dict[str, datetime]

    @property
    def matches(self) -> tuple[Reach, ...]:
        """Every record found, the surest first."""
        found = [reach for person in self.persons for reach in person.reached]
        return tuple(sorted(found, key=_order))

    def json(self, seal: Seal, *, opened: bool = False) -> dict[str, object]:
        """Return the answer as `find --json` prints it; sealed names masked unless ``opened``."""
        show = _Shown(seal, opened, self.as_of)
        return {
            "persons": [show.person(person) for person in self.persons],
            "matches": [show.match(reach) for reach in self.matches],
            "ask": self.ask,
            "unread": [show.unread(row) for row in self.unread],
        }


class Tracer:
    """Finds people in one view; what it reads once (footers, fields, links) it keeps."""

    def __init__(self, view: View, tokens: Tokens) -> None:
        _same_key(view, tokens)
        self._view, self._tokens = view, tokens
        self._fields = Fields(view)
        self._index = TokenIndex(view.files("token_index"))
        self._records = Records(view.files("locations"), self._fields)

    def find(self, sought: Sought) -> Trace:
        """Trace one person; raise ``WrongUse`` or ``UnknownId`` for what can't be asked."""
        given = items(sought, self._tokens, self._fields)
        places = Places(self._index, self._records, self._fields)
        search = Search(given, places)
        search.run()
        found = persons(search.reached, given, places.known_shared, self._fields)
        return Trace(
            persons=tuple(found),
            ask=question(found, given),
            unread=(*_unread(self._view), *_cut(search.cut)),
            as_of={
                source: cast("datetime", row["ended"])
                for source, row in self._view.last_scans.items()
            },
        )


def find(view: View, sought: Sought, tokens: Tokens) -> Trace:
    """Trace one person in a view. For many, keep a :class:`Tracer`."""
    return Tracer(view, tokens).find(sought)


@dataclass(frozen=True, slots=True)
class _Shown:
    """How names of places are shown."""

    seal: Seal
    opened: bool
    as_of: dict[str, datetime]

    def person(self, person: Person) -> dict[str, object]:
        return {
            "agrees": [str(entity) for entity in person.agrees],
            "differs": [str(entity) for entity in person.differs],
            "matches": [self.match(reach) for reach in person.reached],
        }

    def match(self, reach: Reach) -> dict[str, object]:
        key = reach.record.key
        return {
            "tier": reach.tier.word,
            "source": key.source,
            "dataset": self.name(key.dataset),
            "record": self.record(reach.record.name),
            "fields": [self.field(cell) for cell in reach.cells],
            "hops": reach.hops,
            "because": [self.step(step) for step in reach.because],
            "mixed": reach.mixed,
            "as_of": _utc(self.as_of[key.source]),
        }

    def field(self, cell: Cell) -> dict[str, object]:
        return {
            "field": self.name(cell.field.field),
            "entity": str(cell.field.entity),
            "start": cell.start,
            "end": cell.end,
        }

    def step(self, step: Step) -> dict[str, object]:
        return {
            "from": " ".join(self.name(part) for part in step.origin) if step.origin else "request",
            "field": self.name(step.field),
            "entity": str(step.entity),
            "via": str(step.via),
            "strength": str(step.strength),
        }

    def unread(self, row: Row) -> dict[str, object]:
        dataset = cast("str | None", row["dataset"])
        return {**row, "dataset": self.name(dataset) if dataset else dataset}

    def record(self, name: str) -> object:
        shown = self.name(name)
        try:
            return cast("object", json.loads(shown))
        except ValueError:
            return {"name": shown}

    def name(self, name: str) -> str:
        return self.seal.shown(name, opened=self.opened)


def _same_key(view: View, tokens: Tokens) -> None:
    others = [
        source
        for source, row in view.last_scans.items()
        if row["key_fingerprint"] != tokens.fingerprint
    ]
    if others:
        raise WrongKey(
            f"{', '.join(sorted(others))} was scanned under another key than {tokens.fingerprint}: "
            "use that key, or scan again."
        )


def _unread(view: View) -> list[Row]:
    found = [row for row in view.rows("coverage") if row["status"] != "read"]
    return [{name: row[name] for name in _UNREAD} for row in found]


def _cut(cut: dict[bytes, tuple[Entity, int]]) -> list[Row]:
    return [
        {
            "source": None,
            "dataset": None,
            "partition": None,
            "status": "partial",
            "reason": f"{entity}: 一致が {places:,} か所と多すぎるため、すべてはたどっていません。",
            "units": places,
            "missed_at_most": None,
        }
        for entity, places in cut.values()
    ]


def _order(reach: Reach) -> tuple[object, ...]:
    return reach.tier, reach.mixed, reach.hops, reach.record.key


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
