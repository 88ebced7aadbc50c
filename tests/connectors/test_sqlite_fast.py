"""SQLite's fast way gives what the patient way gives, whatever the columns hold."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from adbc_driver_sqlite import dbapi

from connectors import sqlite_fast
from connectors.options import Options
from connectors.place import Batch, Dataset, Partition, Unread
from connectors.sql import Table
from connectors.sqlite import SqliteSource

KINDS = ("INTEGER", "TEXT", "VARCHAR(20)", "REAL", "DECIMAL(10,2)", "DATE", "BOOLEAN")
ODD = (
    None, 0, -(2**63), 2**53 + 1, 1.5, 10.0, 1e300, 0.1 + 0.2, "", "7", "7.0", "山田 花子", "a\nb",
    "a\x00b", "x'00'", b"", b"\x00\xff", "山田".encode(), b"a\x07", "2024-01-01", float("inf"),
)  # fmt: skip
USUAL = {"INTEGER": 5, "REAL": 2.5, "DECIMAL(10,2)": 7, "BOOLEAN": 1}
Read = tuple[list[str], list[dict[str, object]], list[str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a database may be made."""
    return tmp_path / "表 #1.db"


def _fill(path: Path, seed: int, rows: int, *, odd: float, key: str = "") -> None:
    chance = random.Random(seed)  # noqa: S311 (made-up values)
    columns = ", ".join(f"c{number} {kind}" for number, kind in enumerate(KINDS))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE t ({columns}{key})")
        places = ", ".join("?" * len(KINDS))
        connection.executemany(
            f"INSERT OR IGNORE INTO t VALUES ({places})",  # noqa: S608
            ([_value(chance, kind, odd) for kind in KINDS] for _ in range(rows)),
        )
        late = "UPDATE t SET c1 = CAST(x'eee09387' AS TEXT) WHERE rowid = 77"
        connection.execute(late)
        connection.commit()


def _value(chance: random.Random, kind: str, odd: float) -> object:
    if chance.random() < odd:
        return chance.choice(ODD)
    return chance.choice((None, USUAL.get(kind, f"text {chance.random()}")))


def _read(path: Path, partition: Partition | None = None) -> Read:
    source = SqliteSource("x", str(path), Options(b"k"))
    records: list[str] = []
    values: list[dict[str, object]] = []
    reasons: list[str] = []
    for item in source.read(partition or Partition("t", 0)):
        if isinstance(item, Unread):
            reasons.append(item.reason)
        else:
            assert item.ordinal == len(records)
            records += item.records.to_pylist()
            values += item.values.to_pylist()
    return records, [{name: repr(value) for name, value in row.items()} for row in values], reasons


@pytest.mark.parametrize("odd", [0.0, 0.002, 0.3])
@pytest.mark.parametrize("key", ["", ", PRIMARY KEY (c1, c3)", ", PRIMARY KEY (c4)"])
def test_both_ways_are_equal(
    path: Path, monkeypatch: pytest.MonkeyPatch, odd: float, key: str
) -> None:
    """Names, values, their types and reasons are the same, batch by batch."""
    # The fast way cuts batches a row earlier, for the row of its own: one size for both here.
    monkeypatch.setattr(sqlite_fast, "_LEAST_ROWS", 65)
    monkeypatch.setattr("connectors.sqlite_fast.MOST_ROWS", 65)
    monkeypatch.setattr("connectors.sqlite_select.MOST_ROWS", 1)
    _fill(path, 7, 900, odd=odd, key=key)
    quick = _read(path)
    monkeypatch.setattr(sqlite_fast.Fast, "fits", property(lambda _: False))
    slow = _read(path)
    assert quick[0] == slow[0]
    assert quick[2] == slow[2]
    assert [_plain(row) for row in quick[1]] == [_plain(row) for row in slow[1]]


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Let a value be the same in a column of mixed kinds, as text, and alone, as a number."""
    return {name: str(value).strip("'\"") for name, value in row.items()}


def test_the_fast_way_is_taken(path: Path) -> None:
    """What plain tables hold comes the fast way to the end."""
    _fill(path, 3, 60, odd=0.0)
    fast = sqlite_fast.Fast(_table(path))
    assert fast.fits
    uri = f"{path.as_uri()}?mode=ro"
    found = [one for one in fast.read(uri, "TRUE", 1, lambda: True) if one]
    assert sum(len(one.rowids) for one in found) == 60


def test_trusts_no_schema(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast way reads no file whose schema calls what has effects: the file may be anyone's."""
    _fill(path, 3, 60, odd=0.0)
    said: list[str] = []
    execute = dbapi.Cursor.execute

    def executed(cursor: dbapi.Cursor, query: str) -> None:
        execute(cursor, query)
        said.append(query)
        if query.startswith("PRAGMA"):
            execute(cursor, "PRAGMA trusted_schema")
            said.append(str(cursor.fetchone()))

    monkeypatch.setattr(dbapi.Cursor, "execute", executed)
    fast = sqlite_fast.Fast(_table(path))
    assert any(fast.read(f"{path.as_uri()}?mode=ro", "TRUE", 1, lambda: True))
    assert said[:2] == ["PRAGMA trusted_schema = OFF", "(0,)"]


