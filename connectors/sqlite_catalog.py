"""SQLite's schema: the tables, views and columns of a file, as its pragmas tell them.

https://www.sqlite.org/pragma.html#pragma_table_list. Names are compared without regard to case
here, so a reference may be written otherwise than the table it means.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import SAWarning
from sqlalchemy.pool import StaticPool

from connectors import sqlite_count
from connectors.place import Field, ForeignKey, Status, Unread
from connectors.sql import Table
from connectors.sql_keys import Keys, keys
from connectors.sql_ranges import LEAST_ROWS, WHOLE, KeyRange, ranges

_TABLES = """
SELECT name, type, wr FROM pragma_table_list
WHERE schema = 'main' AND type <> 'shadow' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name
"""
# hidden: 1 is a virtual table's own column, 2 and 3 are generated ones.
_COLUMNS = """
SELECT name, type, "notnull" FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid
"""
_ROWIDS = ("rowid", "_rowid_", "oid")


@dataclass(frozen=True, slots=True)
class _Column:
    """A row of ``_COLUMNS``."""

    name: str
    type: str
    required: int


@dataclass(frozen=True, slots=True)
class _Relation:
    """A row of ``_TABLES`` with its columns."""

    name: str
    kind: str
    without_rowid: int
    columns: tuple[_Column, ...]


def tables(
    connection: sqlite3.Connection, chosen: Callable[[str], bool]
) -> Iterator[Table | Unread]:
    """List the chosen tables and views in order of name, and those whose definition fails."""
    names = connection.execute(_TABLES).fetchall()
    encoding = connection.execute("PRAGMA encoding").fetchone()[0]
    relations = [_relation(connection, *row) for row in names if chosen(row[0])]
    sound = [one for one in relations if isinstance(one, _Relation)]
    declared = _keys(connection, sound)
    for one in relations:
        if isinstance(one, Unread):
            yield one
        else:
            table = _table(one, declared[one.name], encoding)
            table = replace(table, rows=sqlite_count.rows(connection, table))
            yield replace(table, ranges=_ranges(connection, table))


def _relation(
    connection: sqlite3.Connection, name: str, kind: str, without_rowid: int
) -> _Relation | Unread:
    try:
        columns = connection.execute(_COLUMNS, (name,)).fetchall()
    except sqlite3.OperationalError:
        reason = "its definition refers to what isn't there: mend or drop it"
        return Unread(name, Status.FAILED, reason)
    return _Relation(name, kind, without_rowid, tuple(_Column(*column) for column in columns))


def _keys(connection: sqlite3.Connection, relations: Iterable[_Relation]) -> dict[str, Keys]:
    held = {one.name: _required(one) for one in relations if one.kind == "table"}
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with warnings.catch_warnings():
        # It parses the schema's text beside the pragma, and warns where the two differ.
        warnings.simplefilter("ignore", SAWarning)
        found = keys(inspect(engine), "", held)
    targets = {one.name.casefold(): (one, found.get(one.name, Keys())) for one in relations}
    return {one.name: _mended(found.get(one.name, Keys()), targets) for one in relations}


def _required(relation: _Relation) -> list[str]:
    return [one.name for one in relation.columns if one.required]


def _mended(declared: Keys, targets: Mapping[str, tuple[_Relation, Keys]]) -> Keys:
    references = (_matched(key, targets) for key in declared.foreign_keys)
    return replace(declared, foreign_keys=tuple(references))


def _matched(key: ForeignKey, targets: Mapping[str, tuple[_Relation, Keys]]) -> ForeignKey:
    """Write a reference with the names as the table it means declares them.

    A reference that names no columns means the primary key.
    """
    if key.dataset.casefold() not in targets:
        return key
    table, its = targets[key.dataset.casefold()]
    spelled = {column.name.casefold(): column.name for column in table.columns}
    refers_to = tuple(spelled.get(name.casefold(), name) for name in key.refers_to)
    return ForeignKey(key.fields, table.name, refers_to or its.key)


def _ranges(connection: sqlite3.Connection, table: Table) -> tuple[KeyRange, ...]:
    """Cut a large table by its rows' numbers."""
    if not table.rowid or (table.rows or 0) < LEAST_ROWS:
        return (WHOLE,)
    return tuple(ranges(*sqlite_count.ends(connection, table), table.rows))


def _table(relation: _Relation, declared: Keys, encoding: str) -> Table:
    return Table(
        name=relation.name,
        schema="",
        kind="view" if relation.kind == "view" else "table",
        fields=tuple(Field(one.name, one.type) for one in relation.columns),
        key=declared.key,
        foreign_keys=declared.foreign_keys,
        rowid=_rowid(relation),
        encoding=encoding,
    )


def _rowid(relation: _Relation) -> str:
    """Return a word for the row's number that no column of the table takes for itself."""
    if relation.kind == "view" or relation.without_rowid:
        return ""
    taken = {column.name.lower() for column in relation.columns}
    return next((word for word in _ROWIDS if word not in taken), "")
