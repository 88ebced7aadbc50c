"""How PostgreSQL is read: by ranges of keys, from behind a record, of one moment, in samples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol

import psycopg
import pytest

from connectors.errors import Unsupported
from connectors.fingerprint import Signal
from connectors.options import Options
from connectors.place import Batch, Dataset, Mark, Partition, Status, Unread
from connectors.postgres import PostgresSource
from tests.servers.postgres import debian_postgres

KEY = b"a key for tests"


class Server(Protocol):
    """The server of ``conftest``."""

    def url(self, database: str, user: str = "postgres", password: str = "") -> str: ...  # noqa: D102


@pytest.fixture
def owner(postgres_url: str) -> Iterator[psycopg.Connection]:
    """Return the owner's connection to an empty database."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def debian() -> Iterator[str]:
    """Return the URL of a server with extensions."""
    with debian_postgres() as url:
        yield url


#: A table of 6,000,000 rows without their cost: the server believes what its catalogue says.
_BELIEVED = "UPDATE pg_class SET reltuples = 6000000 WHERE relname = 't'"


def _large(owner: psycopg.Connection, key: str, values: str) -> None:
    owner.execute(f"CREATE TABLE t (k {key} PRIMARY KEY, v text)".encode())
    query = f"INSERT INTO t SELECT {values}, 'v' || n FROM generate_series(1, 4000) n"  # noqa: S608
    owner.execute(query.encode())
    owner.execute("ALTER TABLE t SET (autovacuum_enabled = off)")
    owner.execute(_BELIEVED)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("bigint", "n * 1000"),
        ("int", "n * 1000 - 2000000"),
        ("uuid", "md5(n::text)::uuid"),
    ],
)
def test_parts_are_the_whole(
    owner: psycopg.Connection, postgres_url: str, key: str, values: str
) -> None:
    """The parts of a large table share no row, miss none, and come in the order of the key."""
    _large(owner, key, values)
    parts = _parts(postgres_url)
    assert len(parts) > 1
    keys = [name for part in parts for name in _names(postgres_url, part)]
    assert len(keys) == len(set(keys)) == 4000
    ordered = owner.execute("SELECT k FROM t ORDER BY k").fetchall()
    assert [json.loads(name)["pk"]["k"] for name in keys] == [
        row[0] if isinstance(row[0], int) else str(row[0]) for row in ordered
    ]


def test_parts_stay(owner: psycopg.Connection, postgres_url: str) -> None:
    """Rows that come and go move no other part: numbers and bounds are of the keys themselves."""
    _large(owner, "bigint", "n * 1000")
    before = _parts(postgres_url)
    owner.execute("DELETE FROM t WHERE k < 1500000")
    owner.execute("INSERT INTO t VALUES (5000000, 'late')")
    after = _parts(postgres_url)
    # 2^20 keys a part: the first and the last are open, so their names move with them.
    assert [(one.number, one.name) for one in before[1:-1]] == [
        (1, '{"from":1048576,"to":2097152}'),
        (2, '{"from":2097152,"to":3145728}'),
    ]
    assert [one.number for one in after] == [1, 2, 3, 4]
    assert after[1].name == before[2].name
    read = [name for part in after for name in _names(postgres_url, part)]
    assert len(read) == len(set(read)) == owner.execute("SELECT count(*) FROM t").fetchone()[0]  # type: ignore[index]


