"""SQLite as the contract sees it: a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.contract.stores.base import Row, Store, digest


def made(request: pytest.FixtureRequest, folder: Path) -> Store:  # noqa: ARG001 (as all are made)
    """Make an empty file."""
    return SqliteStore(folder / "store.db")


class SqliteStore(Store):
    """A file."""

    def __init__(self, path: Path) -> None:
        self.url = str(path)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.create_function("row_digest", -1, lambda *row: digest([row]))
        self._connection.execute("PRAGMA foreign_keys = ON")

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Create the table and insert the rows."""
        kinds = {int: "INTEGER", str: "TEXT"}
        declared = [f"{_quoted(column)} {kinds[kind]}" for column, kind in columns.items()]
        declared[0] += " PRIMARY KEY"
        self._connection.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(declared)})")
        places = ", ".join("?" * len(columns))
        self._connection.execute("BEGIN")
        self._connection.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)  # noqa: S608
        self._connection.execute("COMMIT")
        return name

    def rows(self, name: str) -> list[Row]:
        """Ask SQLite."""
        return self._connection.execute(f"SELECT * FROM {_quoted(name)} ORDER BY 1").fetchall()  # noqa: S608

    def truth(self, name: str) -> tuple[int, int]:
        """Let SQLite walk the table."""
        columns = self._connection.execute(f"SELECT * FROM {_quoted(name)}").description  # noqa: S608
        terms = ", ".join(_quoted(column[0]) for column in columns)
        query = f"SELECT row_digest({terms}) FROM {_quoted(name)}"  # noqa: S608
        digests = [row[0] for row in self._connection.execute(query)]
        return len(digests), sum(digests)

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Ask by key."""
        ((column, value),) = record["pk"].items()  # type: ignore[attr-defined]
        query = f"SELECT * FROM {_quoted(name)} WHERE {_quoted(column)} = ?"  # noqa: S608
        rows = self._connection.execute(query, (value,)).fetchall()
        assert len(rows) == 1
        return tuple(rows[0])

    def close_off(self, name: str) -> None:
        """Put a view in its place that refers to nothing."""
        self._connection.execute(f"DROP TABLE {_quoted(name)}")
        self._connection.execute(f"CREATE VIEW {_quoted(name)} AS SELECT * FROM nowhere")  # noqa: S608

    def execute(self, *statements: str) -> None:
        """Run statements."""
        for statement in statements:
            self._connection.execute(statement)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
