"""What a column holds as such: the entities that its header and values together announce.

Rules, in order:

1. A header that names an entity outright is believed where some values fit (``SOME``), and where
   there are no values yet.
2. A header that may mean it (``name``, 担当) is believed where most values fit and are known.
3. A header that names something else (商品名, 登録日) is believed, except that a column of e-mail
   addresses is one whatever its name (a login, a key).
4. Without a word from the header, values alone must convince: enough of them (``ENOUGH``) and
   nearly all, a check digit included; dates and plain digits never do by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanners.finding import Entity
from scanners.profile import Profile
from scanners.rates import Rate
from scanners.values import Kind
from scanners.verdict import Evidence
from scanners.words import Sense

#: Shares of distinct values.
SOME, MOST, NEARLY_ALL = 0.3, 0.6, 0.9
#: Distinct values under which no share convinces by itself.
ENOUGH = 30
#: A field of mixed contact data holds at least this much of each.
_MIXED = 0.1
_DAY = re.compile(r"\s*([12][0-9]{3})[-/.年]")
#: Years of birth in a table of persons are spread, and nobody living was born before.
_GENERATIONS, _OLDEST = 25, 1900
#: No list or plan has all of them, so under a sure header the shape will do; for an address only
#: beside a person's name, where 番地, 建物名 and 住所2 hold what the municipality leaves to say.
_UNLISTED = {Entity.PERSON, Entity.PHONE_NUMBER, Entity.GENDER, Entity.AGE}
_PIECES = {Entity.JP_ADDRESS}
_CONTACTS = (Entity.EMAIL_ADDRESS, Entity.PHONE_NUMBER, Entity.JP_ADDRESS)
_WHOM = {Sense.PERSON, Sense.STAFF, Sense.MENTION, Sense.CONTACT}
#: Share of known values that convinces without a header, and how many of them there must be.
#: Left out are entities that look like any other number or date.
_ALONE = {
    Entity.PERSON: (0.7, 20),
    Entity.EMAIL_ADDRESS: (0.8, 3),
    Entity.PHONE_NUMBER: (0.8, 10),
    Entity.JP_ADDRESS: (0.6, 10),
    Entity.JP_POSTAL_CODE: (NEARLY_ALL, ENOUGH),
    Entity.JP_MY_NUMBER: (NEARLY_ALL, ENOUGH),
    Entity.CREDIT_CARD: (NEARLY_ALL, ENOUGH),
    Entity.JP_RESIDENCE_CARD: (NEARLY_ALL, ENOUGH),
    Entity.GENDER: (1.0, 2),
}
_SEPARATORS = ("-", "‐", "‑", "–", "ー", "−", "(", " ", "+")

Held = tuple[Entity, float, tuple[Evidence, ...]]


def held(column: Profile, *, beside_name: bool = False) -> tuple[Held, ...]:
    """Return the entities that values of the column are as such, with score and evidence.

    ``beside_name``: the same table has a column of persons' names, so that フリガナ is theirs.
    """
    if column.kind is Kind.NONE:
        return ()
    announced = tuple(_announced(column, beside_name=beside_name))
    if announced or column.kind is not Kind.TEXT:
        return announced
    return tuple(_mixed(column)) or tuple(_alone(column))


def birth(column: Profile) -> tuple[Held, ...]:
    """Return a birth date for dates without a header, in a table of names, that span lives."""
    if column.heading.words or not column.values:
        return ()
    years = {int(match[1]) for match in map(_DAY.match, column.values) if match}
    rate = column.rate(Entity.DATE_OF_BIRTH)
    if rate.fit < NEARLY_ALL or len(years) < _GENERATIONS or min(years) < _OLDEST:
        return ()
    return (
        (
            Entity.DATE_OF_BIRTH,
            0.55,
            (Evidence("neighbours", "PERSON"), *_counted(Entity.DATE_OF_BIRTH, rate)),
        ),
    )


def _announced(column: Profile, *, beside_name: bool) -> Iterator[Held]:
    entity, heading = column.heading.entity, column.heading
    if entity is None or (column.kind is Kind.DATE and entity is not Entity.DATE_OF_BIRTH):
        return
    rate = column.rate(entity)
    reasons = (_header(column), *_counted(entity, rate))
    sure = heading.sure or (beside_name and heading.what is Sense.READING)
    shaped = _UNLISTED | (_PIECES if beside_name else set())
    if sure and (not column.values or entity not in column.rates):
        yield entity, 0.5, reasons[:1]
    elif sure and (rate.fit >= SOME or (entity in shaped and rate.look >= MOST)):
        yield entity, 0.95 if rate.fit >= MOST else 0.8, reasons
    elif not sure and rate.fit >= MOST and rate.known >= SOME:
        yield entity, 0.6 + 0.3 * rate.known, reasons


def _mixed(column: Profile) -> Iterator[Held]:
    """A 連絡先 or 担当 may hold an address here and a telephone number there."""
    open_to_all = column.heading.what is Sense.CONTACT or (
        column.heading.whose in _WHOM and column.heading.entity is Entity.PERSON
    )
    rates = {entity: column.rate(entity) for entity in _CONTACTS}
    if not open_to_all or sum(rate.fit for rate in rates.values()) < MOST:
        return
    for entity, rate in rates.items():
        if rate.fit >= _MIXED:
            yield entity, 0.7, (_header(column), *_counted(entity, rate))


def _alone(column: Profile) -> Iterator[Held]:
    heading = column.heading
    allowed = (Entity.EMAIL_ADDRESS,) if heading.denies else tuple(_ALONE)
    for entity in allowed:
        share, least = _ALONE[entity]
        if len(column.values) < least:
            continue
        rate = column.rate(entity)
        if rate.knows >= least and rate.known >= share and _telling(column, entity):
            yield entity, 0.5 + 0.4 * rate.known, _counted(entity, rate)
            return


def _telling(column: Profile, entity: Entity) -> bool:
    """Plain digits tell nothing: telephone numbers and postal codes must be written as such."""
    if entity not in {Entity.PHONE_NUMBER, Entity.JP_POSTAL_CODE}:
        return True
    written = sum(any(mark in value for mark in _SEPARATORS) for value in column.values)
    return written >= MOST * len(column.values)


def _header(column: Profile) -> Evidence:
    return Evidence("header", " ".join(column.heading.words))


def _counted(entity: Entity, rate: Rate) -> tuple[Evidence, ...]:
    shape = Evidence("pattern", entity.value, rate.fits, rate.of)
    if rate.fails:
        return shape, Evidence("check digit", entity.value, rate.fits - rate.fails, rate.fits)
    return (shape, Evidence("values", entity.value, rate.knows, rate.of)) if rate.of else ()
