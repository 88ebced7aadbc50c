"""MySQL and MariaDB, on a real MariaDB."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pymysql
import pytest

from connectors import mysql_fast
from connectors.base import Source
from connectors.change import Action, Change, Fetched, Receipt, Refusal, Why
from connectors.errors import Refused
from connectors.mysql import MysqlSource
from connectors.options import Options
from connectors.place import Access, Batch, Dataset, ForeignKey, Mark, Status, Unread
from connectors.registry import open_source
from tests.servers.mariadb import MariadbServer

KEY = b"a key for tests"
CANARY = "Kanariya-7f3e"

pytestmark = pytest.mark.server


@pytest.fixture
def owner(mariadb_server: MariadbServer, mariadb_database: str) -> Iterator[pymysql.cursors.Cursor]:
    """Return root's cursor in an empty database, where any old date may be written."""
    connection = mariadb_server.connect(mariadb_database)
    with connection, connection.cursor() as cursor:
        cursor.execute("SET sql_mode = ''")
        yield cursor


@pytest.fixture(params=["by ConnectorX", "by PyMySQL"])
def driver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tables be read by either driver, however few their rows."""
    monkeypatch.setattr(mysql_fast, "FEWEST_ROWS", 0 if request.param == "by ConnectorX" else 1e9)


@pytest.fixture
def source(mariadb_server: MariadbServer, mariadb_database: str) -> Iterator[MysqlSource]:
    """Return the source of that database."""
    with MysqlSource("x", mariadb_server.url(mariadb_database), Options(KEY)) as made:
        yield made


def test_what_is_listed(
    owner: pymysql.cursors.Cursor, source: MysqlSource, mariadb_database: str
) -> None:
    """Tables and views with their keys, references, charsets; MyISAM is changed by hand."""
    _run(
        owner,
        "CREATE TABLE customers (kana TEXT CHARACTER SET sjis, code VARCHAR(14), no INT,"
        " PRIMARY KEY (no, code))",
        "CREATE TABLE orders (id BIGINT PRIMARY KEY, n INT, c VARCHAR(14),"
        " FOREIGN KEY (n, c) REFERENCES customers (no, code) ON DELETE CASCADE)",
        "CREATE TABLE mails (a INT NULL UNIQUE, b INT, mail VARCHAR(80) NOT NULL UNIQUE)",
        "CREATE TABLE old (id INT PRIMARY KEY) ENGINE = MyISAM",
        "CREATE VIEW seen AS SELECT id FROM orders",
    )
    found = {one.name.partition(".")[2]: one for one in _datasets(source)}
    assert {name: one.kind for name, one in found.items()} == {
        "customers": "table",
        "mails": "table",
        "old": "table",
        "orders": "table",
        "seen": "view",
    }
    assert found["customers"].primary_key == ("no", "code")
    assert found["customers"].encoding == "sjis, utf8mb4"
    assert found["mails"].primary_key == ("mail",)
    assert found["orders"].foreign_keys == (
        ForeignKey(("n", "c"), f"{mariadb_database}.customers", ("no", "code"), "cascade"),
    )
    assert "MyISAM" in found["old"].by_hand
    assert not found["orders"].by_hand
    assert source.check().startswith("MariaDB 10.")
    assert source.check().endswith(", 4 tables, 1 view")


@pytest.mark.usefixtures("driver")
def test_values(owner: pymysql.cursors.Cursor, source: MysqlSource) -> None:
    """Whole numbers and doubles keep their kind; all else comes as the server writes it."""
    _run(
        owner,
        "CREATE TABLE t (a TINYINT, b BIGINT UNSIGNED, c DOUBLE, d FLOAT, e BIT(9), f BOOL,"
        " g DECIMAL(65, 30), h DATE, i DATETIME, j TIME, k YEAR, l ENUM('い', 'ろ'),"
        " m JSON, n BLOB, o VARBINARY(9), p POINT, q INET6, r UUID,"
        " s VARCHAR(9) CHARACTER SET sjis, t TEXT CHARACTER SET ujis,"
        " u CHAR(9) CHARACTER SET cp932, v VARCHAR(9) CHARACTER SET latin1, w SET('a', 'b'))",
        "INSERT INTO t VALUES (-1, 18446744073709551615, 0.1, 1.1, b'101', true,"
        " '12345678901234567890123456789012345.000000000000000000000000000001',"
        " '0000-00-00', '2024-00-00 01:02:03', '-838:59:59', 2024, 'ろ', '{\"氏名\": \"山田\"}',"
        " X'00ff', '山田', POINT(1, 2), '2001:db8::1', '00000000-0000-0000-0000-000000000001',"
        " '山田', '田中', '髙橋①', 'é', 'a,b')",
    )
    (batch,) = _read(source, "t")
    assert list(batch.values.to_pylist()[0].values()) == [
        -1,
        18446744073709551615,
        0.1,
        "1.1",
        "5",
        1,
        "12345678901234567890123456789012345.000000000000000000000000000001",
        "0000-00-00",
        "2024-00-00 01:02:03",
        "-838:59:59",
        "2024",
        "ろ",
        '{"氏名": "山田"}',
        "00ff",
        "山田",
        "POINT(1 2)",
        "2001:db8::1",
        "00000000-0000-0000-0000-000000000001",
        "山田",
        "田中",
        "髙橋①",
        "é",
        "a,b",
    ]


@pytest.mark.usefixtures("driver")
def test_nothing_of_a_value_is_printed(
    owner: pymysql.cursors.Cursor, source: MysqlSource, capfd: pytest.CaptureFixture[str]
) -> None:
    """Dates that no calendar has, shapes, wide decimals: read, with no word on the terminal."""
    _run(
        owner,
        "CREATE TABLE t (id INT PRIMARY KEY, a DATE, b DATETIME, c TIME, d GEOMETRY,"
        f" e DECIMAL(60, 20), f VARCHAR(80)) COMMENT '{CANARY}'",
        "INSERT INTO t VALUES (1, '0000-00-00', '2024-00-00', '-838:59:59', POINT(1, 2),"
        " 1.23456789012345678901, 'Kanariya-7f3e')",
        "CREATE FUNCTION fails() RETURNS INT RETURN (SELECT id FROM t UNION SELECT 2)",
        "CREATE VIEW broken AS SELECT f, fails() AS n FROM t",
    )
    (batch,) = _read(source, "t")
    assert batch.values.num_rows == 1
    (told,) = source.read(_dataset(source, "broken").partitions[0])
    assert isinstance(told, Unread)
    assert told.status is Status.FAILED
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")
    assert CANARY not in told.reason


@pytest.mark.usefixtures("driver")
def test_rows_without_a_key(owner: pymysql.cursors.Cursor, source: MysqlSource) -> None:
    """They are named by a digest, and which of equal ones they are; they can be erased together."""
    _run(
        owner,
        "CREATE TABLE t (a VARCHAR(3000), b INT)",
        *(f"INSERT INTO t VALUES (CONCAT(REPEAT('x', 2000), '{n}'), 1)" for n in "1212"),  # noqa: S608
    )
    names = [json.loads(one) for batch in _read(source, "t") for one in batch.records.to_pylist()]
    assert sorted(one["n"] for one in names) == [1, 1, 2, 2]
    dataset = _dataset(source, "t").name
    both = [json.dumps(one, separators=(",", ":")) for one in names[:2]]
    (fetched,) = source.fetch(dataset, both)
    assert isinstance(fetched, Fetched)
    changes = [
        Change(dataset, one, version, Action.ERASE)
        for one, version in zip(both, fetched.versions.to_pylist(), strict=True)
    ]
    (alone,) = source.erase(changes[:1])
    assert isinstance(alone, Refusal)
    assert alone.why is Why.SEVERAL
    assert all(isinstance(one, Receipt) for one in source.erase(changes))
    assert sum(batch.values.num_rows for batch in _read(source, "t")) == 2


@pytest.mark.parametrize(
    ("declared", "values"),
    [
        ("k BIGINT", ["-5", "3", "20"]),
        ("k VARCHAR(20) COLLATE utf8mb4_general_ci", ["'A'", "'b'", "'山田'", "''", "'c'''"]),
        ("k VARCHAR(20) CHARACTER SET sjis", ["'ア'", "'山田'", "'a'"]),
        ("k DECIMAL(40, 20)", ["-1.5", "10.00000000000000000001", "9"]),
        ("k DATE", ["'0000-00-00'", "'2024-01-02'", "'1999-12-31'"]),
        ("k VARBINARY(9)", ["X'00'", "X'ff00'", "'ab'"]),
        ("k ENUM('z', 'a')", ["'z'", "'a'"]),
        ("k TIME", ["'-10:00:00'", "'100:00:00'"]),
        ("k INT, l VARCHAR(9)", ["1, 'b'", "1, 'a'", "0, 'c'"]),
    ],
)
def test_reading_goes_on(
    owner: pymysql.cursors.Cursor, source: MysqlSource, declared: str, values: list[str]
) -> None:
    """Behind any record comes what comes behind it in the whole, and each is found by its name."""
    names = ", ".join(one.split()[0] for one in declared.split(", ") if one[0] in "kl")
    _run(owner, f"CREATE TABLE t ({declared}, PRIMARY KEY ({names}))")
    _run(owner, *(f"INSERT INTO t VALUES ({one})" for one in values))  # noqa: S608
    (whole,) = _read(source, "t")
    records = whole.records.to_pylist()
    part = _dataset(source, "t").partitions[0]
    for place, record in enumerate(records, 1):
        rest = [one for one in source.read(part, Mark(place, record)) if isinstance(one, Batch)]
        assert [name for one in rest for name in one.records.to_pylist()] == records[place:]
    (fetched,) = source.fetch(part.dataset, records)
    assert isinstance(fetched, Fetched)
    assert fetched.records.to_pylist() == records
    assert fetched.values.to_pylist() == whole.values.to_pylist()


def test_names_differ_by_their_bytes(owner: pymysql.cursors.Cursor, source: MysqlSource) -> None:
    """A name in another case, that the collation holds for the same, is another record."""
    _run(owner, "CREATE TABLE t (k VARCHAR(9) PRIMARY KEY)", "INSERT INTO t VALUES ('Abc')")
    (refused,) = source.fetch(_dataset(source, "t").name, ['{"pk":{"k":"abc"}}'])
    assert isinstance(refused, Refusal)
    assert refused.why is Why.GONE


def test_access_and_denied_columns(
    owner: pymysql.cursors.Cursor, mariadb_server: MariadbServer, mariadb_database: str
) -> None:
    """Who may read is known to an account that sees all grants; columns may be denied."""
    _run(
        owner,
        "CREATE TABLE t (a INT PRIMARY KEY, b INT)",
        "INSERT INTO t VALUES (1, 2)",
        "CREATE USER IF NOT EXISTS half IDENTIFIED BY 'x'",
        f"GRANT SELECT (a) ON {mariadb_database}.t TO half",
    )
    with MysqlSource("x", mariadb_server.url(mariadb_database), Options(KEY)) as source:
        known = _dataset(source, "t").access
    assert "'half'@'%'" in known.groups
    assert known.everyone is False
    url = mariadb_server.url(mariadb_database, "half", "x")
    with MysqlSource("x", url, Options(KEY)) as source:
        dataset = _dataset(source, "t")
        first, batch = source.read(dataset.partitions[0])
    assert dataset.access == Access()
    assert isinstance(first, Unread)
    assert (first.status, first.reason.count("some of its columns")) == (Status.PARTIAL, 1)
    assert isinstance(batch, Batch)
    assert batch.values.column_names == ["a"]


def test_fingerprint(owner: pymysql.cursors.Cursor, source: MysqlSource) -> None:
    """Believed once two seconds are past, it changes with each writing and not by reading."""
    _run(owner, "CREATE TABLE t (a INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
    (part,) = _dataset(source, "t").partitions
    assert source.fingerprint(part) is None
    _run(owner, "DO SLEEP(3)")
    known = source.fingerprint(part)
    assert known is not None
    _read(source, "t")
    assert source.fingerprint(part) == known
    assert _dataset(source, "t").partitions[0].fingerprint == str(known)
    _run(owner, "UPDATE t SET a = 2", "DO SLEEP(3)")
    assert source.fingerprint(part) != known


def test_sample_and_timeout(
    owner: pymysql.cursors.Cursor, mariadb_server: MariadbServer, mariadb_database: str
) -> None:
    """A sample is the same each time and tells what it may miss; a slow view is given up."""
    _run(
        owner,
        "CREATE TABLE t (a INT PRIMARY KEY)",
        "INSERT INTO t SELECT seq FROM seq_1_to_1000",
        "CREATE VIEW slow AS SELECT a, SLEEP(1) AS s FROM t",
    )
    options = Options(KEY, sample=100, statement_timeout=0.5)
    with MysqlSource("x", mariadb_server.url(mariadb_database), options) as source:
        part = _dataset(source, "t").partitions[0]
        again, told = list(source.read(part)), list(source.read(part))
        slow = list(source.read(_dataset(source, "slow").partitions[0]))
    assert isinstance(told[0], Batch)
    assert isinstance(again[0], Batch)
    assert told[0].records.equals(again[0].records)
    assert len(told[0].records) == 100
    assert isinstance(told[1], Unread)
    assert told[1].missed_at_most == 0.03
    assert isinstance(slow[0], Unread)
    assert "too long" in slow[0].reason


def test_unseen_tables_forbid_erasing(
    owner: pymysql.cursors.Cursor, mariadb_server: MariadbServer, mariadb_database: str
) -> None:
    """Where rows of a table that the account can't see would go too, nothing goes."""
    _run(
        owner,
        "CREATE TABLE t (a INT PRIMARY KEY, b INT)",
        "CREATE TABLE hidden (a INT PRIMARY KEY, FOREIGN KEY (a) REFERENCES t (a)"
        " ON DELETE CASCADE)",
        "INSERT INTO t VALUES (1, 1)",
        "INSERT INTO hidden VALUES (1)",
        "CREATE USER IF NOT EXISTS writer IDENTIFIED BY 'x'",
        f"GRANT SELECT, UPDATE, DELETE ON {mariadb_database}.t TO writer",
    )
    url = mariadb_server.url(mariadb_database, "writer", "x")
    for grant in ("DO 1", "GRANT PROCESS ON *.* TO writer"):
        _run(owner, grant)
        with MysqlSource("x", url, Options(KEY)) as source:
            dataset, record = f"{mariadb_database}.t", '{"pk":{"a":1}}'
            (fetched,) = source.fetch(dataset, [record])
            assert isinstance(fetched, Fetched)
            change = Change(dataset, record, fetched.versions[0].as_py(), Action.ERASE)
            (refused,) = source.erase([change])
        assert isinstance(refused, Refusal)
        assert refused.why is Why.BY_HAND
    owner.execute("SELECT count(*) FROM hidden")
    assert owner.fetchone() == (1,)


