"""SQLite (sqlite.org): a database in one file, the store the company has unless told otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from flows.demo.mark import Plain
from flows.demo.stores.table import Table


class SqliteStore:
    """A new database file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        # A half-written file is thrown away, so nothing needs to survive a crash.
        self._connection.execute("PRAGMA journal_mode=OFF")
        self._connection.execute("PRAGMA synchronous=OFF")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def dataset(self, table: Table) -> str:
        """Return the name under which an inventory knows a table."""
        return table.name

    def load(self, table: Table, rows: Iterable[tuple[Plain, ...]]) -> None:
        """Create a table and fill it."""
        self._connection.execute(f"{table.ddl()};")
        marks = ", ".join("?" * len(table.columns))
        insert = f"INSERT INTO {table.name} VALUES ({marks})"  # noqa: S608 - our own names
        self._connection.execute("BEGIN")
        self._connection.executemany(insert, (tuple(map(_stored, row)) for row in rows))
        self._connection.execute("COMMIT")


def _stored(value: Plain) -> str | int | float | None:
    return value if value is None or isinstance(value, str | int | float) else str(value)
