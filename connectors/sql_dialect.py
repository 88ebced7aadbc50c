"""What one store's SQL has of its own where single rows are found, written and refused.

A store that can be written to gives a subclass of :class:`Dialect`; :mod:`connectors.sql_fetch`
and :mod:`connectors.sql_write` are the same for all. Names of tables and columns are always
quoted, values always bound.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    FromClause,
    TableClause,
    and_,
    column,
    delete,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import quoted_name

from connectors.change import Why
from connectors.sql import Table


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a server refused, and how to mend it in a sentence that names no value."""

    why: Why
    sentence: str


class Dialect(ABC):
    """How one store shows rows, finds them by their names, takes values and says no.

    ``savepoints`` tells whether a transaction survives a refused statement; ``leftover`` is a
    sentence about what stays of an erased row for a while. Where the store locks, the engine's
    transactions see one moment's state (repeatable read), so that counts are of one moment.
    """

    savepoints = True
    leftover = ""

    @abstractmethod
    def items(self, table: Table) -> list[str]:
        """Return SQL for each field as a scan reads it, in the order of the fields."""

    @abstractmethod
    def batch(self, table: Table, rows: Collection[tuple[object, ...]]) -> pa.RecordBatch:
        """Turn rows of ``items`` into the columns that a scan gives."""

    @abstractmethod
    def cause(self, error: DBAPIError) -> Cause:
        """Say why a statement was refused; raise ``SourceError`` where it wasn't: an outage."""

    def obstacle(self, connection: Connection, table: Table) -> Cause | None:
        """Say why no row of a table can be changed, if none can."""
        words = table.by_hand or ("" if table.kind == "table" else "it shows rows of other tables")
        return Cause(Why.BY_HAND, f"Its rows can't be changed here: {words}.") if words else None

    def match(self, relation: FromClause, field: str, value: object) -> ColumnElement[bool]:
        """Return the condition that a key's field holds what a record's name says of it."""
        return relation.c[field] == value

    def value(self, table: Table, field: str, text: str) -> object:
        """Return what is bound or computed to write a text into a field; or a :class:`Cause`."""
        return text

    def search(
        self, connection: Connection, table: Table, digests: Collection[str]
    ) -> Mapping[str, list[ColumnElement[bool]]]:
        """Find rows of a table without a key by their digests: the conditions of each, in order.

        By default there is nothing to find them by.
        """
        return {}

    def update(
        self,
        connection: Connection,
        table: Table,
        condition: ColumnElement[bool],
        values: Mapping[str, object],
    ) -> list[tuple[object, ...]]:
        """Write values into the rows that meet a condition; return these as they then stand."""
        connection.execute(update(relation(table)).where(condition).values(values))
        return self.rows(connection, table, condition)

    def delete(self, connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
        """Delete the rows that meet a condition; return how many they were."""
        return connection.execute(delete(relation(table)).where(condition)).rowcount

    def settle(self, connection: Connection) -> None:  # noqa: B027 (most check at once)
        """Check now what would else be checked when the transaction ends."""

    def committed(self, connection: Connection, *, purge: bool) -> None:  # noqa: B027 (or not)
        """Clean up once the changes are there: log, free pages."""

    def rows(
        self, connection: Connection, table: Table, condition: ColumnElement[bool]
    ) -> list[tuple[object, ...]]:
        """Read the rows that meet a condition, and lock them where it can."""
        items: list[ColumnClause[Any]] = [literal_column(one) for one in self.items(table)]
        query = select(*items).select_from(relation(table)).where(condition).with_for_update()
        return [tuple(row) for row in connection.execute(query)]

    def condition(
        self, table: Table, relation: FromClause, name: Mapping[str, object]
    ) -> ColumnElement[bool] | None:
        """Return the condition that finds a record by its name; ``None`` where none does."""
        if "rowid" in name and table.rowid:
            return literal_column(table.rowid) == name["rowid"]
        key = name.get("pk")
        if not isinstance(key, Mapping) or tuple(key) != table.key:
            return None
        return and_(*(self.match(relation, field, value) for field, value in key.items()))


@lru_cache(maxsize=1024)
def relation(of: Table) -> TableClause:
    """Return a table as SQLAlchemy writes it: always the same, as it compares by identity."""
    columns: list[ColumnClause[Any]] = [
        column(quoted_name(field.name, quote=True)) for field in of.fields
    ]
    schema = quoted_name(of.schema, quote=True) if of.schema else None
    return table(quoted_name(of.name, quote=True), *columns, schema=schema)
