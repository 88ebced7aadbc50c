"""DuckDB written to: one transaction on the one connection that a file takes for writing.

A refused statement ends the transaction, so the first refusal is the only one told. Within one
transaction DuckDB keeps a deleted row's key in its indexes
(https://duckdb.org/docs/stable/sql/indexes#constraint-checking-in-foreign-keys), so a row that
others referred to can't be erased together with them: its plan is refused, and erasing those first
and it in a second plan mends that.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, FromClause, func
from sqlalchemy import cast as cast_to
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import String

from connectors.change import Why
from connectors.duckdb_select import values
from connectors.errors import Unreachable
from connectors.sql import Table
from connectors.sql_dialect import Cause, Dialect

_TYPES = {
    "TINYINT": pa.int8(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "UTINYINT": pa.uint8(),
    "USMALLINT": pa.uint16(),
    "UINTEGER": pa.uint32(),
    "UBIGINT": pa.uint64(),
    "FLOAT": pa.float32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}
_CAUSES: tuple[tuple[str, Cause], ...] = (
    ("NOT NULL constraint", Cause(Why.REQUIRED, "The field can't be empty: give a value.")),
    ("CHECK constraint", Cause(Why.CHECK, "A CHECK of the table refuses it: give another.")),
    (
        "foreign key constraint",
        Cause(Why.REFERENCED, "Rows refer to it, or did until now: change those in a plan before."),
    ),
    ("Constraint Error", Cause(Why.UNIQUE, "Another row has this value: give another.")),
    ("Conversion Error", Cause(Why.WRONG_TYPE, "The field holds another kind of value.")),
    ("TransactionContext Error", Cause(Why.LOCKED, "Another connection is writing: try later.")),
)


class DuckdbDialect(Dialect):
    """DuckDB's own: keys by their text, and one refusal a plan."""

    savepoints = False
    leftover = (
        "DuckDB keeps the old row in its file until the block is written anew:"
        " COPY FROM DATABASE into a new file, and delete the old one."
    )

    def items(self, table: Table) -> list[str]:
        """Read fields as a scan does."""
        return values(table)

    def batch(self, table: Table, rows: Collection[tuple[object, ...]]) -> pa.RecordBatch:
        """Make columns by the fields' types."""
        columns = zip(*rows, strict=True)
        pairs = zip(table.base, columns, strict=True)
        arrays = [pa.array(column, _TYPES.get(base, pa.string())) for base, column in pairs]
        return pa.RecordBatch.from_arrays(arrays, [one.name for one in table.fields])

    def value(self, table: Table, field: str, text: str) -> object:
        """Take bytes as they are read, in hex; anything else is refused as what it is."""
        base = dict(zip((one.name for one in table.fields), table.base, strict=True))[field]
        return func.unhex(text) if base == "BLOB" else text

    def match(self, relation: FromClause, field: str, value: object) -> ColumnElement[bool]:
        """Compare text with what names are written of."""
        column = relation.c[field]
        return column == value if isinstance(value, int) else cast_to(column, String) == value

    def cause(self, error: DBAPIError) -> Cause:
        """Tell by DuckDB's words, which are always English; they are never passed on."""
        said = str(error.orig)
        for words, cause in _CAUSES:
            if words in said:
                return cause
        raise Unreachable("DuckDB can't write to its file: see whether its disk is full.")

    def committed(self, connection: Connection, *, purge: bool) -> None:
        """Write the log into the file and empty it."""
        driver: Any = connection.connection.driver_connection
        driver.connection.execute("FORCE CHECKPOINT")
