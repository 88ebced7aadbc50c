"""PostgreSQL, on a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import psycopg
import pyarrow as pa
import pytest

from connectors.errors import Refused, SourceError, Unreachable, Unsupported
from connectors.options import Options
from connectors.place import Access, Batch, Dataset, ForeignKey, Partition, Status, Unread
from connectors.postgres import PostgresSource, grants
from tests.servers.cut import cutting

KEY = b"a key for tests"


class Server(Protocol):
    """The server of ``conftest``."""

    folder: Path

    def url(self, database: str, user: str = "postgres", password: str = "") -> str: ...  # noqa: D102
    def execute(self, *statements: str, database: str = "postgres") -> None: ...  # noqa: D102
    def create(self, options: str = "") -> str: ...  # noqa: D102
    def drop(self, database: str) -> None: ...  # noqa: D102


@pytest.fixture
def owner(postgres_url: str) -> Iterator[psycopg.Connection]:
    """Return the owner's connection to an empty database."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def scanner(owner: psycopg.Connection, postgres_url: str) -> str:
    """Return the database's URL for a role ``scanner`` that was granted nothing yet."""
    owner.execute(
        "DO $$ BEGIN CREATE ROLE scanner LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    return postgres_url.replace("postgres@", "scanner@")


def test_keys_and_references(owner: psycopg.Connection, postgres_url: str) -> None:
    """Keys come in key order; references may be composite and cross schemas."""
    owner.execute("""
        CREATE SCHEMA "sales dept.";
        CREATE TABLE customers (kana text, code varchar(14), no int, PRIMARY KEY (no, code));
        CREATE TABLE "sales dept.".orders (
          id bigint PRIMARY KEY, n int, c text, FOREIGN KEY (n, c) REFERENCES customers (no, code));
        CREATE TABLE mails (a text UNIQUE, mail text NOT NULL UNIQUE, b int NOT NULL UNIQUE);
        CREATE TABLE indexed (a int NOT NULL, b int NOT NULL);
        CREATE UNIQUE INDEX partly ON indexed (a) WHERE b > 0;
        CREATE UNIQUE INDEX changed ON indexed (abs(a));
        CREATE UNIQUE INDEX all_of ON indexed (b);
    """)
    found = _datasets(postgres_url)
    assert found["public.customers"].primary_key == ("no", "code")
    assert found["public.mails"].primary_key == ("mail",)
    assert found["public.indexed"].primary_key == ("b",)
    assert [field.type for field in found["public.customers"].fields] == [
        "text",
        "character varying(14)",
        "integer",
    ]
    assert found["sales dept..orders"].foreign_keys == (
        ForeignKey(("n", "c"), "public.customers", ("no", "code")),
    )


def test_what_is_listed(owner: psycopg.Connection, postgres_url: str) -> None:
    """A partitioned table is listed and read once, heirs apart, views as views."""
    owner.execute("""
        CREATE TABLE logs (id int, day date) PARTITION BY RANGE (day);
        CREATE TABLE logs_2025 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE TABLE logs_2026 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        INSERT INTO logs VALUES (1, '2025-05-05'), (2, '2026-05-05'), (3, '2026-05-06');
        CREATE TABLE parent (id int PRIMARY KEY);
        CREATE TABLE heir (extra text) INHERITS (parent);
        INSERT INTO parent VALUES (1);
        INSERT INTO heir VALUES (2, 'x');
        CREATE VIEW seen AS SELECT * FROM logs;
        CREATE MATERIALIZED VIEW kept AS SELECT * FROM logs;
        CREATE TEMP TABLE mine (id int);
        ANALYZE;
    """)
    found = _datasets(postgres_url)
    assert {name: (one.kind, one.rows) for name, one in found.items()} == {
        "public.heir": ("table", 1),
        "public.kept": ("view", None),
        "public.logs": ("table", 3),
        "public.parent": ("table", 1),
        "public.seen": ("view", None),
    } | {"public.kept": ("view", 3)}
    assert (found["public.logs"].bytes or 0) >= 16_384
    rows = {name: sum(b.values.num_rows for b in _read(postgres_url, name)) for name in found}
    assert rows == {
        "public.heir": 1,
        "public.kept": 3,
        "public.logs": 3,
        "public.parent": 1,
        "public.seen": 3,
    }


def test_include_and_exclude(owner: psycopg.Connection, postgres_url: str) -> None:
    """Patterns over ``schema.table`` choose."""
    owner.execute("CREATE SCHEMA hr; CREATE TABLE hr.staff (id int); CREATE TABLE hr.old (id int)")
    owner.execute("CREATE TABLE items (id int)")
    source = PostgresSource("x", postgres_url, Options(KEY, include=("hr.*",), exclude=("*.old",)))
    assert [one.name for one in source.datasets() if isinstance(one, Dataset)] == ["hr.staff"]
    assert source.check().endswith(", 1 table")


@pytest.mark.usefixtures("scanner")
def test_access(owner: psycopg.Connection, postgres_url: str) -> None:
    """Who may read a table is told: its owner, those granted, everyone."""
    owner.execute("CREATE TABLE a (id int); CREATE TABLE b (id int)")
    owner.execute("GRANT SELECT ON a TO scanner; GRANT SELECT, INSERT ON b TO PUBLIC")
    found = _datasets(postgres_url)
    assert found["public.a"].access == Access("postgres", ("scanner",), everyone=False)
    assert found["public.b"].access == Access("postgres", (), everyone=True)


def test_values(owner: psycopg.Connection, postgres_url: str) -> None:
    """Plain types keep their kind; all others come as the server writes them."""
    owner.execute("""
        CREATE TYPE mood AS ENUM ('良い', '悪い');
        CREATE DOMAIN age AS smallint CHECK (value > 0);
        CREATE DOMAIN code AS text;
        CREATE TABLE t (
          s smallint, i int, b bigint, a age, r real, d double precision, t bool, x text,
          v varchar(9), c char(5), k code, day date, ts timestamp, tz timestamptz,
          n numeric(20, 4), j jsonb, arr text[], u uuid, ip inet, m mood, by bytea, iv interval,
          tm time, mo money, "rowtype" mood[]);
        INSERT INTO t VALUES (
          1, 2, 3, 40, 1.5, 2.5, true, '髙橋', '山田', 'ab', 'k1', '2001-02-03', '2001-02-03 04:05',
          '2001-02-03 04:05+09', 12345678901234.5, '{"氏名": "山田"}', '{a,"b c"}',
          '00000000-0000-0000-0000-000000000001', '192.0.2.1', '良い', '\\x00ff', '1 day', '01:02',
          5, NULL);
    """)
    (batch,) = _read(postgres_url, "public.t")
    row = {name: column.to_pylist()[0] for name, column in _columns(batch).items()}
    types = dict(zip(batch.values.schema.names, batch.values.schema.types, strict=True))
    assert [row[name] for name in ("s", "i", "b", "a", "r", "d", "t")] == [1, 2, 3, 40, 1.5, 2.5, 1]
    assert types["a"] == pa.int16()
    assert types["day"] == pa.date32()
    assert types["ts"] == pa.timestamp("us")
    assert types["tz"] == pa.timestamp("us", "UTC")
    assert row["tz"].isoformat() == "2001-02-02T19:05:00+00:00"
    assert [row[name] for name in ("x", "v", "c", "k")] == ["髙橋", "山田", "ab", "k1"]
    assert row["n"] == "12345678901234.5000"
    assert row["j"] == '{"氏名": "山田"}'
    assert [row[name] for name in ("arr", "ip", "m", "by")] == [
        '{a,"b c"}',
        "192.0.2.1",
        "良い",
        "00ff",
    ]
    assert row["u"] == "00000000-0000-0000-0000-000000000001"
    assert row["iv"] == "1 day"


def test_dates_out_of_range(owner: psycopg.Connection, postgres_url: str) -> None:
    """A date no calendar of ours holds, like ``infinity``, is null and doesn't stop the reading."""
    owner.execute("CREATE TABLE t (id int PRIMARY KEY, d date, z timestamptz)")
    owner.execute("""INSERT INTO t VALUES (1, 'infinity', '-infinity'), (2, '0044-03-15 BC', NULL),
                  (3, '9999-12-31', '2001-02-03 00:00+00')""")
    (batch,) = _read(postgres_url, "public.t")
    assert [str(day) for day in batch.values["d"].to_pylist()] == ["None", "None", "9999-12-31"]
    assert [one is None for one in batch.values["z"].to_pylist()] == [True, True, False]


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("smallint", "7", "7"),
        ("bigint", "-9007199254740993", "-9007199254740993"),
        ("text", "'山田\"\\'", '"山田\\"\\\\"'),
        ("char(5)", "'C01'", '"C01"'),
        (
            "uuid",
            "'00000000-0000-0000-0000-00000000000A'",
            '"00000000-0000-0000-0000-00000000000a"',
        ),
        ("numeric(6,2)", "12.5", '"12.50"'),
        ("date", "'2001-02-03'", '"2001-02-03"'),
        ("date", "'infinity'", '"infinity"'),
        ("timestamptz", "'2001-02-03 09:00+09'", '"2001-02-03 00:00:00+00"'),
        ("bytea", "'\\x00ff'", '"00ff"'),
    ],
)
def test_names_of_records(
    owner: psycopg.Connection, postgres_url: str, kind: str, value: str, written: str
) -> None:
    """A key is a whole number or the server's text, whatever the server's settings."""
    owner.execute("ALTER ROLE postgres SET TimeZone = 'Asia/Tokyo'")
    owner.execute("ALTER ROLE postgres SET DateStyle = 'SQL, DMY'")
    owner.execute(f"CREATE TABLE t (v int, k {kind} PRIMARY KEY)")
    owner.execute(f"INSERT INTO t VALUES (1, {value})".encode())  # noqa: S608
    (batch,) = _read(postgres_url, "public.t")
    assert batch.records.to_pylist() == [f'{{"pk":{{"k":{written}}}}}']
    owner.execute("ALTER ROLE postgres RESET ALL")