def test_goes_on_behind_every_batch(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind any batch the rest comes as in a whole reading, whichever way it went."""
    monkeypatch.setattr("connectors.sqlite_fast.MOST_ROWS", 300)
    monkeypatch.setattr("connectors.sqlite_select.MOST_ROWS", 100)
    _fill(path, 5, 1_500, odd=0.001, key=", PRIMARY KEY (c1, c3)")
    source = SqliteSource("x", str(path), Options(b"k"))
    batches = [one for one in source.read(Partition("t", 0)) if isinstance(one, Batch)]
    names = [name for one in batches for name in one.records.to_pylist()]
    assert len(batches) > 3
    for batch in batches:
        rest = [one for one in source.read(Partition("t", 0), batch.mark) if isinstance(one, Batch)]
        assert [name for one in rest for name in one.records.to_pylist()] == names[
            batch.mark.ordinal :
        ]
        assert all(one.ordinal >= batch.mark.ordinal for one in rest)


def test_goes_on_where_the_row_is_gone(path: Path) -> None:
    """Where the last row was erased meanwhile, as many rows as were read are left out."""
    _fill(path, 5, 400, odd=0.0)
    source = SqliteSource("x", str(path), Options(b"k"))
    (first,) = [one for one in source.read(Partition("t", 0)) if isinstance(one, Batch)]
    rest = source.read(Partition("t", 0), first.behind(200).mark)
    assert [one for one in rest if isinstance(one, Batch)] == []


def test_partitions(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ranges of a large table together hold every row once."""
    _fill(path, 5, 3_000, odd=0.0)
    monkeypatch.setattr("connectors.sql_ranges.LEAST_ROWS", 1_000)
    monkeypatch.setattr("connectors.sqlite_catalog.LEAST_ROWS", 1_000)
    monkeypatch.setattr("connectors.sql_ranges._ROWS", 1_024)
    source = SqliteSource("x", str(path), Options(b"k"))
    (dataset,) = [one for one in source.datasets() if isinstance(one, Dataset)]
    assert [one.name for one in dataset.partitions] == [
        '{"to":1024}', '{"from":1024,"to":2048}', '{"from":2048}',
    ]  # fmt: skip
    parts = [_read(path, one)[0] for one in dataset.partitions]
    assert [name for part in parts for name in part] == _read(path)[0]
    assert [len(part) for part in parts] == [1_023, 1_024, 953]


def test_one_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that others delete while the table is read in write-ahead mode are still read."""
    _fill(path, 5, 3_000, odd=0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        monkeypatch.setattr("connectors.sqlite_fast.MOST_ROWS", 256)
        source = SqliteSource("x", str(path), Options(b"k"))
        reading = source.read(Partition("t", 0))
        first = next(reading)
        assert isinstance(first, Batch)
        other.execute("DELETE FROM t")
        rest = sum(len(one.records) for one in reading if isinstance(one, Batch))
    assert len(first.records) + rest == 3_000


def test_fingerprints(path: Path) -> None:
    """A table is marked with its file's size and time; any write changes it."""
    _fill(path, 5, 10, odd=0.0)
    source = SqliteSource("x", str(path), Options(b"k"))
    before = source.fingerprint(Partition("t", 0))
    assert before is not None
    (dataset,) = [one for one in source.datasets() if isinstance(one, Dataset)]
    assert dataset.partitions[0].fingerprint == str(before)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE t SET c0 = 8")
        other.commit()
    assert source.fingerprint(Partition("t", 0)) != before


def _table(path: Path) -> Table:
    table = SqliteSource("x", str(path), Options(b"k")).table("t")
    assert isinstance(table, Table)
    return table


def test_the_versions_told_are_those_tested() -> None:
    """What it says it was tested against are the two libraries that these tests run on."""
    with closing(dbapi.connect()) as connection:
        fast = str(connection.adbc_get_info()["vendor_version"])
    told = SqliteSource.tested_against
    assert f" {fast.rpartition('.')[0]}" in told
    mine = sqlite3.sqlite_version.rpartition(".")[0]
    if f" {mine}" not in told:
        pytest.skip(f"This Python's SQLite is {mine}: where all these tests pass, name it.")
