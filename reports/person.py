"""A candidate person: records that seem to be one person's, with what agrees and what differs.

A handler thinks in people. Records are one candidate's where a unique identifier or a link joins
them, or where one led to the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.field import Fields
from reports.profile import Profile, profile_given, profile_of
from reports.reach import Reach
from reports.record import RecordKey
from reports.sought import Item
from reports.tier import Tier
from scanners.finding import Entity, Strength

#: What would tell candidates apart, and how to ask for it; the first that does is asked.
QUESTIONS = {
    Entity.DATE_OF_BIRTH: "生年月日はいつですか。",
    Entity.PHONE_NUMBER: "登録した電話番号は何番ですか。",
    Entity.EMAIL_ADDRESS: "登録したメールアドレスは何ですか。",
    Entity.JP_ADDRESS: "登録した住所はどこですか。",
    Entity.JP_POSTAL_CODE: "登録した住所の郵便番号は何番ですか。",
    Entity.PERSON: "氏名(漢字とフリガナ)は何ですか。",
}
OTHERWISE = "会員番号や契約番号など、ほかに本人と分かるものはありますか。"
_COMPARED = (*QUESTIONS, Entity.JP_MY_NUMBER, Entity.CREDIT_CARD)


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate: entities that agree with the request, those that differ, and the records."""

    agrees: tuple[Entity, ...]
    differs: tuple[Entity, ...]
    reached: tuple[Reach, ...]

    @property
    def tier(self) -> Tier:
        """The surest of its records'."""
        return min(reach.tier for reach in self.reached)

    @property
    def own(self) -> bool:
        """Whether there is a record of the person's own, and not only mentions."""
        return not all(reach.mixed for reach in self.reached)

    def tokens(self, entity: Entity) -> frozenset[bytes]:
        """Return the person's own identifiers of one entity."""
        return _own_tokens(self.reached, entity)


def persons(
    reached: Mapping[RecordKey, Reach],
    given: Sequence[Item],
    shared: Collection[bytes],
    fields: Fields,
) -> list[Person]:
    """Return the candidates, the surest first. ``shared`` are tokens that join nobody."""
    groups = _Groups()
    for key, reach in reached.items():
        groups.join(key, key)
        for knot in _knots(reach, shared, fields):
            groups.join(key, knot)
        parent = reached.get(reach.parent) if reach.parent else None
        if parent and parent.tier is not Tier.CONFLICT and reach.tier is not Tier.CONFLICT:
            groups.join(key, parent.record.key)
    found = [_person([reached[key] for key in keys], given) for keys in groups.of(reached)]
    return sorted(found, key=lambda person: (not person.own, person.tier, -len(person.agrees)))


def question(candidates: Sequence[Person], given: Sequence[Item]) -> str:
    """Return the question, in Japanese, that best tells candidates apart; "" if there is one."""
    rivals = [person for person in candidates if person.tier is not Tier.CONFLICT and person.own]
    if len(rivals) <= 1:
        return ""
    known = {item.entity for item in given}
    telling = {
        entity: len({person.tokens(entity) for person in rivals if person.tokens(entity)})
        for entity in QUESTIONS
        if entity not in known
    }
    best = max(telling, key=lambda entity: telling[entity], default=None)
    return QUESTIONS[best] if best and telling[best] > 1 else OTHERWISE


def _knots(reach: Reach, shared: Collection[bytes], fields: Fields) -> Iterable[object]:
    if reach.mixed:
        yield _thread(reach, shared, fields), False
        return
    conflict = reach.tier is Tier.CONFLICT
    for cell in reach.record.own():
        if cell.field.entity is Entity.SUBJECT_KEY:
            for field_id in fields.linked(cell.field.id):
                yield cell.token, field_id, conflict
        elif cell.field.strength is Strength.UNIQUE and cell.token not in shared:
            yield cell.token, conflict


def _thread(reach: Reach, shared: Collection[bytes], fields: Fields) -> bytes:
    """Return the one token by which a mention is somebody's: a unique one if there is.

    One only, as a mail that names two people doesn't make them one.
    """

    def rank(token: bytes, field_id: str) -> tuple[bool, bytes]:
        field = fields.get(field_id)
        unique = field is not None and field.strength is Strength.UNIQUE and token not in shared
        return not unique, token

    return min(rank(token, field_id) for token, field_id in reach.matched)[1]


def _person(reached: list[Reach], given: Sequence[Item]) -> Person:
    reached.sort(key=lambda reach: (reach.mixed, reach.tier, reach.hops, reach.record.key))
    said = {item.entity for item in given}
    agrees = [entity for entity in said if _agrees(reached, given, entity)]
    differs = [
        entity for entity in said if entity not in agrees and _differs(reached, given, entity)
    ]
    return Person(tuple(sorted(agrees)), tuple(sorted(differs)), tuple(reached))


def _agrees(reached: Iterable[Reach], given: Sequence[Item], entity: Entity) -> bool:
    asked = {item.token for item in given if item.entity is entity}
    found = {cell.token for reach in reached for cell in reach.cells if cell.field.entity is entity}
    if asked & found:
        return True
    profile = profile_given(given)
    return entity is Entity.PERSON and any(
        profile.agrees_by_name(profile_of(reach.record)) for reach in reached if not reach.mixed
    )


def _differs(reached: Sequence[Reach], given: Sequence[Item], entity: Entity) -> bool:
    if entity is Entity.PERSON:
        profile = profile_given(given)
        own: list[Profile] = [profile_of(reach.record) for reach in reached if not reach.mixed]
        return any(profile.differs_by_name(one) for one in own)
    return entity in _COMPARED and bool(_own_tokens(reached, entity))


def _own_tokens(reached: Iterable[Reach], entity: Entity) -> frozenset[bytes]:
    return frozenset(
        cell.token for reach in reached if not reach.mixed for cell in reach.record.own(entity)
    )


class _Groups:
    """Which things belong together (union-find)."""

    def __init__(self) -> None:
        self._head: dict[object, object] = {}

    def join(self, one: object, other: object) -> None:
        self._head[self._find(one)] = self._find(other)

    def of(self, things: Iterable[RecordKey]) -> list[list[RecordKey]]:
        groups: dict[object, list[RecordKey]] = {}
        for thing in things:
            groups.setdefault(self._find(thing), []).append(thing)
        return list(groups.values())

    def _find(self, thing: object) -> object:
        head = self._head.setdefault(thing, thing)
        while head != self._head[head]:
            self._head[head] = self._head[self._head[head]]
            head = self._head[head]
        return head