def test_rows_without_a_key(owner: psycopg.Connection, postgres_url: str) -> None:
    """Rows nothing names are named by digest, the same wherever the server keeps them."""
    owner.execute('CREATE TABLE t (t text, "t""x" int)')
    owner.execute("INSERT INTO t SELECT 'n' || n % 40, n % 2 FROM generate_series(1, 1000) n")
    first = _names(postgres_url, "public.t")
    owner.execute("CREATE TABLE u AS SELECT * FROM t ORDER BY random()")
    owner.execute("DROP TABLE t; ALTER TABLE u RENAME TO t")
    assert sorted(first) == sorted(_names(postgres_url, "public.t"))
    assert len(set(first)) == 1000
    assert len({json.loads(name)["digest"] for name in first}) == 40
    other = PostgresSource("x", postgres_url, Options(b"another")).read(Partition("public.t", 0))
    assert not {name for b in other if isinstance(b, Batch) for name in b.records.to_pylist()} & {
        *first
    }


def test_missing_rights(owner: psycopg.Connection, scanner: str) -> None:
    """What the account may not read is told with the mend, and the rest is read."""
    owner.execute("""
        CREATE SCHEMA closed; CREATE TABLE closed.t (id int);
        CREATE TABLE secret (id int);
        CREATE TABLE half (id int PRIMARY KEY, name text, hidden text);
        INSERT INTO half VALUES (1, 'a', 'b');
        GRANT SELECT (name, id) ON half TO scanner;
        CREATE TABLE rows (id int PRIMARY KEY); INSERT INTO rows VALUES (1), (2);
        ALTER TABLE rows ENABLE ROW LEVEL SECURITY; GRANT SELECT ON rows TO scanner;
        CREATE POLICY few ON rows USING (id = 1);
    """)
    source = PostgresSource("x", scanner, Options(KEY))
    told = {one.dataset: one for one in source.datasets() if isinstance(one, Unread)}
    assert set(told) == {"closed.t", "public.secret"}
    assert 'GRANT USAGE ON SCHEMA "closed"' in told["closed.t"].reason
    assert 'GRANT SELECT ON "public"."secret"' in told["public.secret"].reason
    partly, batch = source.read(Partition("public.half", 0))
    assert isinstance(partly, Unread)
    assert (partly.status, "hidden" in partly.reason) == (Status.PARTIAL, True)
    assert isinstance(batch, Batch)
    assert batch.values.to_pydict() == {"id": [1], "name": ["a"]}
    guarded, batch = source.read(Partition("public.rows", 0))
    assert isinstance(guarded, Unread)
    assert "row-level security" in guarded.reason
    assert source.check().endswith("2 tables, 2 not readable")


