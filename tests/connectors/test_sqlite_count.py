"""Rows of an SQLite table are counted, or estimated closely, without reading a large table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from connectors import sqlite_count
from connectors.place import Field
from connectors.sql import Table
from connectors.sql_ranges import LEAST_ROWS

MANY = LEAST_ROWS + 100_000
TABLE = Table("t", "", "table", (Field("id", "INTEGER"),), rowid="rowid")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """Return a database with an empty table."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        yield connection


def _fill(connection: sqlite3.Connection, number: str) -> int:
    """Make rows of numbers computed from ``i``; return how many there are."""
    count = f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})"  # noqa: S608
    connection.execute(f"{count} INSERT OR IGNORE INTO t SELECT {number} FROM n")  # noqa: S608
    return int(connection.execute("SELECT count(*) FROM t").fetchone()[0])


@pytest.mark.parametrize(
    "number",
    [
        "i * 10",  # even holes
        "random()",  # all 64 bits
        "CASE WHEN i = 1 THEN -9223372036854775807 ELSE i END",  # one far away
        "i + (i / 100000) * 1000000000000",  # clusters
        "i * i / 1000",  # ever sparser
    ],
)
def test_close(connection: sqlite3.Connection, number: str) -> None:
    """However the numbers lie, the estimate is within a twentieth."""
    true = _fill(connection, number)
    assert sqlite_count.rows(connection, TABLE) == pytest.approx(true, rel=0.05)


def test_exact_without_holes(connection: sqlite3.Connection) -> None:
    """Rows numbered one after the other are told exactly, and most of them aren't read."""
    _fill(connection, "i")
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(step, 1_000)
    assert sqlite_count.rows(connection, TABLE) == MANY
    assert steps * 1_000 < MANY


def test_few_far_apart(connection: sqlite3.Connection) -> None:
    """A few rows with numbers far apart are counted."""
    connection.executemany("INSERT INTO t VALUES (?)", [(1,), (2**40,), (2**62,)])
    assert sqlite_count.rows(connection, TABLE) == 3