def test_myisam_is_left(owner: pymysql.cursors.Cursor, source: MysqlSource) -> None:
    """What the engine can't undo isn't begun."""
    _run(owner, "CREATE TABLE t (a INT PRIMARY KEY) ENGINE = MyISAM", "INSERT INTO t VALUES (1)")
    change = Change(_dataset(source, "t").name, '{"pk":{"a":1}}', "", Action.ERASE)
    (refused,) = source.erase([change])
    assert isinstance(refused, Refusal)
    assert (refused.why, "MyISAM" in refused.sentence) == (Why.BY_HAND, True)


def test_all_databases_and_both_schemes(
    owner: pymysql.cursors.Cursor, mariadb_server: MariadbServer, mariadb_database: str
) -> None:
    """Without a database in the URL all are listed, but for the server's own; over a socket too."""
    _run(owner, "CREATE TABLE t (a INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
    url = f"mariadb://root@localhost/?socket={mariadb_server.socket}"
    with open_source("x", url, Options(KEY)) as source:
        names = {one.name for one in source.datasets() if isinstance(one, Dataset)}
        part = _dataset(source, "t").partitions[0]
        assert [len(one.records) for one in source.read(part) if isinstance(one, Batch)] == [1]
    assert f"{mariadb_database}.t" in names
    assert not any(name.startswith(("mysql.", "sys.", "information_schema.")) for name in names)


def test_a_refusal_is_quick(mariadb_server: MariadbServer, mariadb_database: str) -> None:
    """A wrong password is told at once, without it."""
    url = mariadb_server.url(mariadb_database, "nobody", "s3cr3t")
    with MysqlSource("x", url) as source, pytest.raises(Refused) as told:
        source.check()
    assert "s3cr3t" not in str(told.value)


def _run(cursor: pymysql.cursors.Cursor, *statements: str) -> None:
    for one in statements:
        cursor.execute(one)


def _datasets(source: Source) -> list[Dataset]:
    found = source.datasets()
    return [one for one in found if isinstance(one, Dataset)]


def _dataset(source: Source, name: str) -> Dataset:
    (found,) = [one for one in _datasets(source) if one.name.endswith(f".{name}")]
    return found


def _read(source: MysqlSource, name: str) -> list[Batch]:
    parts = _dataset(source, name).partitions
    found = [one for part in parts for one in source.read(part)]
    assert all(isinstance(one, Batch) for one in found)
    return [one for one in found if isinstance(one, Batch)]