def test_a_right_lost_meanwhile(owner: psycopg.Connection, scanner: str) -> None:
    """A table closed, changed or dropped after it was listed is told as failed."""
    owner.execute("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int)")
    owner.execute("GRANT SELECT ON a, b, c TO scanner")
    source = PostgresSource("x", scanner, Options(KEY))
    listed = [one for one in source.datasets() if isinstance(one, Dataset)]
    owner.execute("REVOKE SELECT ON a FROM scanner; ALTER TABLE b DROP COLUMN id; DROP TABLE c")
    told = [next(source.read(one.partitions[0])) for one in listed]
    assert [one.status for one in told if isinstance(one, Unread)] == [Status.FAILED] * 3
    assert [one.reason.split(":")[0] for one in told if isinstance(one, Unread)] == [
        "permission denied",
        "changed while it was read",
        "changed while it was read",
    ]


def test_granted_account_reads_and_cannot_write(
    owner: psycopg.Connection, postgres_server: Server
) -> None:
    """The statements ``grants`` writes make an account that scans and can't write."""
    owner.execute("CREATE TABLE people (id int PRIMARY KEY); INSERT INTO people VALUES (1)")
    database = owner.info.dbname
    reader = f"locked_{database}"
    url = postgres_server.url(database, reader, "secret")
    for include in ([], ["public.*"], ["public.people", "*.x"]):
        owner.execute(grants(url, include).replace("…", "secret").encode())
        assert PostgresSource("x", url, Options(KEY)).check().endswith(", 1 table")
        assert _names(url, "public.people") == ['{"pk":{"id":1}}']
        with psycopg.connect(url) as connection, pytest.raises(psycopg.Error):
            connection.execute("INSERT INTO people VALUES (2)")
        owner.execute(f"DROP OWNED BY {reader}; DROP ROLE {reader}")