def test_small_and_text_keyed_tables_are_whole(
    owner: psycopg.Connection, postgres_url: str
) -> None:
    """A small table, and one whose bounds would be people's, is one part without a name."""
    owner.execute("CREATE TABLE small (k int PRIMARY KEY)")
    _large(owner, "text", "n")
    assert [(one.number, one.name) for one in _parts(postgres_url)] == [(0, "")]
    assert [(one.number, one.name) for one in _parts(postgres_url, "public.small")] == [(0, "")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("int", "n - 30000"),
        ("text", "'山''\\\"\n' || (n * 7919 % 50000)"),
        ("char(9)", "n"),
        ('varchar(20) COLLATE "C"', "n"),
        ("numeric(9, 3)", "n / 8.0"),
        ("real", "n * 1.1"),
        ("uuid", "md5(n::text)::uuid"),
        ("date", "date '1000-01-01' + n"),
        ("timestamptz", "timestamptz '2000-01-01' + n * interval '1.5 seconds'"),
        ("inet", "inet '10.0.0.0' + n"),
        ("bytea", "decode(md5(n::text), 'hex')"),
        ("bit(20)", "n::bit(20)"),
    ],
)
def test_going_on(owner: psycopg.Connection, postgres_url: str, key: str, value: str) -> None:
    """Behind any batch's last record comes what a whole reading gives there, whatever the key."""
    owner.execute(f"CREATE TABLE t (k {key} PRIMARY KEY, n int)".encode())
    owner.execute(f"INSERT INTO t SELECT {value}, n FROM generate_series(1, 40000) n".encode())  # noqa: S608
    source = PostgresSource("x", postgres_url, Options(KEY))
    part = Partition("public.t", 0)
    whole = _batches(source, part)
    assert len(whole) == 3
    for place, batch in enumerate(whole):
        rest = [one for one in source.read(part, batch.mark) if isinstance(one, Batch)]
        assert _listed(rest) == _listed(whole[place + 1 :])
        assert [one.ordinal for one in rest][:1] == [batch.mark.ordinal][: len(rest)]


def test_going_on_in_keys_of_several(owner: psycopg.Connection, postgres_url: str) -> None:
    """A key of several fields is gone on in its own order, though rows came and went meanwhile."""
    owner.execute("CREATE TYPE mood AS ENUM ('z', 'a')")
    owner.execute("CREATE TABLE t (m mood, k int, v text, PRIMARY KEY (m, k))")
    owner.execute("""INSERT INTO t SELECT CASE WHEN n % 2 = 0 THEN 'z' ELSE 'a' END::mood, n, 'v'
                  FROM generate_series(1, 40000) n""")
    source = PostgresSource("x", postgres_url, Options(KEY))
    part = Partition("public.t", 0)
    reading = source.read(part)
    first = next(reading)
    assert isinstance(first, Batch)
    rest = [name for one in reading if isinstance(one, Batch) for name in one.records.to_pylist()]
    last = json.loads(first.mark.record)["pk"]["k"]
    owner.execute("DELETE FROM t WHERE k = %s", (last,))
    later = _listed(one for one in source.read(part, first.mark) if isinstance(one, Batch))
    assert [name for name, _ in later] == rest


def test_going_on_without_a_key(owner: psycopg.Connection, postgres_url: str) -> None:
    """Rows without a key are counted up to the mark."""
    owner.execute("CREATE TABLE t AS SELECT n % 900 AS a FROM generate_series(1, 40000) n")
    source = PostgresSource("x", postgres_url, Options(KEY))
    part = Partition("public.t", 0)
    whole = [name for one in source.read(part) for name in _of(one)]
    rest = [name for one in source.read(part, Mark(20_000, whole[19_999])) for name in _of(one)]
    assert rest == whole[20_000:]


def test_one_moment_for_all(owner: psycopg.Connection, postgres_url: str) -> None:
    """All who join a held moment see it, tables and workers alike, and nobody who doesn't."""
    owner.execute("CREATE TABLE t (k int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 9)")
    with PostgresSource("x", postgres_url, Options(KEY)) as source:
        moment = source.snapshot()
        assert moment == source.snapshot() != ""
        owner.execute("DELETE FROM t WHERE k > 3")
        worker = PostgresSource("x", postgres_url, Options(KEY, snapshot=moment))
        part = Partition("public.t", 0)
        assert [len(_all(one, part)) for one in (source, worker)] == [9, 9]
        assert worker.snapshot() == moment
        assert len(_names(postgres_url, part)) == 3
    (told,) = worker.read(part)
    assert isinstance(told, Unread)
    assert (told.status, "has passed" in told.reason) == (Status.FAILED, True)
    with pytest.raises(Unsupported):
        list(PostgresSource("x", postgres_url, Options(KEY, snapshot="x'; DROP")).read(part))


def test_parts_of_one_moment(owner: psycopg.Connection, postgres_url: str) -> None:
    """Parts that two workers read under one moment are together the table of that moment."""
    _large(owner, "bigint", "n * 1000")
    with PostgresSource("x", postgres_url, Options(KEY)) as source:
        moment, parts = source.snapshot(), _parts(postgres_url)
        owner.execute("DELETE FROM t WHERE k % 2000 = 0")
        workers = [
            PostgresSource("x", postgres_url, Options(KEY, snapshot=moment)) for _ in range(2)
        ]
        names = [name for part in parts for name in _all(workers[part.number % 2], part)]
    assert len(parts) > 1
    assert len(set(names)) == len(names) == 4000


