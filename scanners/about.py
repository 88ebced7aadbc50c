"""What a table is about, whose each of its fields is, and which field stands for its persons.

Rules, the first that holds:

1. A column of names that are nobody else's (not 担当者名), a birth date or an identification code
   makes a table one about persons; so does an employee or customer number with one row for each,
   beside contact data, gender or age.
2. A company's, department's and a person's name together are a business contact: a person.
3. A key of offices, companies, places, or a name of another in each row, makes it about
   organisations, of goods about things.
4. Several kinds of contact data and nothing said of whom: persons.
5. The table's own name; then names of offices or things that stand in many rows; at last, a column
   that holds a kind of thing (``type``).

In doubt nothing is said (unknown), and what is found is a mention.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanners.deeds import COUNTERS, DEEDS
from scanners.finding import About, Entity, Role
from scanners.headers import PERSONS
from scanners.profile import Profile
from scanners.sense import Sense
from scanners.table import SUBJECTS, Table, row_keys
from scanners.verdict import PERSONAL, Evidence

_OFFICES = {Sense.ORGANISATION, Sense.UNIT}
_TRAITS = {Entity.GENDER, Entity.AGE}
_CONTACTS = {Entity.EMAIL_ADDRESS, Entity.PHONE_NUMBER, Entity.JP_ADDRESS}
#: Personal by itself: a number that the state gave one person, or the day of birth.
_UNPROVEN = {Entity.PERSON, Entity.CREDIT_CARD, Entity.SUBJECT_KEY, Entity.SPECIAL_CARE}
_PROOFS = PERSONAL - _UNPROVEN - _TRAITS
#: How many kinds of contact data speak for persons where nothing else is said.
_SEVERAL = 2
#: Share of a column's cells that are different where each row names another.
_ONCE = 0.5


def about(table: Table) -> tuple[About, tuple[Evidence, ...]]:
    """Tell what a table is about, and why."""
    for subject, column in _reasons(table):
        words = " ".join(column.heading.words if column else table.heading.words)
        return subject, (Evidence("neighbours" if column else "table name", words or "values"),)
    return About.UNKNOWN, ()


def role(table: Table, subject: About, column: Profile) -> Role:
    """Tell whether a field's values belong to the record's own person."""
    whose = column.heading.whose
    if subject is not About.PERSON:
        return Role.SELF if _doers(table, subject, column) else Role.MENTION
    if whose in _OFFICES:
        return Role.MENTION
    if whose is Sense.MENTION:
        return Role.SELF if _contact(table) is column else Role.MENTION
    if whose is Sense.STAFF and not _about_staff(table):
        return Role.MENTION
    return Role.SELF


def about_field(table: Table, subject: About, column: Profile, entity: Entity) -> About:
    """Tell whom a field describes."""
    whose = column.heading.whose
    if entity in PERSONAL or whose in PERSONS or role(table, subject, column) is Role.SELF:
        return About.PERSON
    if whose in _OFFICES:
        return About.ORGANISATION
    return About.UNKNOWN if subject is About.THING else subject


def key(table: Table, subject: About) -> Profile | None:
    """Return the column that stands for the table's persons."""
    if subject is not About.PERSON:
        return None
    own = [column for column in row_keys(table) if _subjects_key(table, column)]
    return own[0] if own else None


def key_role(table: Table, subject: About, column: Profile) -> Role:
    """Tell whose record one with a person's key is: its customer's, not its clerk's."""
    if column.heading.mentions or (
        column.heading.whose is Sense.STAFF and subject is not About.PERSON
    ):
        return Role.MENTION
    return Role.SELF if subject is not About.PERSON else role(table, subject, column)


def names_person(column: Profile) -> bool:
    """Tell whether a column is clearly named as a key of persons (``customer_id``)."""
    return column.heading.key in SUBJECTS and column.kind.keyed