def test_nothing_is_written(owner: psycopg.Connection, postgres_url: str) -> None:
    """Even an owner's account can't write through Shozai, as a view might make it."""
    owner.execute("CREATE SEQUENCE counter; CREATE VIEW v AS SELECT nextval('counter') AS n")
    (told,) = PostgresSource("x", postgres_url, Options(KEY)).read(Partition("public.v", 0))
    assert isinstance(told, Unread)
    assert told.status is Status.FAILED
    called = owner.execute("SELECT is_called FROM counter").fetchone()
    assert called == (False,)


def test_a_view_that_fails(owner: psycopg.Connection, postgres_url: str) -> None:
    """A failure amid the rows keeps what came before it, and its reason holds no value."""
    owner.execute(
        "CREATE TABLE t AS SELECT n, '山田' || n AS name FROM generate_series(1, 200000) n"
    )
    owner.execute(
        "CREATE VIEW v AS SELECT n, CASE WHEN n < 199999 THEN '1' ELSE name END::int AS x FROM t"
    )
    owner.execute("CREATE TABLE k (n int PRIMARY KEY); INSERT INTO k SELECT n FROM t")
    (told,) = PostgresSource("x", postgres_url, Options(KEY)).read(Partition("public.v", 0))
    assert isinstance(told, Unread)
    assert told.status is Status.FAILED  # a view is sorted first, so no row came
    assert "山田" not in told.reason


