"""A PostgreSQL that falls silent with its connection open: it is left in time, and told."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from threading import Event

import psycopg
import pytest

from connectors import patience
from connectors.base import WritableSource
from connectors.change import Action, Change, Fetched
from connectors.errors import Unreachable
from connectors.options import Options
from connectors.patience import Silence, within
from connectors.place import Batch, Status, Unread
from connectors.registry import open_source
from tests.contract import reading
from tests.servers.cut import Proxy, cutting

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

CANARY = "Kanariya-7f3e"
#: A statement may take a second, and the way to the server another.
_OPTIONS = Options(b"key", statement_timeout=1.0)
_WAY = "connect_timeout=1&sslmode=disable"


@pytest.fixture
def proxy(postgres_url: str) -> Iterator[Proxy]:
    """Stand before the server."""
    with cutting(f"{postgres_url.partition('host=')[2]}/.s.PGSQL.5432") as made:
        yield made


@pytest.fixture(params=[9])
def source(
    request: pytest.FixtureRequest, postgres_url: str, proxy: Proxy
) -> Iterator[WritableSource]:
    """Return the source of a table of so many rows of 200 bytes behind the proxy."""
    with psycopg.connect(postgres_url) as owner:
        owner.execute("CREATE TABLE t (id int PRIMARY KEY, v text)")
        query = "INSERT INTO t SELECT n, repeat(%s, 15) FROM generate_series(1, %s) AS n"
        owner.execute(query, [CANARY, request.param])
    database = postgres_url.partition("@/")[2].partition("?")[0]
    url = f"postgresql://postgres@127.0.0.1:{proxy.port}/{database}?{_WAY}"
    with open_source("crm", url, _OPTIONS) as made:
        assert isinstance(made, WritableSource)
        yield made


@pytest.mark.parametrize("source", [200_000], indirect=True)
def test_silence_amid_reading(
    source: WritableSource, proxy: Proxy, capfd: pytest.CaptureFixture[str]
) -> None:
    """What came is kept, the rest is told as unread, and the source reads on once it may."""
    (part,) = reading.partitions(source, "public.t")
    proxy.hold_after(20_000_000)
    *batches, told = source.read(part)
    assert isinstance(told, Unread)
    assert (told.status, told.reason) == (
        Status.PARTIAL,
        "the server stopped answering: scan again later",
    )
    assert 0 < sum(len(one.records) for one in batches if isinstance(one, Batch)) < 200_000
    proxy.mend()
    assert sum(len(one.records) for one in source.read(part) if isinstance(one, Batch)) == 200_000
    assert capfd.readouterr() == ("", "")


def test_silence_amid_listing(source: WritableSource, proxy: Proxy) -> None:
    """A server that takes a connection and says nothing is out of reach, in one sentence."""
    proxy.hold_after(0)
    with pytest.raises(Unreachable) as told:
        source.check()
    assert str(told.value).endswith("doesn't answer: check host, port and firewall.")


def test_silence_amid_a_statement(source: WritableSource, proxy: Proxy) -> None:
    """So is one that falls silent later on, between two statements."""
    proxy.hold_after(3_000)
    with pytest.raises(Unreachable) as told:
        source.check()
    assert str(told.value).endswith(
        "can't list its tables: the server stopped answering: scan again later."
    )


def test_silence_amid_writing(source: WritableSource, proxy: Proxy, postgres_url: str) -> None:
    """Nothing is written, and the same change made again once the server answers is."""
    record = '{"pk":{"id":7}}'
    (fetched,) = source.fetch("public.t", [record])
    assert isinstance(fetched, Fetched)
    change = Change("public.t", record, fetched.versions[0].as_py(), Action.ERASE)
    with source.writing([change]) as work:
        assert not work.refused
        proxy.hold_after(0)
        with pytest.raises(Unreachable) as told:
            work.commit()
    assert CANARY not in str(told.value)
    proxy.close()
    with psycopg.connect(postgres_url) as owner:
        assert owner.execute("SELECT count(*) FROM t").fetchone() == (9,)


def test_patience() -> None:
    """Errors come where they are waited for; what is left early is closed; silence ends it."""
    closed: list[bool] = []

    def items() -> Generator[int]:
        try:
            yield 1
            raise KeyError("two")
        finally:
            closed.append(True)

    given = within(items(), 60)
    assert next(given) == 1
    with pytest.raises(KeyError):
        next(given)
    early = within(items(), 60)
    assert next(early) == 1
    early.close()
    assert closed == [True, True]
    end = Event()
    silent = within(_two(end), 60, flowing=0.1)
    assert next(silent) == 1
    with pytest.raises(Silence):
        next(silent)
    end.set()


def test_what_is_left_early_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who leaves doesn't wait for what is still being made: it is told to end, until it does."""
    monkeypatch.setattr(patience, "_AGAIN", 0.01)
    end, told = Event(), [0]

    def stop() -> None:
        told[0] += 1
        if told[0] > 1:  # the first time it hadn't begun
            end.set()

    given = within(_two(end), 60, stop=stop)
    assert next(given) == 1
    given.close()
    assert (end.is_set(), told) == (True, [2])


def _two(end: Event) -> Generator[int]:
    yield 1
    end.wait(60)
    yield 2
