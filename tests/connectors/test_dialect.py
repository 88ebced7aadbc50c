"""Any SQLAlchemy dialect, tried on two that have connectors of their own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest

from connectors.dialect import DialectSource
from connectors.errors import SourceError, Unreachable, Unsupported
from connectors.options import Options
from connectors.place import Batch, Dataset, ForeignKey, Mark
from connectors.registry import open_source

KEY = b"a key for tests"


@pytest.fixture
def source(tmp_path: Path) -> DialectSource:
    """Return a file's source through SQLAlchemy."""
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.executescript("""
            CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(9) NOT NULL, photo BLOB);
            CREATE TABLE orders (id INTEGER PRIMARY KEY, p INTEGER REFERENCES people (id));
            CREATE TABLE log (line VARCHAR(99), n REAL);
            CREATE VIEW seen AS SELECT name FROM people;
            INSERT INTO people VALUES (2, '山田', x'00ff'), (1, 'O''Neil', NULL);
            INSERT INTO log VALUES ('a', 1.5), ('b', 2), ('a', 1.5);
        """)
    return DialectSource("x", f"sqlite:///{tmp_path / 'x.db'}", Options(KEY))


def test_it_says_that_it_is_untested(source: DialectSource) -> None:
    """Who uses it must know."""
    assert source.check().endswith("3 tables, 1 view; this kind of store is untested")
    assert source.tested_against == ""


def test_what_is_read(source: DialectSource) -> None:
    """Tables with keys and references, in the order of keys; views; rows without a key."""
    found = {one.name: one for one in source.datasets() if isinstance(one, Dataset)}
    assert {name: one.kind for name, one in found.items()} == {
        "main.log": "table",
        "main.orders": "table",
        "main.people": "table",
        "main.seen": "view",
    }
    (reference,) = found["main.orders"].foreign_keys
    assert reference == ForeignKey(("p",), "main.people", ("id",))
    assert found["main.people"].by_hand
    (people,) = _batches(source, found["main.people"])
    assert people.records.to_pylist() == ['{"pk":{"id":1}}', '{"pk":{"id":2}}']
    assert people.values.to_pylist()[1] == {"id": 2, "name": "山田", "photo": "00ff"}
    (log,) = _batches(source, found["main.log"])
    assert len(set(log.records.to_pylist())) == 3
    (rest,) = source.read(found["main.people"].partitions[0], Mark(1, people.records[0].as_py()))
    assert isinstance(rest, Batch)
    assert rest.records.to_pylist() == ['{"pk":{"id":2}}']


@pytest.mark.postgres
def test_a_server(postgres_url: str) -> None:
    """A server's driver streams; what it gives as objects comes as text."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("""
            CREATE TABLE t (id INT PRIMARY KEY, j JSONB, d DATE, n NUMERIC, b BOOL, x BIGINT);
            INSERT INTO t SELECT i, '{"氏名": "山田"}', '2024-01-02', 1.50, true, i
            FROM generate_series(1, 20000) AS i;
        """)
    url = postgres_url.replace("postgresql://", "postgresql+psycopg://")
    with DialectSource("x", url, Options(KEY)) as source:
        (dataset,) = [one for one in source.datasets() if isinstance(one, Dataset)]
        batches = _batches(source, dataset)
    assert dataset.name == "public.t"
    assert sum(batch.values.num_rows for batch in batches) == 20_000
    assert list(batches[0].values.to_pylist()[0].values()) == [
        1,
        '{"氏名": "山田"}',
        "2024-01-02",
        "1.50",
        True,
        1,
    ]


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("postgresql+psycopg://scanner:s3cr3t@127.0.0.1:1/crm", Unreachable),
        ("postgresql+psycopg://scanner:s3cr3t@db:port/crm", Unsupported),
        ("oracle+nosuch://scanner:s3cr3t@db/crm", Unsupported),
    ],
)
def test_no_secret_is_told(url: str, error: type[SourceError]) -> None:
    """What fails says so in a sentence without the password."""
    with DialectSource("x", url) as source, pytest.raises(error) as told:
        source.check()
    assert "s3cr3t" not in str(told.value)


def test_other_dialects_are_accepted() -> None:
    """What SQLAlchemy knows opens as this; what nothing knows is refused."""
    assert isinstance(open_source("x", "oracle://db/crm"), DialectSource)
    assert isinstance(open_source("x", "mssql+pyodbc://db/crm"), DialectSource)
    with pytest.raises(Unsupported):
        open_source("x", "nosuchthing://db/crm")


def _batches(source: DialectSource, dataset: Dataset) -> list[Batch]:
    (part,) = dataset.partitions
    return [one for one in source.read(part) if isinstance(one, Batch)]
