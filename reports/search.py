"""A search: from a request's identifiers to every record that is the person's, surest first.

Rules:

1. Clues are followed in the order of their tier, so a record is reached by its surest way first.
2. From a record only its own person's identifiers (role *self*) are learnt: unique ones are
   followed, keys over links only, names together with what stands beside them.
3. A record that merely mentions the person is shown *mixed* and never followed. If it has a
   person of its own, it is *probable* at most.
4. An identifier found at people who differ in birth date or full name is *shared*: told, never
   followed, *possible* at most.
5. A record whose own birth date or full name differs from the request's is a *conflict*, however
   it was reached, and never followed.
6. What proves little (a name, a telephone learnt on the way) is looked for alone last, and only
   records that nothing speaks against are shown.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from reports.clue import Clue
from reports.kind import strength
from reports.places import Place, Places
from reports.profile import Profile, profile_given, profile_of
from reports.reach import Reach
from reports.record import Record, RecordKey
from reports.script import Part
from reports.sought import Item
from reports.tier import BESIDE_NAME, Tier
from scanners.finding import Entity, Role, Strength

#: Places shown for an identifier by its strength, and for one learnt that proves little.
MOST = {Strength.UNIQUE: 20_000, Strength.SHARED: 2_000, Strength.WEAK: 2_000}
MOST_LEARNT = 200
#: Learnt identifiers that are searched for alone; birth dates prove too little for that.
_ALONE = frozenset({Entity.PERSON, Entity.PHONE_NUMBER, Entity.JP_ADDRESS})
_OWNER = frozenset({Entity.PERSON, Entity.DATE_OF_BIRTH})

_Task = tuple[Clue] | tuple[Clue, Clue]


class Search:
    """One search. :meth:`run` fills ``reached``; ``cut`` tells how many places were left out."""

    def __init__(self, given: Sequence[Item], places: Places) -> None:
        self.reached: dict[RecordKey, Reach] = {}
        self.cut: dict[bytes, tuple[Entity, int]] = {}
        self._asked = [Clue(item.entity, item.token, item.field_id) for item in given]
        self._places = places
        self._given = profile_given(given)
        self._learnt = Profile()
        self._queue: list[tuple[Tier, int, int, _Task, bool]] = []
        self._order = count()
        self._followed: set[object] = set()

    def run(self) -> None:
        """Follow every clue until nothing new is found."""
        for clue in self._asked:
            unique = self._strength(clue) is Strength.UNIQUE
            self._push(clue if unique else replace(clue, tier=Tier.POSSIBLE))
        self._pair(self._asked, self._asked)
        while self._queue:
            *_, task, learnt = heapq.heappop(self._queue)
            follow = tuple(clue.follow for clue in task)
            if follow not in self._followed:
                self._followed.add(follow)
                self._follow(task[0], learnt) if len(task) == 1 else self._follow_pair(*task)

    def _push(self, clue: Clue, *, learnt: bool = False) -> None:
        task = (clue.tier, clue.hops, next(self._order), (clue,), learnt)
        heapq.heappush(self._queue, task)

    def _pair(self, names: Iterable[Clue], others: Sequence[Clue]) -> None:
        for name in names:
            for other in others:
                if name.entity is Entity.PERSON and other.entity in BESIDE_NAME:
                    tier = max(name.tier, other.tier, Tier.PROBABLE)
                    hops = max(name.hops, other.hops)
                    task = (tier, hops, next(self._order), (name, other), False)
                    heapq.heappush(self._queue, task)

    def _follow(self, clue: Clue, learnt: bool) -> None:
        power = self._strength(clue)
        places = self._shown(clue, MOST_LEARNT if learnt else MOST[power], learnt)
        records = {record.key: record for record in self._places.records([p.key for p in places])}
        for place in places:
            record = records[place.key]
            if not (learnt and self._someone_else(record)):
                reach = self._single(clue, place, record, power)
                self._arrive(reach, expand=not learnt)

    def _follow_pair(self, name: Clue, other: Clue) -> None:
        if self._crowded(other):
            return
        names, others = self._places.own(name), self._places.own(other)
        for record in self._places.records([key for key in names if key in others]):
            first = _reach(name, Place(record.key, names[record.key]), record, Strength.WEAK)
            power = self._strength(other)
            second = _reach(other, Place(record.key, others[record.key]), record, power)
            first.join(second)
            first.tier = max(name.tier, other.tier, Tier.PROBABLE)
            self._arrive(first, expand=True)

    def _shown(self, clue: Clue, most: int, learnt: bool) -> list[Place]:
        places = self._places.of(clue)
        if len(places) <= most:
            return places
        self.cut[clue.token] = (clue.entity, len(places))
        return [] if learnt else places[:most]

    def _single(self, clue: Clue, place: Place, record: Record, power: Strength) -> Reach:
        reach = _reach(clue, place, record, power)
        beside = clue.entity in BESIDE_NAME and clue.origin is None and not reach.mixed
        # A name in two columns has no token of its own: it agrees only once the record is read.
        if reach.tier is Tier.POSSIBLE and beside:
            own = profile_of(record)
            if own.agrees_by_name(self._given) or own.renamed(self._given):
                reach.tier = Tier.PROBABLE
        return reach

    def _arrive(self, reach: Reach, *, expand: bool) -> None:
        if reach.mixed and _has_owner(reach.record):
            reach.tier = max(reach.tier, Tier.PROBABLE)
        if self._conflicts(reach):
            if reach.only_by(Entity.DATE_OF_BIRTH):
                return
            reach.tier = Tier.CONFLICT
        known = self.reached.get(reach.record.key)
        if known and not known.replaced_by(reach):
            return
        self.reached[reach.record.key] = reach
        if expand and not reach.mixed and reach.tier is not Tier.CONFLICT:
            self._learn(reach)

    def _learn(self, reach: Reach) -> None:
        clues = [_learnt(reach, at) for at in range(len(reach.record.cells))]
        own = [clue for clue in clues if clue]
        for clue in own:
            if self._strength(clue) is Strength.UNIQUE:
                self._push(clue)
            elif reach.tier is Tier.CERTAIN and clue.entity in _ALONE:
                self._push(replace(clue, tier=Tier.POSSIBLE), learnt=True)
        if reach.tier is Tier.CERTAIN:
            self._learnt = self._learnt.joined(profile_of(reach.record))
        if reach.tier is not Tier.POSSIBLE:
            self._pair([*own, *self._asked], own)
            self._pair(own, self._asked)

    def _strength(self, clue: Clue) -> Strength:
        usual = strength(clue.entity)
        if usual is Strength.UNIQUE and self._places.shared(clue):
            return Strength.SHARED
        return usual

    def _conflicts(self, reach: Reach) -> bool:
        own = profile_of(reach.record)
        if reach.mixed:
            return False
        unsure = reach.tier is not Tier.CERTAIN and reach.parent is not None
        return own.differs(self._given) or (unsure and own.differs(self._learnt))

    def _someone_else(self, record: Record) -> bool:
        own = profile_of(record)
        return own.differs(self._given) or own.differs(self._learnt)

    def _crowded(self, clue: Clue) -> bool:
        """Tell whether an identifier is everybody's, such as a placeholder: no evidence at all."""
        return clue.entity is not Entity.DATE_OF_BIRTH and len(self._places.of(clue)) > MOST_LEARNT


def _reach(clue: Clue, place: Place, record: Record, power: Strength) -> Reach:
    return Reach(
        record=record,
        tier=max(clue.tier, place.tier),
        hops=clue.hops + 1,
        because=(*clue.chain, clue.step(place.field.field, power)),
        mixed=place.field.role is Role.MENTION,
        parent=clue.parent,
        matched={(clue.token, place.field.id)},
    )


def _learnt(reach: Reach, at: int) -> Clue | None:
    record, cell = reach.record, reach.record.cells[at]
    # A family name alone is shared by the whole family: nothing to go by.
    if not cell.field.own or cell.field.part is not Part.WHOLE:
        return None
    return Clue(
        entity=cell.field.entity,
        token=cell.token,
        field_id=cell.field.id if cell.field.entity is Entity.SUBJECT_KEY else None,
        tier=reach.tier,
        hops=reach.hops,
        chain=reach.because,
        origin=(record.key.source, record.key.dataset, record.name),
        parent=record.key,
    )


def _has_owner(record: Record) -> bool:
    return any(
        cell.field.entity in _OWNER or cell.field.strength is Strength.UNIQUE
        for cell in record.own()
    )
