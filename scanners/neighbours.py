"""隣の列 (neighbours): what columns hold that only the others of their table make likely.

Beside the names of persons a reading is theirs, dates that span lives and lie before all others are
births, whole numbers that go with those births are ages, and plain digits that are all telephone
numbers are telephones. Beside nothing personal they are nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from scanners.finding import Entity
from scanners.holds import Held, convinces, counted, held
from scanners.profile import Profile
from scanners.rules import Rules
from scanners.sense import Sense
from scanners.values import Kind
from scanners.verdict import Evidence

Column = tuple[Profile, tuple[Held, ...]]

#: Whoever has these is a person; an office has telephones and addresses too.
_PERSONAL = frozenset(Entity) - {
    Entity.EMAIL_ADDRESS,
    Entity.PHONE_NUMBER,
    Entity.JP_ADDRESS,
    Entity.JP_POSTAL_CODE,
    Entity.IP_ADDRESS,
    Entity.CREDENTIAL,
}
_OTHERS = {Sense.MENTION, Sense.ORGANISATION, Sense.UNIT}
_PLACED = {Entity.JP_ADDRESS, Entity.PHONE_NUMBER, Entity.EMAIL_ADDRESS}
#: No word is as long on average.
_OPAQUE = 16
_OFFICE = {Entity.PHONE_NUMBER, Entity.JP_POSTAL_CODE}


def beside(columns: Sequence[Column], rules: Rules) -> list[Column]:
    """Return the columns with what their neighbours add to those that hold nothing yet."""
    entities = {entity for _, has in columns for entity, *_ in has}
    if not entities & (_PERSONAL | _PLACED):
        return list(columns)
    added = [(column, has or _beside(column, entities, rules)) for column, has in columns]
    if any(_stands_for(column, has) for column, has in columns):
        added = [(column, has or _secret(column, rules)) for column, has in added]
    if not entities & _PERSONAL:
        return added
    births = [at for at, (_, has) in enumerate(added) if _holds(has, Entity.DATE_OF_BIRTH)]
    if not births and any(_own(column, has) for column, has in added):
        births = _births(added, rules)
        added = [
            (one, (_born(one),) if at in births else has) for at, (one, has) in enumerate(added)
        ]
    return [(column, has or _age(column, births, rules)) for column, has in added]


def _beside(column: Profile, entities: set[Entity], rules: Rules) -> tuple[Held, ...]:
    named = Entity.PERSON in entities
    found = held(column, rules, beside_name=True) if named else ()
    if found or column.heading.words or column.kind not in {Kind.TEXT, Kind.NUMBER}:
        return found
    likely = _likely(column, entities, rules)
    for entity, least in rules.beside.items():
        if entity in likely and convinces(column, entity, least, rules):
            rate = column.rate(entity)
            return ((entity, 0.4 + 0.3 * rate.known, (_why(entities), *counted(entity, rate))),)
    return ()


def _stands_for(column: Profile, has: Sequence[Held]) -> bool:
    """Tell whether each row has another person's key or e-mail address: a table of accounts."""
    key = column.heading.key in {Sense.PERSON, Sense.STAFF}
    return column.unique and (key or _holds(has, Entity.EMAIL_ADDRESS))


def _secret(column: Profile, rules: Rules) -> tuple[Held, ...]:
    """Return a secret for opaque values under a hash or token that is nothing's but a user's."""
    rate = column.rate(Entity.CREDENTIAL)
    opaque = column.unique and column.length >= _OPAQUE and rate.fit >= rules.nearly_all
    if column.heading.what is not Sense.OPAQUE or not opaque:
        return ()
    why = Evidence("header", " ".join(column.heading.words))
    return ((Entity.CREDENTIAL, 0.7, (why, *counted(Entity.CREDENTIAL, rate))),)


def _likely(column: Profile, entities: set[Entity], rules: Rules) -> set[Entity]:
    """Return what is likely here: beside contact data only full names and more contact data."""
    if entities & _PERSONAL:
        return set(rules.beside)
    full = {Entity.PERSON} if column.full >= rules.nearly_all else set()
    return _OFFICE | full


def _own(column: Profile, has: Sequence[Held]) -> bool:
    """Tell whether a column is of the rows' own persons: firms have clerks and days of founding."""
    return column.heading.whose not in _OTHERS and any(one in _PERSONAL for one, *_ in has)


def _births(columns: Sequence[Column], rules: Rules) -> list[int]:
    """Return the place of the one column of dates that are births, where none is called so."""
    may = (at for at, (column, has) in enumerate(columns) if not has and _spans(column, rules))
    return [at for at in may if _is_first(columns[at][0], rules)][:1]


def _spans(column: Profile, rules: Rules) -> bool:
    if column.heading.words and column.heading.what is not Sense.DATE:
        return False
    years = column.years
    early = years.early.get(rules.before, 0.0)
    spread = years.different >= rules.generations and early >= rules.early
    return spread and years.dated >= rules.nearly_all and not years.ancient


def _is_first(column: Profile, rules: Rules) -> bool:
    """Tell whether the dates lie before those of every other column, in nearly all rows."""
    if (column.heading.words or column.heading.partial) and not column.later:
        return False
    return all(share >= rules.earlier for share in column.later.values())


def _born(column: Profile) -> Held:
    rate = column.rate(Entity.DATE_OF_BIRTH)
    why = Evidence("neighbours", "PERSON")
    return Entity.DATE_OF_BIRTH, 0.55, (why, *counted(Entity.DATE_OF_BIRTH, rate))


def _age(column: Profile, births: Sequence[int], rules: Rules) -> tuple[Held, ...]:
    """Return an age for whole numbers without a name that go with births in the same rows."""
    agreeing = (column.born.get(at, 0.0) >= rules.aged for at in births)
    if column.heading.words or not any(agreeing):
        return ()
    why = Evidence("neighbours", "DATE_OF_BIRTH")
    return ((Entity.AGE, 0.6, (why, *counted(Entity.AGE, column.rate(Entity.AGE)))),)


def _holds(has: Sequence[Held], wanted: Entity) -> bool:
    return any(entity is wanted for entity, *_ in has)


def _why(entities: set[Entity]) -> Evidence:
    return Evidence("neighbours", " ".join(sorted(entities & (_PERSONAL | _PLACED))))
