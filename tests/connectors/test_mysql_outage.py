"""A MariaDB that falls silent, goes away, or holds damaged text: told, and nothing printed."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Self, cast

import pyarrow as pa
import pymysql
import pytest

from connectors import mysql_fast, mysql_reading, mysql_server
from connectors.errors import Unreachable
from connectors.mysql import MysqlSource
from connectors.mysql_catalog import ask_anew
from connectors.mysql_child import joined
from connectors.mysql_fast import Child, Surprised, is_fast
from connectors.mysql_reason import BREAKS, STOPPED, UNSTARTED
from connectors.mysql_server import Server
from connectors.options import Options
from connectors.place import Batch, Dataset, Status, Unread
from reports.reasons import explained
from tests.servers.cut import Proxy, cutting
from tests.servers.mariadb import MariadbServer

CANARY = "Kanariya-7f3e"
KEY = b"a key for tests"

pytestmark = pytest.mark.server


@pytest.fixture
def proxy(mariadb_server: MariadbServer) -> Iterator[Proxy]:
    """Stand before the server."""
    with cutting(("127.0.0.1", mariadb_server.port)) as made:
        yield made


@pytest.fixture
def source(
    mariadb_server: MariadbServer, mariadb_database: str, proxy: Proxy
) -> Iterator[MysqlSource]:
    """Return the source of 20 MB behind the proxy: one table for either driver."""
    mariadb_server.execute(
        "CREATE TABLE quick (id INT PRIMARY KEY, v VARCHAR(200))",
        f"INSERT INTO quick SELECT seq, REPEAT('{CANARY}', 15) FROM seq_1_to_50000",  # noqa: S608
        "CREATE TABLE large (id INT PRIMARY KEY, v LONGTEXT)",
        "INSERT INTO large SELECT * FROM quick",
        "ANALYZE TABLE quick",
        database=mariadb_database,
    )
    url = mariadb_server.url(mariadb_database).replace(str(mariadb_server.port), str(proxy.port))
    with MysqlSource("x", url, Options(KEY)) as made:
        yield made


@pytest.mark.parametrize("name", ["quick", "large"])
@pytest.mark.parametrize("outage", ["silent", "lost"])
def test_an_outage_in_the_middle(
    source: MysqlSource,
    proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    name: str,
    outage: str,
) -> None:
    """Whichever driver reads: what came is kept, the reason is told in time, nothing is printed."""
    monkeypatch.setattr(mysql_server, "FLOWING", 1.0)
    (found,) = _found(source, name)
    table = source.table(found.name)
    assert not isinstance(table, Unread)
    assert is_fast(table) == (name == "quick")
    (proxy.hold_after if outage == "silent" else proxy.cut_after)(6_000_000)
    *batches, told = (one for part in found.partitions for one in source.read(part))
    assert isinstance(told, Unread)
    assert told.status is Status.PARTIAL
    assert (
        told.reason
        == {
            "silent": "the server fell silent in the middle: scan again",
            "lost": "the connection was lost: scan again",
        }[outage]
    )
    assert any(isinstance(one, Batch) for one in batches)
    printed = capfd.readouterr()
    assert CANARY not in printed.out + printed.err
    assert (printed.out, printed.err) == ("", "")


def test_a_server_that_never_answers(
    source: MysqlSource, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A login that gets no word is given up, and told."""
    monkeypatch.setattr(mysql_server, "_SECONDS", 1)
    proxy.hold_after(0)
    with pytest.raises(Unreachable, match="doesn't answer"):
        source.check()