def test_a_connection_lost(owner: psycopg.Connection, postgres_url: str) -> None:
    """When the server ends the connection, what was read stays and the rest is told."""
    owner.execute("CREATE TABLE t (n int PRIMARY KEY, memo text)")
    owner.execute("INSERT INTO t SELECT n, repeat('m', 300) FROM generate_series(1, 200000) n")
    reading = PostgresSource("x", postgres_url, Options(KEY)).read(Partition("public.t", 0))
    assert isinstance(next(reading), Batch)
    owner.execute("""SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE application_name = 'shozai' AND datname = current_database()""")
    told = list(reading)[-1]
    assert isinstance(told, Unread)
    assert (told.status, told.partition) == (Status.PARTIAL, 0)
    assert "connection was lost" in told.reason


def test_a_locked_table(owner: psycopg.Connection, postgres_url: str) -> None:
    """A table another session holds is listed all the same, and told when it can't be read."""
    owner.execute("CREATE TABLE t (id int PRIMARY KEY)")
    with psycopg.connect(postgres_url) as other:
        other.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
        source = PostgresSource("x", postgres_url, Options(KEY))
        source.patience = "200ms"
        assert source.check().endswith(", 1 table")
        (told,) = source.read(Partition("public.t", 0))
    assert isinstance(told, Unread)
    assert "locked by another session" in told.reason


