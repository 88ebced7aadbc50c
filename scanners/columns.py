"""表 (tables): what a table's columns hold, judged once from its head.

Names, values and neighbours are weighed together: what a column's name says (``headers``), which
share of its distinct values is what (``profile``, ``holds``), and whom the table is about
(``about``). The verdict then guides the scan of every batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from scanners import about as whom
from scanners.accounts import accounts
from scanners.cutting import squeezed
from scanners.finding import About, Entity, Role
from scanners.headers import Heading
from scanners.holds import Held, held
from scanners.insured import insured
from scanners.labelled import labelled
from scanners.naming import read_name, read_table
from scanners.neighbours import beside
from scanners.pairs import paired
from scanners.parts import joined
from scanners.profile import Profile, profile
from scanners.rules import RULES, Rules
from scanners.sense import Sense
from scanners.special import is_somebodys
from scanners.table import Table
from scanners.trust import trusted
from scanners.values import Kind
from scanners.verdict import Column, Evidence, FieldVerdict, TableVerdict

#: Rows of a head that are looked at.
HEAD = 10_000
_CONTACTS = {
    Entity.EMAIL_ADDRESS,
    Entity.PHONE_NUMBER,
    Entity.JP_ADDRESS,
    Entity.JP_POSTAL_CODE,
}
_LABELS = {
    Sense.THING,
    Sense.ORGANISATION,
    Sense.UNIT,
    Sense.NAME,
    Sense.KEY,
    Sense.DATE,
    Sense.AMOUNT,
    Sense.OTHER,
    Sense.READING,
}


def judge(
    head: pa.RecordBatch, columns: Sequence[Column], name: str = "", rules: Rules = RULES
) -> TableVerdict:
    """Judge a table by its head (at most ``HEAD`` rows count) and, if given, its name.

    ``columns`` are in any order; one that the head lacks is left out, one that isn't told of is
    judged by its name alone.
    """
    return verdict(profiles(head, columns), name, rules)


def profiles(head: pa.RecordBatch, columns: Sequence[Column]) -> list[Profile]:
    """Return what the head of each column shows, without any value."""
    told = {column.name: column for column in columns}
    head = head.slice(0, HEAD)
    return paired(
        head,
        [
            profile(head.column(field), told.get(field, Column(field)), read_name(field))
            for field in head.schema.names
        ],
    )


def verdict(columns: Sequence[Profile], name: str = "", rules: Rules = RULES) -> TableVerdict:
    """Judge a table by its columns' profiles; the same ones give the same verdict."""
    return _verdict(_table(columns, name, rules), rules)


def _table(profiles: Sequence[Profile], name: str, rules: Rules) -> Table:
    title = read_table(name)
    heard = trusted(profiles, rules)
    columns = [(column, held(column, rules)) for column in _entitled(heard, title, rules)]
    return insured(Table(beside(columns, rules), title), squeezed(name), rules)


def _entitled(profiles: Sequence[Profile], title: Heading, rules: Rules) -> Iterator[Profile]:
    """A column that is merely called ``name`` is, in ``customers``, the customer's."""
    for column in profiles:
        yield replace(column, heading=_titled(column, title, rules)) if title.whose else column


def _titled(column: Profile, title: Heading, rules: Rules) -> Heading:
    heading = column.heading
    if heading.entity is not Entity.PERSON or heading.sure or heading.what or heading.whose:
        return heading
    if title.whose in {Sense.PERSON, Sense.STAFF}:
        return replace(heading, sure=True, whose=title.whose)
    if column.rate(Entity.PERSON).known < rules.some:
        return replace(heading, entity=None, what=Sense.NAME, whose=title.whose)
    return heading


def _verdict(table: Table, rules: Rules) -> TableVerdict:
    table, parts = joined(table)
    table, banked = accounts(table)
    subject, evidence = whom.about(table)
    key = whom.key(table, subject)
    fields = {
        column.column.name: tuple(_fields(table, subject, column, has, key))
        for column, has in table.columns
    }
    rest = [column for column, _ in table.columns if not fields[column.column.name]]
    return TableVerdict(
        about=subject,
        fields={name: verdicts for name, verdicts in fields.items() if verdicts},
        key=key.column.name if key else None,
        not_text=frozenset(column.column.name for column in rest if _unread(column)),
        evidence=evidence,
        codes=frozenset(column.column.name for column in rest if column.codes >= rules.nearly_all),
        labels=frozenset(column.column.name for column in rest if _is_label(column, rules)),
        labelled=labelled(rest),
        own=frozenset(
            column.column.name for column, _ in table.columns if _own(table, subject, column)
        ),
        things={column.column.name: column.thing for column in rest if column.thing},
        joined={**parts, **banked},
    )


def _fields(
    table: Table, subject: About, column: Profile, has: tuple[Held, ...], key: Profile | None
) -> Iterator[FieldVerdict]:
    is_key = key is not None and column is key
    if is_key or whom.names_person(column):
        yield _subject_key(table, subject, column, is_key=is_key)
    for entity, score, evidence in has:
        if entity is Entity.SPECIAL_CARE and not is_somebodys(table, subject, column):
            continue
        of = whom.about_field(table, subject, column, entity)
        yield FieldVerdict(entity, True, score, of, whom.role(table, subject, column), evidence)


def _subject_key(table: Table, subject: About, column: Profile, *, is_key: bool) -> FieldVerdict:
    declared = is_key and column.column.key
    score = 1.0 if declared else 0.9 if is_key else 0.6
    reason = Evidence("declared key" if declared else "header", " ".join(column.heading.words))
    role = Role.SELF if is_key else whom.key_role(table, subject, column)
    return FieldVerdict(Entity.SUBJECT_KEY, True, score, About.PERSON, role, (reason,))


def _own(table: Table, subject: About, column: Profile) -> bool:
    """Tell whether a column is for contact data of the record's own person."""
    heading = column.heading
    contact = heading.what is Sense.CONTACT or (heading.sure and heading.entity in _CONTACTS)
    return contact and whom.role(table, subject, column) is Role.SELF


def _unread(column: Profile) -> bool:
    return column.kind is not Kind.TEXT


def _is_label(column: Profile, rules: Rules) -> bool:
    heading = column.heading
    if heading.what in _LABELS or (heading.entity and heading.entity is not Entity.PERSON):
        return True
    if heading.what is Sense.FREE and heading.whose is Sense.THING:
        return column.length < rules.title
    few = column.distinct <= rules.few * column.filled and column.length < rules.short
    return heading.what is not Sense.FREE and few and not _is_named(column, rules)


def _is_named(column: Profile, rules: Rules) -> bool:
    """Tell whether a few words are persons' names: one customer's, in all rows of her export."""
    known = column.rate(Entity.PERSON).known
    return column.full >= rules.some or known >= rules.nearly_all
