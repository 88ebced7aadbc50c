"""SQLite, as real files hold it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.errors import Damaged, SourceError, Unreachable, Unsupported
from connectors.options import Options
from connectors.place import Batch, Dataset, ForeignKey, Partition, Status, Unread
from connectors.sqlite import SqliteSource


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a database may be made."""
    return tmp_path / "顧客 #1?.db"


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """Return its owner's connection."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        yield connection


def test_keys_and_references(database: sqlite3.Connection, path: Path) -> None:
    """Keys come in key order; references may be composite, unnamed, or in another case."""
    database.executescript("""
        CREATE TABLE Customers (kana TEXT, code TEXT, no INT, PRIMARY KEY (no, code)) WITHOUT ROWID;
        CREATE TABLE shops (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);
        CREATE TABLE orders (
          id INTEGER PRIMARY KEY, no INT, code TEXT, shop INT REFERENCES SHOPS,
          FOREIGN KEY (no, code) REFERENCES customers (NO, Code));
        CREATE TABLE mails (a TEXT UNIQUE, n INT NOT NULL, mail TEXT NOT NULL UNIQUE);
        CREATE TABLE indexed (a TEXT NOT NULL, b TEXT NOT NULL);
        CREATE UNIQUE INDEX some ON indexed (a) WHERE b > '';
        CREATE UNIQUE INDEX all_of ON indexed (b);
    """)
    found = _datasets(path)
    assert found["Customers"].primary_key == ("no", "code")
    assert found["mails"].primary_key == ("mail",)
    assert found["indexed"].primary_key == ("b",)
    assert [field.type for field in found["shops"].fields] == ["INTEGER", "VARCHAR(20)"]
    assert set(found["orders"].foreign_keys) == {
        ForeignKey(("no", "code"), "Customers", ("no", "code")),
        ForeignKey(("shop",), "shops", ("id",)),
    }


def test_what_is_listed(database: sqlite3.Connection, path: Path) -> None:
    """Tables, views and full-text tables are datasets; the library's own tables aren't."""
    database.executescript("""
        CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, g INT AS (id * 2) STORED);
        INSERT INTO b (id) VALUES (5), (6);
        CREATE VIEW a AS SELECT id FROM b;
        CREATE VIRTUAL TABLE memo USING fts5 (body);
        INSERT INTO memo VALUES ('山田様より電話');
        ANALYZE;
    """)
    found = _datasets(path)
    assert {name: (one.kind, one.rows) for name, one in found.items()} == {
        "a": ("view", None),
        "b": ("table", 2),
        "memo": ("table", 1),
    }
    assert [field.name for field in found["b"].fields] == ["id", "g"]
    assert _read(path, "b")[0].values.to_pydict() == {"id": [5, 6], "g": [10, 12]}
    assert _read(path, "memo")[0].values.to_pydict() == {"body": ["山田様より電話"]}
    assert _read(path, "memo")[0].records.to_pylist() == ['{"rowid":1}']


def test_include_and_exclude(database: sqlite3.Connection, path: Path) -> None:
    """Patterns over names choose; what is excluded isn't read even if it is included."""
    for name in ("customers", "customers_old", "items"):
        database.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY)")
    source = SqliteSource("x", str(path), Options(b"k", include=("cust*",), exclude=("*_old",)))
    assert [one.name for one in source.datasets() if isinstance(one, Dataset)] == ["customers"]
    assert source.check().endswith(", 1 table")


def test_values_of_any_kind(database: sqlite3.Connection, path: Path) -> None:
    """A column is typed by what it holds; mixed kinds are text, each as it is written."""
    database.execute("CREATE TABLE t (n INT, half REAL, text, mixed, blob BLOB, none INT)")
    database.executemany(
        "INSERT INTO t VALUES (?, ?, ?, ?, ?, NULL)",
        [
            (1, 1.5, "a", 7, "山田".encode()),
            (None, None, None, None, None),
            (2**62, 2.0, "b", "7", b"\x00\xff"),
            (3, 3.0, "", 1.5, b""),
            (4, 4.0, "c", b"\xe5\xb1\xb1", b"a\x00b"),
        ],
    )
    (batch,) = _read(path, "t")
    assert batch.values.to_pydict() == {
        "n": [1, None, 2**62, 3, 4],
        "half": [1.5, None, 2.0, 3.0, 4.0],
        "text": ["a", None, "b", "", "c"],
        "mixed": ["7", None, "7", "1.5", "山"],
        "blob": ["山田", None, "00ff", "", "610062"],
        "none": [None] * 5,
    }
    kinds = [pa.int64(), pa.float64(), *[pa.string()] * 4]
    assert batch.values.schema.types == kinds