@pytest.mark.parametrize("encoding", ["EUC_JP", "SQL_ASCII"])
def test_other_encodings(postgres_server: Server, encoding: str) -> None:
    """A database in EUC-JP is read as UTF-8; one that checks nothing, as far as it can be."""
    database = postgres_server.create(f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
    url = postgres_server.url(database)
    raw = "山田".encode("euc_jp" if encoding == "EUC_JP" else "cp932")
    with psycopg.connect(url, autocommit=True, client_encoding=encoding) as connection:
        connection.execute("CREATE TABLE t (id int PRIMARY KEY, name text)")
        connection.execute(b"INSERT INTO t VALUES (1, '" + raw + b"'), (2, 'abc')")
    batch, *told = PostgresSource("x", url, Options(KEY)).read(Partition("public.t", 0))
    assert isinstance(batch, Batch)
    assert batch.values["name"].to_pylist() == ["山田", "abc"]
    assert [one.units for one in told if isinstance(one, Unread)] == [1] * (encoding == "SQL_ASCII")
    postgres_server.drop(database)


@pytest.mark.parametrize("user", ["locked user@x", "locked%2F:山"])
def test_secrets_with_any_character(postgres_server: Server, user: str) -> None:
    """User and secret may hold any character when it is percent-encoded, over TCP too."""
    secret = "p@ss/w:rd %41 ' \\ 秘"
    name = psycopg.sql.Identifier(user).as_string()
    word = psycopg.sql.Literal(secret).as_string()
    postgres_server.execute(f"CREATE ROLE {name} LOGIN PASSWORD {word}")
    who = f"{quote(user, safe='')}:{quote(secret, safe='')}"
    with cutting(f"{postgres_server.folder}/.s.PGSQL.5432") as proxy:
        for where in (
            f"127.0.0.1:{proxy.port}/postgres",
            f"/postgres?host={postgres_server.folder}",
        ):
            source = PostgresSource("x", f"postgresql://{who}@{where}", Options(KEY))
            assert source.check().startswith("PostgreSQL ")
    wrong = postgres_server.url("postgres", quote(user, safe=""), "s3cr3t")
    with pytest.raises(Refused, match="wrong password") as failure:
        PostgresSource("x", wrong, Options(KEY)).check()
    assert "s3cr3t" not in str(failure.value)
    postgres_server.execute(f"DROP ROLE {name}")


@pytest.mark.parametrize(
    ("url", "kind", "words"),
    [
        ("postgresql://u:s3cr3t@127.0.0.1:1/crm", Unreachable, "isn't there"),
        (f"postgresql://u:s3cr3t@{'x' * 70}/crm", Unreachable, "no such host"),
        ("postgresql://u:s3cr3t@/crm?host=/nowhere", Unreachable, "isn't there"),
        ("postgresql://u:s3c@r3t@db/crm", Unsupported, "%40"),
        ("postgresql://u:s3c/r3t@db/crm", Unsupported, "%2F"),
        ("postgresql://u:100%s3cr3t@db/crm", Unsupported, "%25"),
        ("postgresql://u:s3cr3t@db/crm?nonsense=1", Unsupported, "can't be read"),
    ],
)
def test_what_cannot_be_opened(url: str, kind: type[SourceError], words: str) -> None:
    """A wrong URL is told in one sentence without its secret."""
    for use in (_check, _first):
        with pytest.raises(kind, match=words) as failure:
            use(PostgresSource("x", url, Options(KEY)))
        assert "s3c" not in str(failure.value)
        assert "r3t" not in str(failure.value)


def test_first_batch_comes_soon(owner: psycopg.Connection, postgres_url: str) -> None:
    """A table is streamed: its first batch doesn't wait for its last row."""
    owner.execute("CREATE TABLE t (n int PRIMARY KEY, memo text)")
    owner.execute("INSERT INTO t SELECT n, repeat('m', 200) FROM generate_series(1, 100000) n")
    reading = PostgresSource("x", postgres_url, Options(KEY)).read(Partition("public.t", 0))
    batch = next(reading)
    assert isinstance(batch, Batch)
    assert batch.values.num_rows <= 50_000


def test_knocks(shared_data: Path, owner: psycopg.Connection, postgres_url: str) -> None:
    """A published practice database of a Japanese retailer is read to the last row."""
    folder = shared_data / "100knocks"
    text = (folder / "schema.txt").read_text()
    files = {one.stem.split("_")[0]: one for one in folder.glob("*.csv")}
    owner.execute(text.partition("<<-EOSQL")[2].partition("EOSQL")[0].encode())
    # The published part of the receipts is synthetic and repeats itself, its declared key included.
    owner.execute("ALTER TABLE receipt DROP CONSTRAINT receipt_pkey")
    for name, file in files.items():
        with owner.cursor() as cursor:
            text = file.read_text().lstrip("\ufeff")
            query = f"COPY {name} ({text.splitlines()[0]}) FROM STDIN WITH (FORMAT csv, HEADER)"
            with cursor.copy(query.encode()) as copy:
                copy.write(text)
    found = _datasets(postgres_url)
    for name in files:
        count = owner.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()  # noqa: S608
        names = _names(postgres_url, f"public.{name}")
        assert len(set(names)) == len(names)
        assert count == (len(names),)
    assert found["public.customer"].primary_key == ("customer_id",)
    assert found["public.receipt"].primary_key == ()


@pytest.mark.slow
def test_memory_stays_level(owner: psycopg.Connection, postgres_url: str) -> None:
    """A million rows take no more memory than the first batches did."""
    owner.execute("CREATE TABLE t (id int PRIMARY KEY, a text, b text, c text)")
    owner.execute("""INSERT INTO t SELECT n, repeat('a', 80), repeat('b', 80), repeat('c', 80)
                  FROM generate_series(1, 1000000) n""")
    early = late = 0
    for batch in PostgresSource("x", postgres_url, Options(KEY)).read(Partition("public.t", 0)):
        assert isinstance(batch, Batch)
        late = max(late, _resident())
        early = late if batch.ordinal < 200_000 else early
    assert late < early + 60 * 2**20


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _check(source: PostgresSource) -> None:
    source.check()


def _first(source: PostgresSource) -> None:
    next(source.read(Partition("public.t", 0)))


def _datasets(url: str) -> dict[str, Dataset]:
    found = PostgresSource("x", url, Options(KEY)).datasets()
    return {one.name: one for one in found if isinstance(one, Dataset)}


def _read(url: str, dataset: str) -> list[Batch]:
    read = list(PostgresSource("x", url, Options(KEY)).read(Partition(dataset, 0)))
    batches = [one for one in read if isinstance(one, Batch)]
    assert len(batches) == len(read)
    return batches


def _names(url: str, dataset: str) -> list[str]:
    return [name for batch in _read(url, dataset) for name in batch.records.to_pylist()]


def _columns(batch: Batch) -> dict[str, pa.Array]:
    return dict(zip(batch.values.schema.names, batch.values.columns, strict=True))
