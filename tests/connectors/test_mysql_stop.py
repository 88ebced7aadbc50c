"""Whatever is read of a MariaDB that says nothing ends at once for whoever stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import count
from typing import Any

import pytest

from connectors import mysql_fast, mysql_server
from connectors.errors import Unreachable
from connectors.mysql import MysqlSource
from connectors.mysql_fast import Child
from connectors.mysql_reason import BREAKS, STOPPED
from connectors.options import Options
from connectors.place import Batch, Dataset, Partition, Unread
from tests.servers.cut import Proxy, cutting
from tests.servers.mariadb import MariadbServer

KEY = b"a key for tests"
#: Far less than any patience of ours, far more than it takes.
_SECONDS = 30
_HALF = 2_000_000
_LOCKED = "SELECT id FROM information_schema.processlist WHERE state LIKE '%metadata lock%'"

pytestmark = pytest.mark.server


@pytest.fixture
def proxy(mariadb_server: MariadbServer) -> Iterator[Proxy]:
    """Stand before the server."""
    with cutting(("127.0.0.1", mariadb_server.port)) as made:
        yield made


@pytest.fixture
def source(
    mariadb_server: MariadbServer,
    mariadb_database: str,
    proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MysqlSource]:
    """Return the source of 8 MB behind the proxy, one table for either driver; it logs in for ever.

    Every process that reads for it is in ``made`` of its module's ``Child``.
    """
    mariadb_server.execute(
        "CREATE TABLE quick (id INT PRIMARY KEY, v VARCHAR(200))",
        "INSERT INTO quick SELECT seq, REPEAT('x', 160) FROM seq_1_to_25000",
        "CREATE TABLE large (id INT PRIMARY KEY, v LONGTEXT)",
        "INSERT INTO large SELECT * FROM quick",
        "ANALYZE TABLE quick",
        database=mariadb_database,
    )
    monkeypatch.setattr(mysql_server, "_SECONDS", 3600)
    url = mariadb_server.url(mariadb_database).replace(str(mariadb_server.port), str(proxy.port))
    with MysqlSource("x", url, Options(KEY)) as made:
        yield made


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """Return the processes that are made from now on."""
    made: list[Child] = []

    class Kept(Child):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(mysql_fast, "Child", Kept)
    return made


@pytest.fixture
def apart() -> Iterator[ThreadPoolExecutor]:
    """Return another thread."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.mark.parametrize("name", ["quick", "large"])
def test_amid_an_answer(
    source: MysqlSource, proxy: Proxy, apart: ThreadPoolExecutor, name: str
) -> None:
    """Either driver ends where rows have come and no more do."""
    part = _part(source, name)
    proxy.hold_after(_HALF)
    reading = apart.submit(list, source.read(part))
    proxy.held.wait()
    source.stop()
    *_, told = reading.result(_SECONDS)
    assert _reason(told) == BREAKS[STOPPED]


@pytest.mark.parametrize("name", ["quick", "large"])
def test_before_an_answer(
    source: MysqlSource,
    mariadb_server: MariadbServer,
    mariadb_database: str,
    apart: ThreadPoolExecutor,
    name: str,
) -> None:
    """Either driver ends where the server still thinks; PyMySQL's thinks no longer then."""
    part = _part(source, name)
    with mariadb_server.connect(mariadb_database) as other, other.cursor() as cursor:
        cursor.execute(f"LOCK TABLES {name} WRITE")
        reading = apart.submit(list, source.read(part))
        _until(lambda: bool(mariadb_server.rows(_LOCKED)), reading)
        source.stop()
        (told,) = reading.result(_SECONDS)
        assert _reason(told) == BREAKS[STOPPED]
        if name == "large":
            _until(lambda: not mariadb_server.rows(_LOCKED))


@pytest.mark.parametrize("bytes_", [0, 300])
def test_listing(source: MysqlSource, proxy: Proxy, apart: ThreadPoolExecutor, bytes_: int) -> None:
    """Logging in and listing end too."""
    proxy.hold_after(bytes_)
    listing = apart.submit(source.check)
    proxy.held.wait()
    while not wait([listing], timeout=0.1).done:
        source.stop()  # where it had no socket yet, it ends only with the patience of logging in
    with pytest.raises(Unreachable, match="stopped"):
        listing.result()


@pytest.mark.parametrize("name", ["quick", "large"])
def test_nothing_begins_once_stopped(source: MysqlSource, children: list[Child], name: str) -> None:
    """What would begin just after is told as stopped, and no process is left."""
    part = _part(source, name)
    source.stop()
    (told,) = source.read(part)
    assert _reason(told) == BREAKS[STOPPED]
    assert not [one for one in children if one.lives]


def test_stopped_while_a_process_starts(
    source: MysqlSource, children: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was being started when all was stopped is ended."""
    part = _part(source, "quick")
    start = mysql_fast.Child

    def started() -> Child:
        child = start()
        source.stop()
        return child

    monkeypatch.setattr(mysql_fast, "Child", started)
    (told,) = source.read(part)
    assert _reason(told) == BREAKS[STOPPED]
    assert [one.lives for one in children] == [False]


@pytest.mark.parametrize(("most", "made"), [(16, 1), (1, 2)])
def test_one_process_reads_on(
    source: MysqlSource,
    children: list[Child],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    made: int,
) -> None:
    """One reads several answers, though not any number of them; none outlives its source."""
    monkeypatch.setattr(mysql_fast, "_MOST_ANSWERS", most)
    part = _part(source, "quick")
    for _ in range(2):
        assert (
            sum(len(one.records) for one in source.read(part) if isinstance(one, Batch)) == 25_000
        )
    assert len(children) == made
    source.close()
    assert not [one for one in children if one.lives]


def test_a_process_that_died_waiting(source: MysqlSource, children: list[Child]) -> None:
    """One that was ended between two answers is replaced."""
    part = _part(source, "quick")
    for _ in range(2):
        assert all(isinstance(one, Batch) for one in source.read(part))
        children[-1].kill()
        children[-1]._process.wait()
    assert len(children) == 2


def _part(source: MysqlSource, name: str) -> Partition:
    found = (one for one in source.datasets() if isinstance(one, Dataset))
    (part,) = next(one.partitions for one in found if one.name.endswith(name))
    return part


def _reason(told: object) -> str:
    assert isinstance(told, Unread)
    return told.reason


def _until(comes: Callable[[], bool], unless: Future[Any] | None = None) -> None:
    """Ask until it is so; a reading that ends before will never let it be so."""
    for _ in count():
        if comes():
            return
        assert unless is None or not unless.done()
