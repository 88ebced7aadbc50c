"""Which rows refer to a row: asked before it goes, so that nothing cascades in silence.

A store may delete what refers to a deleted row, empty it, or refuse; here the rows that refer are
counted by ours, by the references that the catalogue declares.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, Select, not_, select, true

from connectors.place import ForeignKey
from connectors.sql import Table
from connectors.sql_dialect import Dialect, relation
from connectors.sql_fetch import Row


def referrers(
    connection: Connection,
    dialect: Dialect,
    tables: Mapping[str, Table],
    row: Row,
    fields: Collection[str] = (),
) -> list[str]:
    """Return the datasets with rows that refer to a row, or only to some of its fields."""
    return [
        child.dataset
        for child, key in _references(tables, row.table)
        if not fields or set(fields) & set(key.refers_to or row.table.key)
        if connection.execute(_query(dialect, row, child, key)).first()
    ]


def _references(tables: Mapping[str, Table], table: Table) -> Iterator[tuple[Table, ForeignKey]]:
    for one in tables.values():
        for key in one.foreign_keys:
            if key.dataset == table.dataset:
                yield one, key


def _query(dialect: Dialect, row: Row, child: Table, key: ForeignKey) -> Select[bool]:
    """Ask for one row that refers; a row's reference to itself goes with it."""
    parent, heir = relation(row.table), relation(child).alias("referrer")
    terms = [
        heir.c[field] == select(parent.c[target]).where(row.condition).scalar_subquery()
        for field, target in zip(key.fields, key.refers_to or row.table.key, strict=True)
    ]
    if child.dataset == row.table.dataset:
        itself = dialect.condition(child, heir, row.name)
        terms.append(true() if itself is None else not_(itself))
    return select(true()).select_from(heir).where(*terms).limit(1)
