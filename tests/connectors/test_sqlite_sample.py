"""A sample of an SQLite table: so many rows, any as likely as another, the same in every scan."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from connectors.options import Options
from connectors.place import Batch, Dataset, Partition, Status, Unread
from connectors.sqlite import SqliteSource

ROWS = 5_000
DENSE = "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"
# Numbers so far apart that drawing them at random finds none.
SPARSE = "id * 1000003 * 100"
WITHOUT = "CREATE TABLE t (id TEXT, v TEXT, PRIMARY KEY (v, id)) WITHOUT ROWID"


def _made(path: Path, schema: str = DENSE, number: str = "id") -> Path:
    rows = f"WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {ROWS})"  # noqa: S608
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(schema)
        connection.execute(f"{rows} INSERT INTO t SELECT {number}, 'v' || id FROM n")  # noqa: S608
        connection.commit()
    return path


def _source(path: Path, most: int | None, key: bytes = b"key") -> SqliteSource:
    return SqliteSource("x", str(path), Options(key, sample=most))


def _read(source: SqliteSource, part: Partition | None = None) -> tuple[list[str], list[Unread]]:
    items = list(source.read(part or Partition("t", 0)))
    names = [name for one in items if isinstance(one, Batch) for name in one.records.to_pylist()]
    return names, [one for one in items if isinstance(one, Unread)]


@pytest.mark.parametrize(
    ("schema", "number"), [(DENSE, "id"), (DENSE, SPARSE), (WITHOUT, "id")], ids=repr
)
def test_drawn(tmp_path: Path, schema: str, number: str) -> None:
    """As many rows as asked for come, each once, alike in every scan, others by another key."""
    path = _made(tmp_path / "x.db", schema, number)
    names, (told,) = _read(_source(path, 300))
    assert len(set(names)) == 300
    assert (told.status, told.missed_at_most) == (Status.PARTIAL, 0.01)
    assert _read(_source(path, 300))[0] == names
    assert _read(_source(path, 300, b"other"))[0] != names
    assert set(names) < set(_read(_source(path, None))[0])


@pytest.mark.parametrize("number", ["id", SPARSE])
def test_alike(tmp_path: Path, number: str) -> None:
    """Over many keys every tenth of the rows is drawn equally often."""
    path = _made(tmp_path / "x.db", number=number)
    width = ROWS // 10 * (1_000_003 * 100 if number == SPARSE else 1)
    tenths: Counter[int] = Counter()
    for key in range(20):
        names, _ = _read(_source(path, 200, bytes([key])))
        tenths.update((json.loads(name)["pk"]["id"] - 1) // width for name in names)
    # 4,000 draws: 400 each, with a deviation of 19.
    assert all(320 < tenths[tenth] < 480 for tenth in range(10))


def test_no_more_than_there_are(tmp_path: Path) -> None:
    """A table with fewer rows than asked for is read whole, and nothing is told."""
    names, told = _read(_source(_made(tmp_path / "x.db"), ROWS))
    assert (len(names), told) == (ROWS, [])


def test_of_each_range(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each range as many rows are drawn, all from it."""
    for place in ("sql_ranges", "sqlite_catalog"):
        monkeypatch.setattr(f"connectors.{place}.LEAST_ROWS", 1_000)
    monkeypatch.setattr("connectors.sql_ranges._ROWS", 1_024)
    source = _source(_made(tmp_path / "x.db"), 50)
    (dataset,) = [one for one in source.datasets() if isinstance(one, Dataset)]
    assert len(dataset.partitions) > 3
    for part in dataset.partitions:
        names, _ = _read(source, part)
        bounds = json.loads(part.name)
        low, high = bounds.get("from", 0), bounds.get("to", ROWS + 1)
        assert len(names) == 50
        assert all(low <= json.loads(name)["pk"]["id"] < high for name in names)


def test_a_view_bounds_nothing(tmp_path: Path) -> None:
    """Of a view the first rows come, and what they may miss is unknown."""
    path = _made(tmp_path / "x.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW w AS SELECT v FROM t")
    names, (told,) = _read(_source(path, 20), Partition("w", 0))
    assert len(names) == 20
    assert told.missed_at_most is None


def test_goes_on(tmp_path: Path) -> None:
    """Behind a record of a sample the rest of the same sample comes."""
    source = _source(_made(tmp_path / "x.db"), 2_500)
    batches = [one for one in source.read(Partition("t", 0)) if isinstance(one, Batch)]
    names = [name for one in batches for name in one.records.to_pylist()]
    rest = list(source.read(Partition("t", 0), batches[0].mark))
    found = [name for one in rest if isinstance(one, Batch) for name in one.records.to_pylist()]
    assert found == names[batches[0].mark.ordinal :]


def test_a_reading_that_takes_too_long_is_told(tmp_path: Path) -> None:
    """What takes longer than the settings allow is stopped, and said to be."""
    path = _made(tmp_path / "x.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE VIEW slow AS SELECT count(*) AS n FROM t a, t b, t c WHERE a.v || b.v > c.v"
        )
    source = SqliteSource("x", str(path), Options(b"k", statement_timeout=0.2))
    (told,) = source.read(Partition("slow", 0))
    assert isinstance(told, Unread)
    assert (told.status, "statement_timeout" in told.reason) == (Status.FAILED, True)
    assert len(_read(source)[0]) == ROWS


def test_a_fast_reading_is_stopped_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table whose reading may take no time at all ends as partial or failed."""
    monkeypatch.setattr("connectors.sqlite_fast.MOST_ROWS", 256)
    source = SqliteSource("x", str(_made(tmp_path / "x.db")), Options(b"k", statement_timeout=0.0))
    _, (told,) = _read(source)
    assert told.status in {Status.PARTIAL, Status.FAILED}
