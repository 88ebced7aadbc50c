"""DuckDB as the contract sees it: a file, which its owner lets go of at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tests.contract.stores.base import Row, Store, digest


def made(request: pytest.FixtureRequest, folder: Path) -> Store:  # noqa: ARG001 (as all are made)
    """Make an empty file."""
    return DuckdbStore(folder / "store.duckdb")


class DuckdbStore(Store):
    """A file; who writes to it holds it alone, so every call opens it anew."""

    def __init__(self, path: Path) -> None:
        self.url = f"duckdb:///{path}"
        self._path = path
        self.execute("SELECT 1")

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Create the table and insert the rows."""
        kinds = {int: "BIGINT", str: "VARCHAR"}
        types = {int: pa.int64(), str: pa.string()}
        declared = [f"{_quoted(column)} {kinds[kind]}" for column, kind in columns.items()]
        declared[0] += " PRIMARY KEY"
        values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
        arrays = [
            pa.array(one, types[kind]) for one, kind in zip(values, columns.values(), strict=True)
        ]
        with closing(duckdb.connect(self._path)) as connection:
            connection.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(declared)})")
            connection.register("given", pa.table(arrays, names=list(columns)))
            connection.execute(f"INSERT INTO {_quoted(name)} SELECT * FROM given")  # noqa: S608
        return f"main.{name}"

    def dataset(self, name: str) -> str:
        """Its schema is the first there is."""
        return f"main.{name}"

    def rows(self, name: str) -> list[Row]:
        """Ask DuckDB."""
        return self._asked(f"SELECT * FROM {_quoted(name)} ORDER BY 1")  # noqa: S608

    def truth(self, name: str) -> tuple[int, int]:
        """Let DuckDB give every row."""
        rows = self.rows(name)
        return len(rows), digest(rows)

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Ask by key."""
        ((column, value),) = record["pk"].items()  # type: ignore[attr-defined]
        query = f"SELECT * FROM {_quoted(name)} WHERE {_quoted(column)} = ?"  # noqa: S608
        (row,) = self._asked(query, [value])
        return row

    def close_off(self, name: str) -> None:
        """Put a view in its place that refers to nothing."""
        table = _quoted(name)
        self.execute(
            f"DROP TABLE {table}",
            "CREATE TABLE nowhere (id INT)",
            f"CREATE VIEW {table} AS SELECT * FROM nowhere",  # noqa: S608
            "DROP TABLE nowhere",
        )

    def execute(self, *statements: str) -> None:
        """Run statements."""
        with closing(duckdb.connect(self._path)) as connection:
            for statement in statements:
                connection.execute(statement)

    def close(self) -> None:
        """Nothing is open."""

    def _asked(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        with closing(duckdb.connect(self._path)) as connection:
            found: list[Any] = connection.execute(query, values).fetchall()
        return [tuple(row) for row in found]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
