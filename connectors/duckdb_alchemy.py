"""DuckDB as SQLAlchemy sees it: one connection, quoted names, columns from its catalogue.

DuckDB's own cursors are connections with transactions of their own, and a result must be drained
before the next statement; so a cursor here is the connection itself, and takes all rows at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import duckdb
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Boolean, Date, DateTime, Integer, Numeric, String, TypeEngine

from connectors.duckdb_catalog import Declared, declared

_KINDS: tuple[tuple[tuple[str, ...], TypeEngine[Any]], ...] = (
    (("VARCHAR",), String()),
    (("BOOLEAN",), Boolean()),
    (("TIMESTAMP",), DateTime()),
    (("DATE",), Date()),
    (("DECIMAL", "DOUBLE", "FLOAT"), Numeric()),
    (("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT"), Integer()),
)


def engine(connection: duckdb.DuckDBPyConnection) -> Engine:
    """Return an engine over an open connection."""
    registry.register("shozai.duckdb", __name__, _Duckdb.__name__)
    return create_engine(
        "shozai+duckdb://", creator=lambda: _Driver(connection), poolclass=StaticPool
    )


class _Compiler(SQLCompiler):
    """A transaction sees one moment; rows can't be locked."""

    def for_update_clause(self, select: Any, **_: Any) -> str:
        return ""


class _Duckdb(DefaultDialect):
    """What SQLAlchemy must know, and what :mod:`connectors.sql_blank` asks of it."""

    name = "duckdb"
    supports_statement_cache = False
    statement_compiler = _Compiler

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        return duckdb

    def get_columns(
        self, connection: Connection, table_name: str, schema: str | None = None, **_: Any
    ) -> Any:
        found = _declared(connection, schema, table_name).columns
        return [{"name": one, "type": _kind(type_), "nullable": null} for one, type_, null in found]

    def get_unique_constraints(
        self, connection: Connection, table_name: str, schema: str | None = None, **_: Any
    ) -> Any:
        found = _declared(connection, schema, table_name).unique
        return [{"name": None, "column_names": list(one)} for one in found]

    def get_indexes(self, *_: Any, **__: Any) -> Any:
        return []


class _Driver:
    """A connection of Python's DB-API; what it doesn't say is DuckDB's."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._open = False

    def cursor(self) -> _Cursor:
        if not self._open:
            self.connection.begin()
            self._open = True
        return _Cursor(self.connection)

    def commit(self) -> None:
        if self._open:
            self._open = False
            self.connection.commit()

    def rollback(self) -> None:
        if self._open:
            self._open = False
            self.connection.rollback()

    def close(self) -> None:
        """Whoever opened it closes it."""


class _Cursor:
    """One statement; its rows are taken at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._rows: list[tuple[Any, ...]] = []
        self.description: list[Any] | None = None
        self.rowcount = -1
        self.arraysize = 1

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        self._connection.execute(statement, list(parameters))
        self.description = self._connection.description
        self._rows = self._connection.fetchall()
        if self.description and statement.startswith(("DELETE", "UPDATE")):
            self.rowcount = self._rows[0][0]
            self.description = None

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        given, self._rows = self._rows[:size], self._rows[size:]
        return given

    def fetchall(self) -> list[tuple[Any, ...]]:
        given, self._rows = self._rows, []
        return given

    def close(self) -> None:
        """Nothing is held."""


def _declared(connection: Connection, schema: str | None, table: str) -> Declared:
    driver: Any = connection.connection.driver_connection
    return declared(driver.connection)[schema or "main", table]


def _kind(declared_type: str) -> TypeEngine[Any]:
    found = (kind for starts, kind in _KINDS if declared_type.startswith(starts))
    return next(found, TypeEngine())