def test_fingerprints_tell_changes(owner: psycopg.Connection, postgres_url: str) -> None:
    """Whatever changes rows or columns changes the counters; reading doesn't."""
    owner.execute("CREATE TABLE t (k int PRIMARY KEY, v text); CREATE VIEW s AS SELECT * FROM t")
    owner.execute("CREATE TABLE p (k int) PARTITION BY LIST (k)")
    owner.execute("CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, 2)")
    seen = [_signal(owner, postgres_url)]
    for change in (
        "INSERT INTO t VALUES (1, 'a')",
        "UPDATE t SET v = 'b'",
        "TRUNCATE t",
        "ALTER TABLE t ADD COLUMN w text DEFAULT 'x'",
        "INSERT INTO p VALUES (1)",
    ):
        owner.execute(change.encode())
        seen.append(_signal(owner, postgres_url))
        _names(postgres_url, Partition("public.t", 0))
        assert _signal(owner, postgres_url) == seen[-1]
    assert all(one != other for one, other in pairwise(seen))
    listed = _datasets(postgres_url)
    assert str(listed["public.t"].fingerprint).startswith("counters:")
    assert listed["public.t"].partitions[0].fingerprint == listed["public.t"].fingerprint
    assert listed["public.s"].fingerprint is None
    assert Signal.COUNTERS.doubt


def test_fingerprints_of_a_held_moment(owner: psycopg.Connection, postgres_url: str) -> None:
    """What is written after the held moment isn't in its fingerprints, as it isn't read."""
    owner.execute("CREATE TABLE t (k int PRIMARY KEY)")
    before = _signal(owner, postgres_url)
    with PostgresSource("x", postgres_url, Options(KEY)) as source:
        source.snapshot()
        owner.execute("INSERT INTO t VALUES (1)")
        owner.execute("SELECT pg_stat_force_next_flush()")
        listed = {
            one.name: one.fingerprint for one in source.datasets() if isinstance(one, Dataset)
        }
    assert listed == before


def test_checksums_of_what_is_not_counted(owner: psycopg.Connection, postgres_url: str) -> None:
    """A view's fingerprint is a keyed checksum of its rows, by whatever order they come."""
    owner.execute("CREATE TABLE t (k int, v text); INSERT INTO t VALUES (1, 'a'), (2, 'b')")
    owner.execute("CREATE VIEW s AS SELECT * FROM t")
    source, other = (PostgresSource("x", postgres_url, Options(key)) for key in (KEY, b"other"))
    part = Partition("public.s", 0)
    first = source.fingerprint(part)
    assert first is not None
    assert (first.signal, first.signal.doubt) == (Signal.CONTENT, "")
    assert other.fingerprint(part) != first
    owner.execute("UPDATE t SET k = k")
    assert source.fingerprint(part) == first
    owner.execute("UPDATE t SET v = 'c' WHERE k = 2")
    assert source.fingerprint(part) != first


def test_samples(owner: psycopg.Connection, postgres_url: str) -> None:
    """A sample has as many rows as asked, the same each time, and tells what it may have missed."""
    owner.execute("CREATE TABLE t (k int PRIMARY KEY, v text)")
    owner.execute("INSERT INTO t SELECT n, 'v' FROM generate_series(1, 1000) n")
    owner.execute("CREATE TABLE bare AS SELECT * FROM t; CREATE VIEW s AS SELECT * FROM t")
    source = PostgresSource("x", postgres_url, Options(KEY, sample=100))
    for name, left, bound in (("t", 900, 0.03), ("bare", 900, 0.03), ("s", None, None)):
        part = Partition(f"public.{name}", 0)
        names = [found for one in source.read(part) for found in _of(one)]
        assert names == [found for one in source.read(part) for found in _of(one)]
        (told,) = (one for one in source.read(part) if isinstance(one, Unread))
        assert len(set(names)) == 100
        assert (told.status, told.units, told.missed_at_most) == (Status.PARTIAL, left, bound)
    all_of_it = PostgresSource("x", postgres_url, Options(KEY, sample=1000))
    assert [type(one) for one in all_of_it.read(Partition("public.t", 0))] == [Batch]