@pytest.mark.parametrize("fewest", [0, 1000])
def test_damaged_text(
    mariadb_server: MariadbServer,
    mariadb_database: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fewest: int,
) -> None:
    """Text that is no UTF-8, as a damaged file holds, is read with ? and not printed."""
    monkeypatch.setattr(mysql_fast, "FEWEST_ROWS", fewest)
    declared = "({} (90), {} (2)) ENGINE = MyISAM"
    mariadb_server.execute(
        f"CREATE TABLE raw {declared.format('a VARBINARY', 'b BINARY').replace('(2)', '(8)')}",
        f"CREATE TABLE t {declared.format('a VARCHAR', 'b CHAR').replace('(90)', '(22)')}",
        "ALTER TABLE raw MODIFY a VARBINARY(88)",
        "INSERT INTO raw SELECT 'sound', 'abcdefgh' FROM seq_1_to_3000",
        f"INSERT INTO raw VALUES (CONCAT('{CANARY}', X'ff81'), 'abcdefgh')",  # noqa: S608
        "FLUSH TABLES",
        database=mariadb_database,
    )
    folder = mariadb_server.folder / "data" / mariadb_database
    for ending in ("MYD", "MYI"):
        shutil.copy(folder / f"raw.{ending}", folder / f"t.{ending}")
    mariadb_server.execute("FLUSH TABLES", database=mariadb_database)
    with MysqlSource("x", mariadb_server.url(mariadb_database), Options(KEY)) as source:
        (found,) = _found(source, ".t")
        batches = list(source.read(found.partitions[0]))
    read = [v for one in batches if isinstance(one, Batch) for v in one.values["a"].to_pylist()]
    assert sorted(read) == sorted([f"{CANARY}??", *["sound"] * 3000])
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_what_follows_a_surprise_is_asked_for_by_key(
    source: MysqlSource, mariadb_server: MariadbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where rows go before a driver stops, those behind it come once each, and none is lost."""
    (found,) = _found(source, "quick")
    database = found.name.partition(".")[0]

    def surprised(*given: object) -> Iterator[pa.RecordBatch]:
        yield next(real(*given))  # type: ignore[arg-type]
        mariadb_server.execute("DELETE FROM quick WHERE id <= 10", database=database)
        raise Surprised

    real = mysql_fast.fast
    monkeypatch.setattr(mysql_reading, "fast", surprised)
    read = [one for part in found.partitions for one in source.read(part)]
    ids = [v for one in read if isinstance(one, Batch) for v in one.values["id"].to_pylist()]
    assert ids == list(range(1, 50_001))


@pytest.mark.parametrize("how", ["no key", "a sample"])
def test_what_follows_a_surprise_without_a_key_is_doubted(
    source: MysqlSource,
    mariadb_server: MariadbServer,
    mariadb_database: str,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    """Where rows behind a record can't be asked for, they are counted, and that doubt is told."""
    if how == "no key":
        mariadb_server.execute("ALTER TABLE quick DROP PRIMARY KEY", database=mariadb_database)
    sample = 40_000 if how == "a sample" else None

    def surprised(*given: object) -> Iterator[pa.RecordBatch]:
        yield next(real(*given))  # type: ignore[arg-type]
        raise Surprised

    real = mysql_fast.fast
    monkeypatch.setattr(mysql_reading, "fast", surprised)
    with MysqlSource("x", source.url, Options(KEY, sample=sample)) as doubted:
        (found,) = _found(doubted, "quick")
        read = [one for part in found.partitions for one in doubted.read(part)]
    (told, *_) = (one for one in read if isinstance(one, Unread))
    assert (told.status, told.reason) == (Status.PARTIAL, mysql_reading.LATER)
    ids = [v for one in read if isinstance(one, Batch) for v in one.values["id"].to_pylist()]
    assert len(set(ids)) == len(ids) == (sample or 50_000)


def test_interrupted(source: MysqlSource, proxy: Proxy) -> None:
    """A scan that is stopped while the server is silent waits for it no longer."""
    (found,) = _found(source, "quick")
    answers = source.read(found.partitions[0])
    proxy.hold_after(6_000_000)
    next(answers)
    source.stop()
    *_, told = answers
    assert isinstance(told, Unread)
    assert told.reason == BREAKS[STOPPED]


def test_a_child_that_cannot_start(source: MysqlSource, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as such, not as a lost connection."""
    (found,) = _found(source, "quick")
    for python in ("/nowhere/python", shutil.which("false")):
        monkeypatch.setattr(sys, "executable", python)
        (told,) = source.read(found.partitions[0])
        assert isinstance(told, Unread)
        assert told.status is Status.FAILED
        assert told.reason == BREAKS[UNSTARTED]


def test_a_child_knows_no_secret_and_ends_with_its_parent(
    source: MysqlSource, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its environment has what starts Python; a closed standard input ends it amid silence."""
    monkeypatch.setenv("SHOZAI_KEY", CANARY)
    (found,) = _found(source, "quick")
    table = source.table(found.name)
    assert not isinstance(table, Unread)
    child = Child()
    process = child._process
    assert process.stdin
    assert CANARY.encode() not in Path(f"/proc/{process.pid}/environ").read_bytes()
    proxy.hold_after(1_000_000)
    asked = {"url": Server.of(source.url).url, "statement": "SELECT * FROM quick", "settings": []}
    process.stdin.write(f"{json.dumps({**asked, 'rows': 100, 'most': [100, 10**6]})}\n".encode())
    process.stdin.flush()
    assert process.stdout
    assert process.stdout.read(1000)
    process.stdin.close()
    assert process.wait(60) != 0
    child.close()


def test_rows_are_not_held_back() -> None:
    """Over a slow line batches go on as they come; over a quick one they are put together."""
    one = pa.record_batch({"a": [1]})
    slow, quick = count(0, 3), count(0, 0)
    for clock, expected in ((slow, [1] * 4), (quick, [4])):
        parts = joined(iter([one] * 4), 100, 10**6, partial(next, clock))
        assert [part.num_rows for part in parts] == expected


def test_mysql_8_is_asked_anew() -> None:
    """A server that keeps what it tells of tables for a day is told not to."""
    said: list[str] = []

    class Known:
        """A connection of a server that knows the setting."""

        def cursor(self) -> Self:
            return self

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def execute(self, query: str, _: object) -> None:
            said.append(query)

        def fetchall(self) -> list[tuple[str, str]]:
            return [("information_schema_stats_expiry", "86400")]

    ask_anew(cast("pymysql.Connection", Known()))
    assert said[-1] == "SET information_schema_stats_expiry = 0"


def test_encrypted_at_rest(mariadb_server: MariadbServer, mariadb_database: str) -> None:
    """It is told of every table, in parts too, to an account that may ask; else it is unknown."""
    mariadb_server.execute(
        "CREATE TABLE `顧客 '\"` (a INT PRIMARY KEY) ENCRYPTED = YES",
        "CREATE TABLE parts (a INT PRIMARY KEY) ENCRYPTED = YES PARTITION BY HASH (a) PARTITIONS 2",
        "CREATE TABLE plain (a INT PRIMARY KEY)",
        "CREATE TABLE old (a INT PRIMARY KEY) ENGINE = MyISAM",
        "CREATE VIEW seen AS SELECT * FROM plain",
        "CREATE USER IF NOT EXISTS modest IDENTIFIED BY 'x'",
        f"GRANT SELECT ON {mariadb_database}.* TO modest",
        database=mariadb_database,
    )
    told = []
    for account in ("root", "modest"):
        url = mariadb_server.url(mariadb_database, account, "x" if account == "modest" else "")
        with MysqlSource("x", url, Options(KEY)) as source:
            found = [one for one in source.datasets() if isinstance(one, Dataset)]
            told.append({one.name.partition(".")[2]: one.encrypted for one in found})
    known = {"顧客 '\"": True, "parts": True, "plain": False, "old": None, "seen": None}
    assert told == [known, dict.fromkeys(known)]


@pytest.mark.parametrize("reason", sorted(set(BREAKS.values())))
def test_every_reason_has_japanese(reason: str) -> None:
    """Whatever stops a reading is told in Japanese, too."""
    assert re.search("[ぁ-ん]", explained(reason))


def _found(source: MysqlSource, name: str) -> list[Dataset]:
    found = [one for one in source.datasets() if isinstance(one, Dataset)]
    return [one for one in found if one.name.endswith(name)]
