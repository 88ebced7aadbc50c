"""Where identifiers stand: what a search asks of the inventory, each thing once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from reports.clue import Clue
from reports.field import Fields, KnownField
from reports.index import Entry, TokenIndex
from reports.profile import Profile, profile_of
from reports.record import Record, RecordKey, Records
from reports.tier import Tier
from scanners.finding import Entity

#: Places of one token that are looked at: those of the commonest names.
MOST = 50_000
#: Records looked into to see whether an identifier is shared.
_LOOKED_INTO = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A record's field in which a token stands, and what a step there allows at best."""

    key: RecordKey
    field: KnownField
    tier: Tier = Tier.CERTAIN


class Places:
    """Looks up tokens and records in one view, remembering them for one search."""

    def __init__(self, index: TokenIndex, records: Records, fields: Fields) -> None:
        self._index, self._records, self._fields = index, records, fields
        self._found: dict[tuple[bytes, str | None], list[Place]] = {}
        self._loaded: dict[RecordKey, Record] = {}
        self._shared: dict[bytes, bool] = {}

    def of(self, clue: Clue) -> list[Place]:
        """Return where a clue leads, own identifiers before mentions: to every place of its token,
        or, for a key, to its place in the fields linked with the key's own.
        """
        if clue.follow not in self._found:
            places = self._keys(clue) if clue.field_id else self._others(clue.token)
            self._found[clue.follow] = sorted(places, key=lambda place: not place.field.own)
        return self._found[clue.follow]

    def own(self, clue: Clue) -> dict[RecordKey, KnownField]:
        """Return the records whose own person a clue describes, each with the field."""
        return {place.key: place.field for place in self.of(clue) if place.field.own}

    def shared(self, clue: Clue) -> bool:
        """Tell whether an identifier stands at people who can't be one."""
        if clue.entity is Entity.SUBJECT_KEY:
            return False
        if clue.token not in self._shared:
            some = list(islice(self.own(clue), _LOOKED_INTO))
            self._shared[clue.token] = _differ(self.records(some))
        return self._shared[clue.token]

    @property
    def known_shared(self) -> frozenset[bytes]:
        """The tokens found shared so far."""
        return frozenset(token for token, shared in self._shared.items() if shared)

    def records(self, keys: Collection[RecordKey]) -> Iterator[Record]:
        """Return the records themselves."""
        new = {key for key in keys if key not in self._loaded}
        if new:
            self._loaded |= self._records.load(new)
        return (self._loaded[key] for key in keys if key in self._loaded)

    def _keys(self, clue: Clue) -> Iterator[Place]:
        linked = self._fields.linked(clue.field_id or "")
        for entry in self._index.lookup(clue.token, MOST, linked):
            if field := self._fields.get(entry.field_id):
                yield Place(_key(field, entry), field, linked[field.id])

    def _others(self, token: bytes) -> Iterator[Place]:
        for entry in self._index.lookup(token, MOST):
            field = self._fields.get(entry.field_id)
            if field and field.entity is not Entity.SUBJECT_KEY:
                yield Place(_key(field, entry), field)


def _key(field: KnownField, entry: Entry) -> RecordKey:
    return RecordKey(entry.source, field.dataset, entry.partition, entry.ordinal)


def _differ(records: Iterable[Record]) -> bool:
    people: list[Profile] = []
    for record in records:
        found = profile_of(record)
        if any(found.differs(other) for other in people):
            return True
        people.append(found)
    return False