def test_statement_timeout(owner: psycopg.Connection, postgres_url: str) -> None:
    """A statement that runs longer than the settings let it is ended and told."""
    owner.execute("CREATE VIEW slow AS SELECT pg_sleep(30)::text AS x")
    source = PostgresSource("x", postgres_url, Options(KEY, statement_timeout=0.2))
    (told,) = source.read(Partition("public.slow", 0))
    assert isinstance(told, Unread)
    assert (told.status, "ran too long" in told.reason) == (Status.FAILED, True)


def test_leaving_early(
    owner: psycopg.Connection, postgres_server: Server, postgres_url: str
) -> None:
    """Whoever has seen enough doesn't wait for the rest, nor does the server go on making it."""
    database = postgres_url.partition("@/")[2].partition("?")[0]
    owner.execute("""
        CREATE TABLE t (k int PRIMARY KEY, v text);
        INSERT INTO t SELECT n, repeat('v', 2000) FROM generate_series(1, 10001) n;
        ALTER TABLE t ENABLE ROW LEVEL SECURITY;
        CREATE POLICY p ON t USING (k <= 10000 OR pg_sleep(60) IS NULL);
        DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        GRANT SELECT ON t TO reader""")
    for way in ("seqscan", "bitmapscan"):  # so that it needn't sort
        owner.execute(f"ALTER DATABASE {database} SET enable_{way} = off".encode())
    source = PostgresSource("x", postgres_server.url(database, "reader"), Options(KEY))
    given = source.read(Partition("public.t", 0))
    while not isinstance(batch := next(given), Batch):  # that policies hide rows
        pass
    assert len(batch.records) < 10_000
    given.close()  # type: ignore[attr-defined]
    running = "SELECT query FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'"
    assert owner.execute(running).fetchall() == []


def test_types_of_extensions(debian: str) -> None:
    """Types of hstore and citext are read as text, and a citext key goes on and finds its rows."""
    with psycopg.connect(debian, autocommit=True) as owner:
        owner.execute("CREATE EXTENSION hstore; CREATE EXTENSION citext")
        owner.execute("CREATE TABLE t (k citext PRIMARY KEY, h hstore, c citext)")
        owner.execute("""INSERT INTO t SELECT CASE WHEN n % 2 = 0 THEN 'K' ELSE 'k' END || n,
                      hstore('氏名', '山田' || n), 'Abc' FROM generate_series(1, 40000) n""")
    source = PostgresSource("x", debian, Options(KEY))
    part = Partition("public.t", 0)
    assert [one.type for one in _datasets(debian)["public.t"].fields] == [
        "public.citext",
        "public.hstore",
        "public.citext",
    ]
    whole = [one for one in source.read(part) if isinstance(one, Batch)]
    row = whole[0].values.slice(0, 1).to_pylist()[0]
    assert row["h"] == f'"氏名"=>"山田{row["k"][1:]}"'
    assert row["c"] == "Abc"
    rest = _listed(one for one in source.read(part, whole[0].mark) if isinstance(one, Batch))
    assert rest == _listed(whole[1:])


def _parts(url: str, dataset: str = "public.t") -> tuple[Partition, ...]:
    return _datasets(url)[dataset].partitions


def _datasets(url: str) -> dict[str, Dataset]:
    found = PostgresSource("x", url, Options(KEY)).datasets()
    return {one.name: one for one in found if isinstance(one, Dataset)}


def _signal(owner: psycopg.Connection, url: str) -> dict[str, str | None]:
    owner.execute("SELECT pg_stat_force_next_flush()")
    return {name: one.fingerprint for name, one in _datasets(url).items()}


def _names(url: str, part: Partition) -> list[str]:
    return _all(PostgresSource("x", url, Options(KEY)), part)


def _all(source: PostgresSource, part: Partition) -> list[str]:
    read = list(source.read(part))
    assert all(isinstance(one, Batch) for one in read)
    return [name for one in read for name in _of(one)]


def _batches(source: PostgresSource, part: Partition) -> list[Batch]:
    read = list(source.read(part))
    assert [one for one in read if isinstance(one, Unread)] == []
    return [one for one in read if isinstance(one, Batch)]


def _of(one: Batch | Unread) -> list[str]:
    return one.records.to_pylist() if isinstance(one, Batch) else []


def _listed(batches: object) -> list[tuple[str, object]]:
    return [
        pair
        for one in batches  # type: ignore[attr-defined]
        for pair in zip(one.records.to_pylist(), one.values.to_pylist(), strict=True)
    ]
