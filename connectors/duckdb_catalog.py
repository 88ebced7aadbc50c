"""DuckDB's catalogue: tables, views, columns and constraints, as its own functions tell them.

https://duckdb.org/docs/stable/sql/meta/duckdb_table_functions
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from connectors.place import Field, ForeignKey
from connectors.sql import Table, named, quoted
from connectors.sql_ranges import LEAST_ROWS, WHOLE, KeyRange, ranges

_RELATIONS = """
SELECT schema_name, table_name, 'table', estimated_size FROM duckdb_tables()
WHERE database_name = current_database() AND NOT internal AND NOT temporary
UNION ALL
SELECT schema_name, view_name, 'view', NULL FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal AND NOT temporary
ORDER BY 1, 2
"""
_COLUMNS = """
SELECT schema_name, table_name, column_name, data_type, is_nullable FROM duckdb_columns()
WHERE database_name = current_database() AND NOT internal ORDER BY 1, 2, column_index
"""
_CONSTRAINTS = """
SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table,
       referenced_column_names
FROM duckdb_constraints() WHERE database_name = current_database() ORDER BY constraint_index
"""
_Name = tuple[str, str]


@dataclass(slots=True)
class Declared:
    """What is declared for a table: columns with type and whether they may be null, keys."""

    columns: list[tuple[str, str, bool]]
    primary: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    foreign: tuple[ForeignKey, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The key that names rows: the primary one, or the first unique one without nulls."""
        required = {name for name, _, nullable in self.columns if not nullable}
        return self.primary or next((one for one in self.unique if set(one) <= required), ())


def tables(connection: DuckDBPyConnection, chosen: Callable[[str], bool]) -> Iterator[Table]:
    """List the chosen tables and views in order of name."""
    known = declared(connection)
    for schema, name, kind, rows in _all(connection, _RELATIONS):
        if chosen(named(schema, name)):
            yield _table(connection, schema, name, kind, rows, known[schema, name])


def declared(connection: DuckDBPyConnection) -> dict[_Name, Declared]:
    """Ask for the columns and constraints of every table."""
    found: dict[_Name, Declared] = defaultdict(lambda: Declared([]))
    for schema, table, *column in _all(connection, _COLUMNS):
        found[schema, table].columns.append((column[0], column[1], column[2]))
    for schema, table, kind, names, target, refers_to in _all(connection, _CONSTRAINTS):
        one, fields = found[schema, table], tuple(names)
        if kind == "PRIMARY KEY":
            one.primary = fields
        elif kind == "UNIQUE":
            one.unique += (fields,)
        elif kind == "FOREIGN KEY":
            one.foreign += (ForeignKey(fields, named(schema, target), tuple(refers_to)),)
    return found


def _all(connection: DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def _table(
    connection: DuckDBPyConnection, schema: str, name: str, kind: str, rows: int, its: Declared
) -> Table:
    return Table(
        name=name,
        schema=schema,
        kind=kind,
        fields=tuple(Field(column, type_) for column, type_, _ in its.columns),
        base=tuple(type_.partition("(")[0] for _, type_, _ in its.columns),
        key=its.key if kind == "table" else (),
        foreign_keys=its.foreign,
        rowid=_rowid(its) if kind == "table" else "",
        rows=rows,
        encoding="UTF-8",
        ranges=_ranges(connection, schema, name, rows)
        if kind == "table" and _rowid(its)
        else (WHOLE,),
    )


def _rowid(its: Declared) -> str:
    """Return the word for a row's number, unless a column takes it."""
    return "" if any(name.lower() == "rowid" for name, _, _ in its.columns) else "rowid"


def _ranges(
    connection: DuckDBPyConnection, schema: str, name: str, rows: int
) -> tuple[KeyRange, ...]:
    if rows < LEAST_ROWS:
        return (WHOLE,)
    query = f"SELECT min(rowid), max(rowid) FROM {quoted(schema)}.{quoted(name)}"  # noqa: S608 (quoted)
    ((lowest, highest),) = _all(connection, query)
    return tuple(ranges(lowest, highest, rows))
