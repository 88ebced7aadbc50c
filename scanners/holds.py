"""What a column holds as such: the entities that its header and values together announce.

Rules, in order:

1. A header that names an entity outright is believed where some values fit (``Rules.some``), and
   where there are no values yet.
2. A header that may mean it (``name``, 担当) is believed where most values fit and are known.
3. A header that names something else (商品名, 登録日) is believed, but not against values that are
   plainly an entity (``Rules.proofs``): e-mail addresses, full names, addresses.
4. Without a word from the header, values alone must convince (``Rules.alone``): enough of them and
   nearly all, a check digit included; dates and plain digits never do by themselves.

Which headers are heard at all is said by ``scanners.trust``, what neighbours add by
``scanners.neighbours``.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanners.finding import Entity
from scanners.profile import Profile
from scanners.rates import Rate
from scanners.rules import Least, Rules
from scanners.sense import Sense
from scanners.values import Kind
from scanners.verdict import Evidence

#: No list or plan has all of them, so under a sure header the shape will do; for an address only
#: beside a person's name, where 番地, 建物名 and 住所2 hold what the municipality leaves to say.
_UNLISTED = {Entity.PERSON, Entity.PHONE_NUMBER, Entity.GENDER, Entity.AGE}
_PIECES = {Entity.JP_ADDRESS}
#: Of these nobody's list of different ones is short: few, in many rows, name something else.
_VARIED = {Entity.PERSON, Entity.JP_ADDRESS}
#: Rows that tell how often values come again.
_ROWS = 30
_CONTACTS = (Entity.EMAIL_ADDRESS, Entity.PHONE_NUMBER, Entity.JP_ADDRESS)
_WHOM = {Sense.PERSON, Sense.STAFF, Sense.MENTION, Sense.CONTACT}

Held = tuple[Entity, float, tuple[Evidence, ...]]


def held(column: Profile, rules: Rules, *, beside_name: bool = False) -> tuple[Held, ...]:
    """Return the entities that values of the column are as such, with score and evidence.

    ``beside_name``: the same table has a column of persons' names, so that フリガナ is theirs.
    """
    if column.kind is Kind.NONE or (column.kind is Kind.BLOB and not _is_body(column)):
        return ()
    announced = tuple(_announced(column, rules, beside_name=beside_name))
    if announced or column.kind is not Kind.TEXT or column.thing:
        return announced
    return tuple(_mixed(column, rules)) or tuple(_alone(column, rules))


def plain(column: Profile, rules: Rules) -> Entity | None:
    """Return the entity that the values plainly are, whatever the header says."""
    for entity, least in rules.proofs.items():
        full = entity is not Entity.PERSON or column.full >= least.share
        if column.kind is Kind.TEXT and full and convinces(column, entity, least, rules):
            return entity
    return None


def convinces(column: Profile, entity: Entity, least: Least, rules: Rules) -> bool:
    """Tell whether enough values are known to be the entity, and written as one."""
    rate = column.rate(entity)
    written = not least.written or max(column.separated, column.wordy) >= rules.most
    return rate.knows >= least.values and rate.known >= least.share and written


def counted(entity: Entity, rate: Rate) -> tuple[Evidence, ...]:
    """Return the evidence of a rate: what has the pattern, passes the check digit, is known."""
    shape = Evidence("pattern", entity.value, rate.fits, rate.of)
    if rate.fails:
        return shape, Evidence("check digit", entity.value, rate.fits - rate.fails, rate.fits)
    return (shape, Evidence("values", entity.value, rate.knows, rate.of)) if rate.of else ()


def _announced(column: Profile, rules: Rules, *, beside_name: bool) -> Iterator[Held]:
    entity, heading = column.heading.entity, column.heading
    if entity is None or (column.kind is Kind.DATE and entity is not Entity.DATE_OF_BIRTH):
        return
    rate = column.rate(entity)
    reasons = (_header(column), *counted(entity, rate))
    sure = heading.sure or (beside_name and heading.what is Sense.READING)
    if sure and not column.seen:
        yield entity, 0.5, reasons[:1]
    elif sure and (rate.fit >= rules.some or _looks(column, entity, rules, beside_name)):
        yield entity, 0.95 if rate.fit >= rules.most else 0.8, reasons
    elif not sure and rate.fit >= rules.most and rate.known >= rules.some:
        yield entity, 0.6 + 0.3 * rate.known, reasons


def _looks(column: Profile, entity: Entity, rules: Rules, beside_name: bool) -> bool:
    """Tell whether values that no list knows have at least the shape, and differ enough."""
    shaped = entity in _UNLISTED or (beside_name and entity in _PIECES)
    listed = column.filled >= _ROWS and column.distinct <= rules.varied * column.filled
    few = entity in _VARIED and listed
    return shaped and not few and column.rate(entity).look >= rules.most


def _mixed(column: Profile, rules: Rules) -> Iterator[Held]:
    """A 連絡先 or 担当 may hold an address here and a telephone number there."""
    open_to_all = column.heading.what is Sense.CONTACT or (
        column.heading.whose in _WHOM and column.heading.entity is Entity.PERSON
    )
    rates = {entity: column.rate(entity) for entity in _CONTACTS}
    if not open_to_all and not _mixed_alone(column, rules):
        return
    if sum(rate.fit for rate in rates.values()) < rules.most:
        return
    for entity, rate in rates.items():
        if rate.fit >= rules.mixed:
            yield entity, 0.7, (_header(column), *counted(entity, rate))


def _mixed_alone(column: Profile, rules: Rules) -> bool:
    """Tell whether values without a header are e-mail addresses here, telephone numbers there."""
    rates = [column.rate(entity) for entity in _CONTACTS[:2]]
    both = min(rate.known for rate in rates) >= rules.mixed
    return not column.heading.words and both and sum(rate.fit for rate in rates) >= rules.nearly_all


def _alone(column: Profile, rules: Rules) -> Iterator[Held]:
    if column.heading.denies:
        entity = plain(column, rules)
    else:
        claims = rules.alone.items()
        entity = next((one for one, least in claims if convinces(column, one, least, rules)), None)
    if entity:
        rate = column.rate(entity)
        yield entity, 0.5 + 0.4 * rate.known, counted(entity, rate)


def _is_body(column: Profile) -> bool:
    """Tell whether the header says that bytes are features of a body."""
    return column.heading.entity is Entity.BIOMETRIC


def _header(column: Profile) -> Evidence:
    return Evidence("header", " ".join(column.heading.words))
