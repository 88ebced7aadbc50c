"""A MariaDB that falls silent, goes away, or holds damaged text: told, and nothing printed."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator

import pytest

from connectors import mysql_fast, mysql_server
from connectors.errors import Unreachable
from connectors.mysql import MysqlSource
from connectors.mysql_fast import is_fast
from connectors.mysql_reason import BREAKS
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
    began = time.monotonic()
    *batches, told = (one for part in found.partitions for one in source.read(part))
    assert time.monotonic() - began < 20
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
