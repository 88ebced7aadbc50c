"""DuckDB, as a real file holds it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from connectors.change import Action, Change, Fetched, Refusal, Why
from connectors.duckdb import DuckdbSource
from connectors.errors import SourceError, Unreachable
from connectors.options import Options
from connectors.place import Batch, Dataset, ForeignKey, Partition, Unread

NAME = "山田太郎_見つけて"
SCHEMA = """
CREATE TABLE people (
  id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, fee DECIMAL(10,2), big HUGEINT, list INTEGER[],
  born DATE, seen TIMESTAMPTZ, photo BLOB, kind ENUM('x', 'y'), bits BIT);
INSERT INTO people VALUES
  (1, '山田太郎_見つけて', 1.5, 170141183460469231731687303715884105727, [1, 2], '1980-01-02',
   '2024-01-01 09:00:00+09', '\\xAA\\x00'::BLOB, 'x', '101'),
  (2, 'B', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE orders (person INTEGER REFERENCES people (id), memo VARCHAR);
INSERT INTO orders VALUES (1, 'a'), (NULL, 'a');
CREATE VIEW names AS SELECT name FROM people UNION ALL SELECT 'B';
CREATE VIEW outside AS SELECT * FROM read_csv('/etc/passwd', sep=':', header=false);
"""


@pytest.fixture
def source(tmp_path: Path) -> DuckdbSource:
    """Make a small file."""
    with closing(duckdb.connect(tmp_path / "crm.duckdb")) as connection:
        connection.execute(SCHEMA)
    return DuckdbSource("crm", f"duckdb:///{tmp_path / 'crm.duckdb'}", Options(b"key"))


def _read(source: DuckdbSource, dataset: str) -> list[Batch | Unread]:
    return list(source.read(Partition(dataset, 0)))


def _change(source: DuckdbSource, dataset: str, record: str, action: Action) -> Change:
    (found,) = source.fetch(dataset, [record])
    assert isinstance(found, Fetched)
    return Change(dataset, record, found.versions[0].as_py(), action)


def test_types(source: DuckdbSource) -> None:
    """Plain types stay, all else is text as DuckDB writes it, bytes as hex."""
    (batch,) = _read(source, "main.people")
    assert isinstance(batch, Batch)
    row = batch.values.to_pylist()[0]
    assert str(row.pop("born")) == "1980-01-02"
    assert row == {
        "id": 1, "name": NAME, "fee": "1.50", "big": str(2**127 - 1), "list": "[1, 2]",
        "seen": "2024-01-01 00:00:00+00", "photo": "aa00", "kind": "x", "bits": "101",
    }  # fmt: skip


def test_keys_and_names(source: DuckdbSource) -> None:
    """Rows are named by key, by number, or in a view by their digest and how many are equal."""
    found = {one.name: one for one in source.datasets() if isinstance(one, Dataset)}
    assert found["main.people"].primary_key == ("id",)
    assert found["main.orders"].foreign_keys == (ForeignKey(("person",), "main.people", ("id",)),)
    (orders,) = _read(source, "main.orders")
    assert isinstance(orders, Batch)
    assert orders.records.to_pylist() == ['{"rowid":0}', '{"rowid":1}']
    (names,) = _read(source, "main.names")
    assert isinstance(names, Batch)
    assert sum('"n":2}' in name for name in names.records.to_pylist()) == 1
    assert len(set(names.records.to_pylist())) == 3


def test_nothing_outside_is_read(source: DuckdbSource) -> None:
    """A view that shows a file of the machine is told, not read."""
    (unread,) = _read(source, "main.outside")
    assert isinstance(unread, Unread)
    assert "outside" in unread.reason


def test_referred_rows_stay(source: DuckdbSource) -> None:
    """What an order refers to isn't erased; once that is gone, it is."""
    person = '{"pk":{"id":1}}'
    (refused,) = source.erase([_change(source, "main.people", person, Action.ERASE)])
    assert isinstance(refused, Refusal)
    assert refused.why is Why.REFERENCED
    source.erase([_change(source, "main.orders", '{"rowid":0}', Action.ERASE)])
    source.erase([_change(source, "main.people", person, Action.ERASE)])
    (batch,) = _read(source, "main.people")
    assert isinstance(batch, Batch)
    assert batch.values.column("id").to_pylist() == [2]


@pytest.mark.parametrize("columns", ["id INT", "rowid INT PRIMARY KEY"])
def test_a_sample(tmp_path: Path, columns: str) -> None:
    """As many rows as asked for are drawn, alike in every scan, and what may be missed is told."""
    path = tmp_path / "x.duckdb"
    with closing(duckdb.connect(path)) as connection:
        connection.execute(f"CREATE TABLE t ({columns}); INSERT INTO t FROM range(20000)")
        connection.execute("CREATE VIEW w AS FROM t")

    def read(dataset: str, most: int, key: bytes) -> tuple[list[str], list[float | None]]:
        source = DuckdbSource("x", f"duckdb:///{path}", Options(key, sample=most))
        items = _read(source, dataset)
        given = [one.records.to_pylist() for one in items if isinstance(one, Batch)]
        told = [one.missed_at_most for one in items if isinstance(one, Unread)]
        return [name for names in given for name in names], told

    names, told = read("main.t", 400, b"k")
    assert len(set(names)) == 400
    assert told == [3 / 400]
    numbers = [int("".join(filter(str.isdigit, name))) for name in names]
    tenths = Counter(number // 2_000 for number in numbers)
    assert all(15 < tenths[tenth] < 70 for tenth in range(10))
    assert read("main.t", 400, b"k")[0] == names != read("main.t", 400, b"other")[0]
    assert read("main.t", 20_000, b"k")[1] == []
    view, told = read("main.w", 5, b"k")
    assert (len(view), told) == (5, [None])


def test_a_reading_that_takes_too_long_is_told(source: DuckdbSource, tmp_path: Path) -> None:
    """What takes longer than the settings allow is stopped, and said to be."""
    slow = (
        "CREATE VIEW slow AS SELECT sum(a.i * b.i) AS n FROM range(999999) a(i), range(999999) b(i)"
    )
    with closing(duckdb.connect(tmp_path / "crm.duckdb")) as connection:
        connection.execute(slow)
    hurried = DuckdbSource("crm", source.url, Options(b"key", statement_timeout=0.3))
    (told,) = _read(hurried, "main.slow")
    assert isinstance(told, Unread)
    assert "statement_timeout" in told.reason
    assert len(_read(hurried, "main.people")) == 1


def test_held_by_another_program(source: DuckdbSource, tmp_path: Path) -> None:
    """A file that another process writes to is told in one sentence, to read and to write."""
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    command = [sys.executable, "-c", code, str(tmp_path / "crm.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(Unreachable, match=r"held by another program: scan again when it is"):
            source.check()
        with pytest.raises(Unreachable, match="held by another program"), source.writing([]):
            pass
        other.communicate(b"\n")
    assert source.check()


def test_the_version_told_is_the_one_tested(source: DuckdbSource) -> None:
    """What it says it was tested against is what these tests run on."""
    assert source.tested_against == "DuckDB " + ".".join(duckdb.__version__.split(".")[:2])


def test_no_such_file(tmp_path: Path) -> None:
    """A file that is no DuckDB file, or isn't there, is told in a sentence."""
    (tmp_path / "other.duckdb").write_bytes(b"x" * 9_000)
    for path in ("other.duckdb", "nowhere.duckdb"):
        with pytest.raises(SourceError, match=path):
            DuckdbSource("x", f"duckdb:///{tmp_path / path}", Options(b"k")).check()