def _reasons(table: Table) -> Iterator[tuple[About, Profile | None]]:
    yield from ((About.PERSON, column) for column in _persons(table))
    contact = _contact(table)
    if contact:
        yield About.PERSON, contact
    yield from _keyed_by(table)
    yield from _named(table, once=True)
    contacts = [column for column in table.holders(*_CONTACTS) if _own(column)]
    kinds = {entity for _, held in table.columns for entity, *_ in held} & _CONTACTS
    if contacts and (len(kinds) >= _SEVERAL or contacts[0] in row_keys(table)):
        yield About.PERSON, contacts[0]
    if table.heading.whose in {*SUBJECTS, *_OFFICES, Sense.THING}:
        yield _kind(table.heading.whose), None
    yield from _named(table, once=False)
    things = (column for column, _ in table.columns if column.heading.what is Sense.THING)
    yield from ((About.THING, column) for column in things)


def _persons(table: Table) -> Iterator[Profile]:
    listed = _lists_others(table)
    names = (column for column in table.holders(Entity.PERSON) if _own(column))
    yield from (one for one in names if not (listed and one.heading.whose is Sense.STAFF))
    yield from (column for column in table.holders(*_PROOFS) if _own(column))
    traits = any(_own(column) for column in table.holders(*_TRAITS, *_CONTACTS))
    rows = [column for column in row_keys(table) if column.heading.key in SUBJECTS]
    if traits:
        yield from rows


def _lists_others(table: Table) -> bool:
    """Tell whether rows are offices or things, whose staff is merely theirs: a list of shops."""
    rows = [*_keyed_by(table), *_named(table, once=True)]
    of = [column.heading.whose for _, column in rows if column]
    return table.heading.whose is not Sense.STAFF and bool(set(of) - {Sense.UNIT})


def _keyed_by(table: Table) -> Iterator[tuple[About, Profile | None]]:
    """Yield offices or things that have a key of their own here."""
    for column in row_keys(table):
        if column.heading.key in {*_OFFICES, Sense.THING}:
            yield _kind(column.heading.key), column


def _named(table: Table, *, once: bool) -> Iterator[tuple[About, Profile | None]]:
    """Yield offices or things that have a name: each ``once``, or again and again (of sales)."""
    for column, _ in table.columns:
        named = column.heading.what in {Sense.NAME, Sense.ORGANISATION}
        alone = column.distinct >= _ONCE * column.filled
        if named and alone is once and column.heading.whose in {*_OFFICES, Sense.THING}:
            yield _kind(column.heading.whose), column


def _kind(whose: Sense | None) -> About:
    if whose in _OFFICES:
        return About.ORGANISATION
    return About.THING if whose is Sense.THING else About.PERSON


def _own(column: Profile) -> bool:
    return column.heading.whose not in {Sense.MENTION, *_OFFICES}


def _contact(table: Table) -> Profile | None:
    """Return the one name of a business contact: 会社, 部署 or 役職, and 担当者名."""
    said = {heading.whose for heading in table.headings()}
    names = list(table.holders(Entity.PERSON))
    return names[0] if said >= _OFFICES and len(names) == 1 else None


def _doers(table: Table, subject: About, column: Profile) -> bool:
    """Tell whether a column holds the address of who did what the table records: a log-in."""
    headings = [table.heading, *(key.heading for key in row_keys(table))]
    deed = any(DEEDS.intersection(heading.words) for heading in headings)
    address = column.heading.entity is Entity.EMAIL_ADDRESS
    own = column.heading.whose in {None, Sense.PERSON}
    return deed and address and own and subject is About.THING


def _about_staff(table: Table) -> bool:
    others = any(heading.whose is Sense.PERSON for heading in table.headings())
    return not others or table.heading.whose is Sense.STAFF


def _subjects_key(table: Table, column: Profile) -> bool:
    heading = column.heading
    if heading.key in SUBJECTS:
        return True
    if heading.what is not Sense.KEY or heading.whose is not None:
        return False
    elsewhere = any(other.key is Sense.PERSON for other in table.headings())
    row = column.counts_rows and COUNTERS.intersection(heading.words)
    return not elsewhere and (column.column.key or (heading.bare and not row))