def test_text_in_cp932(database: sqlite3.Connection, path: Path) -> None:
    """Text an old program left in CP932 is read and counted; bytes of no encoding stay visible."""
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    raw = ["山田".encode(), "髙橋".encode("cp932"), b"\x81", None]
    database.executemany("INSERT INTO t (name) VALUES (CAST(? AS TEXT))", [(one,) for one in raw])
    batch, told = _all(path, "t")
    assert isinstance(batch, Batch)
    assert batch.values["name"].to_pylist() == ["山田", "髙橋", "\\x81", None]
    assert isinstance(told, Unread)
    assert (told.status, told.units, told.partition) == (Status.PARTIAL, 2, 0)
    assert "1 read as CP932" in told.reason


def test_names_of_records(database: sqlite3.Connection, path: Path) -> None:
    """A key of several kinds keeps them apart; a null key falls back on the row's number."""
    database.execute("CREATE TABLE t (k PRIMARY KEY, v)")
    keys = [1, "1", b"\xff", 1.5, "山田", None, None, 'a"b']
    database.executemany("INSERT INTO t VALUES (?, 0)", [(key,) for key in keys])
    (batch,) = _read(path, "t")
    assert batch.records.to_pylist() == [
        '{"pk":{"k":1}}',
        '{"pk":{"k":"1"}}',
        '{"pk":{"k":"ff"}}',
        '{"pk":{"k":"1.5"}}',
        '{"pk":{"k":"山田"}}',
        '{"rowid":6}',
        '{"rowid":7}',
        '{"pk":{"k":"a\\"b"}}',
    ]


def test_rows_without_a_key(database: sqlite3.Connection, path: Path) -> None:
    """A table without a key has its rows' numbers, under whatever word is still free."""
    database.execute("CREATE TABLE t (rowid TEXT, _rowid_ TEXT)")
    database.execute("INSERT INTO t (oid, rowid) VALUES (7, 'x')")
    assert _read(path, "t")[0].records.to_pylist() == ['{"rowid":7}']


def test_views_and_rows_without_a_number(database: sqlite3.Connection, path: Path) -> None:
    """Where nothing names a row, its keyed digest does, and equal rows are counted apart."""
    database.execute("CREATE TABLE t (rowid, _rowid_, oid)")
    database.executemany("INSERT INTO t VALUES (?, ?, ?)", [(1, "a", None)] * 2 + [(1, "b", "")])
    database.execute("CREATE VIEW v AS SELECT * FROM t")
    for name in ("t", "v"):
        (batch,) = _read(path, name)
        names = [json.loads(one) for one in batch.records.to_pylist()]
        assert len({one["digest"] for one in names}) == 2
        assert sorted(one["n"] for one in names) == [1, 1, 2]


def test_many_columns(database: sqlite3.Connection, path: Path) -> None:
    """Two thousand columns, the most SQLite takes, can be read and named."""
    columns = ", ".join(f"c{n}" for n in range(1_999))
    database.execute(f"CREATE TABLE wide ({columns})")
    database.execute("INSERT INTO wide (c7) VALUES ('x')")
    database.execute("CREATE VIEW v AS SELECT * FROM wide")
    for name in ("wide", "v"):
        assert _read(path, name)[0].values["c7"].to_pylist() == ["x"]


def test_large_values_make_small_batches(database: sqlite3.Connection, path: Path) -> None:
    """Photographs beside names don't make a batch large, wherever in the table they begin."""
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, photo BLOB)")
    database.executemany("INSERT INTO t VALUES (?, NULL)", [(n,) for n in range(1_000)])
    database.executemany("INSERT INTO t VALUES (NULL, randomblob(?))", [(4_000_000,)] * 12)
    batches = _read(path, "t")
    assert len(batches) > 2
    assert all(batch.values.nbytes <= 32 * 2**20 for batch in batches)


