"""SQLite written to: how a row is found by its name, takes a value, and leaves nothing behind.

A transaction here holds the whole file for itself from its first statement. What is deleted is
overwritten with zeros (https://www.sqlite.org/pragma.html#pragma_secure_delete), and the log of a
file in write-ahead mode is emptied, so that an erased row is in neither.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import cast

import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    LargeBinary,
    String,
    case,
    create_engine,
    event,
    func,
    literal,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from connectors.change import Why
from connectors.errors import Unreachable
from connectors.sql import Table, quoted
from connectors.sql_dialect import Cause, Dialect, relation
from connectors.sqlite_select import Row, Select

_CAUSES: dict[str, Cause] = {
    "SQLITE_CONSTRAINT_NOTNULL": Cause(Why.REQUIRED, "The field can't be empty: give a value."),
    "SQLITE_CONSTRAINT_CHECK": Cause(Why.CHECK, "A CHECK of the table refuses it: give another."),
    "SQLITE_CONSTRAINT_UNIQUE": Cause(Why.UNIQUE, "Another row has this value: give another."),
    "SQLITE_CONSTRAINT_PRIMARYKEY": Cause(Why.UNIQUE, "Another row has this key: give another."),
    "SQLITE_CONSTRAINT_FOREIGNKEY": Cause(
        Why.REFERENCED, "A reference would lead nowhere: change what refers to it with it."
    ),
    "SQLITE_CONSTRAINT_DATATYPE": Cause(Why.WRONG_TYPE, "The field holds another kind of value."),
    "SQLITE_CONSTRAINT_TRIGGER": Cause(Why.BY_HAND, "A trigger refuses it: do it by hand."),
    "SQLITE_BUSY": Cause(Why.LOCKED, "Another program is writing to the file: try again later."),
    "SQLITE_LOCKED": Cause(Why.LOCKED, "Another program is writing to the file: try again later."),
    "SQLITE_READONLY": Cause(Why.NO_RIGHT, "The file or its folder can't be written to."),
    "SQLITE_CANTOPEN": Cause(Why.NO_RIGHT, "The folder of the file can't be written to."),
    "SQLITE_TOOBIG": Cause(Why.TOO_LONG, "The value is longer than SQLite allows."),
}
# https://www.sqlite.org/datatype3.html#determination_of_column_affinity
_NUMERIC = ("INT", "REAL", "FLOA", "DOUB", "DEC", "NUM")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_TRUTH: dict[str, object] = {"false": 0, "0": 0, "true": 1, "1": 1}
_WRONG_TYPE = Cause(Why.WRONG_TYPE, "The field is declared to hold another kind of value.")


class SqliteDialect(Dialect):
    """SQLite's own: values of any kind in any column, the kind kept where one is written."""

    def items(self, table: Table) -> list[str]:
        """Read fields as they are."""
        return [quoted(field.name) for field in table.fields]

    def batch(self, table: Table, rows: Collection[tuple[object, ...]]) -> pa.RecordBatch:
        """Type columns by what they hold, as a scan does."""
        return Select(table, b"-").values(cast("list[Row]", list(rows)))

    def rows(
        self, connection: Connection, table: Table, condition: ColumnElement[bool]
    ) -> list[tuple[object, ...]]:
        """Read text as bytes, since it may be in CP932."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 (for mypy)
        driver.text_factory = bytearray
        try:
            return super().rows(connection, table, condition)
        finally:
            driver.text_factory = str

    def match(self, relation: FromClause, field: str, value: object) -> ColumnElement[bool]:
        """A name gives as text what may be text of either encoding, a number, or a blob as hex."""
        column = relation.c[field]
        if not isinstance(value, str):
            return column.is_(value) if value is None else column == value
        return column.in_([*_meant(value)])

    def value(self, table: Table, field: str, text: str) -> object:
        """Keep a blob a blob; a column for numbers takes only numbers, as SQLite's own don't."""
        (declared,) = (one.type.upper() for one in table.fields if one.name == field)
        if "BOOL" in declared:
            return _TRUTH.get(text.lower(), _WRONG_TYPE)
        if any(word in declared for word in _NUMERIC):
            return text if _NUMBER.fullmatch(text) else _WRONG_TYPE
        is_blob = func.typeof(relation(table).c[field]) == "blob"
        return case((is_blob, text.encode()), else_=text)

    def cause(self, error: DBAPIError) -> Cause:
        """Tell by SQLite's extended codes."""
        name = getattr(error.orig, "sqlite_errorname", "")
        for start, cause in _CAUSES.items():
            if name.startswith(start):
                return cause
        raise Unreachable(f"The SQLite file can't be written to ({name or 'its driver fails'}).")

    def committed(self, connection: Connection, *, purge: bool) -> None:
        """Empty the log, if there is one; where another program reads it, it is emptied later."""
        with suppress(DBAPIError):
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()


def engine(driver: sqlite3.Connection) -> Engine:
    """Return SQLAlchemy's engine over an open connection that leaves BEGIN to us."""
    made = create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool)
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 (for mypy)
    reads_only = driver.execute("PRAGMA query_only").fetchone()[0]
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _meant(text: str) -> Iterator[object]:
    """Give the values that a name writes as this text."""
    yield text
    with suppress(ValueError):
        yield cast_to(literal(text.encode("cp932"), LargeBinary), String)
    with suppress(ValueError):
        yield from (number for number in [float(text)] if repr(number) == text)
    with suppress(ValueError):
        yield bytes.fromhex(text)
    yield text.encode()