def test_nothing_is_written(database: sqlite3.Connection, path: Path) -> None:
    """The file is the same before and after, and no file is left beside it."""
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    database.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    _datasets(path)
    _read(path, "t")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_write_ahead_log(database: sqlite3.Connection, path: Path) -> None:
    """A database in use is read as it stands, with what only its write-ahead log holds."""
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    database.execute("INSERT INTO t VALUES (1)")
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO t VALUES (2)")
    assert _read(path, "t")[0].values["id"].to_pylist() == [1]


def test_write_ahead_log_in_a_folder_of_others() -> None:
    """A database at rest that keeps such a log is read by an account that can't write beside it."""
    folder = Path(tempfile.mkdtemp())  # pytest's own folder is closed to other users
    with closing(sqlite3.connect(folder / "crm.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        database.execute("INSERT INTO t VALUES (1)")
    folder.chmod(0o555)
    with _as_nobody():
        rows = _read(folder / "crm.db", "t")[0].values["id"].to_pylist()
    assert rows == [1]
    assert [one.name for one in folder.iterdir()] == ["crm.db"]
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_locked(database: sqlite3.Connection, path: Path) -> None:
    """A database locked by its writer says so, after some patience."""
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    source = SqliteSource("x", str(path), Options(b"k"))
    source.patience = 0.1
    (dataset,) = [one for one in source.datasets() if isinstance(one, Dataset)]
    database.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unreachable, match="locked by another program"):
        source.check()
    with pytest.raises(Unreachable, match="locked by another program"):
        next(source.read(dataset.partitions[0]))


def test_a_damaged_table(database: sqlite3.Connection, path: Path) -> None:
    """What a damaged file still gives is read, and the damage told."""
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, memo TEXT)")
    database.execute("BEGIN")
    database.executemany("INSERT INTO t (memo) VALUES (?)", [("m" * 500,)] * 60_000)
    database.execute("COMMIT")
    database.close()
    with path.open("r+b") as file:
        file.seek(4096 * 7_000)
        file.write(b"\xff" * 4096)
    told = _all(path, "t")[-1]
    assert isinstance(told, Unread)
    assert told.status is Status.PARTIAL
    assert "damaged" in told.reason


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda _: None, Unreachable, "No file"),
        (lambda path: path.mkdir(), Unsupported, "folder"),
        (lambda path: path.write_bytes(b"not a database at all"), Damaged, "encrypted"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000), Damaged, "SQLite"),
    ],
)
def test_what_cannot_be_opened(path: Path, make, kind: type[SourceError], words: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """A missing, foreign or broken file is told in one sentence."""
    make(path)
    with pytest.raises(kind, match=words):
        SqliteSource("x", f"sqlite:///{path}").check()


def test_a_table_that_went_away(database: sqlite3.Connection, path: Path) -> None:
    """A table dropped since it was listed is told as failed."""
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    (told,) = SqliteSource("x", str(path), Options(b"k")).read(Partition("gone", 0))
    assert isinstance(told, Unread)
    assert told.status is Status.FAILED


def test_an_empty_file(path: Path) -> None:
    """An empty file is a database without tables, as SQLite has it."""
    path.touch()
    assert SqliteSource("x", str(path)).check().endswith(", 0 tables")


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Act as a user without rights, if the tests run as one with all of them."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def _datasets(path: Path) -> dict[str, Dataset]:
    found = SqliteSource("x", f"sqlite:///{path}", Options(b"k")).datasets()
    return {one.name: one for one in found if isinstance(one, Dataset)}


def _all(path: Path, dataset: str) -> list[Batch | Unread]:
    return list(SqliteSource("x", str(path), Options(b"k")).read(Partition(dataset, 0)))


def _read(path: Path, dataset: str) -> list[Batch]:
    read = _all(path, dataset)
    batches = [one for one in read if isinstance(one, Batch)]
    assert len(batches) == len(read)
    return batches
