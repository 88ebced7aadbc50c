"""One moment: all that a scan reads of a database is as it stood when the scan began."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from flows import template, wiring
from flows.gather import gather
from flows.job import Job
from flows.reading import Reading, read
from flows.settings import load
from reports.scans import last_scans
from tests.conftest import PostgresServer
from tests.flows import small

_HELD = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"


@pytest.fixture
def url(postgres_server: PostgresServer) -> Iterator[str]:
    """Return a database with a table that is read in parts."""
    database = postgres_server.create()
    with psycopg.connect(postgres_server.url(database), autocommit=True) as owner:
        owner.execute("CREATE TABLE customers (id bigint PRIMARY KEY, email text)")
        owner.execute("""INSERT INTO customers SELECT n * 1000, 'taro' || n || '@mail.co.jp'
                      FROM generate_series(1, 4000) n""")
        owner.execute("ALTER TABLE customers SET (autovacuum_enabled = off)")
        owner.execute("UPDATE pg_class SET reltuples = 6000000 WHERE relname = 'customers'")
    yield postgres_server.url(database)
    postgres_server.drop(database)


@pytest.fixture
def job(url: str, tmp_path: Path) -> Job:
    """Return a scan of the database that hasn't begun."""
    config = tmp_path / "shozai.toml"
    template.write(config, template.source("crm", url))
    settings = load(config)
    inventory = wiring.inventory(settings)
    source = wiring.source(settings, settings.source[0], inventory.tokens.digest_key)
    return Job(source, inventory)


@pytest.mark.postgres
def test_parts_are_of_one_moment(job: Job, url: str) -> None:
    """What others write between two parts, and while two are read at once, isn't in the scan."""
    with job.source, job.begun(), psycopg.connect(url, autocommit=True) as other:
        job.survey()
        job.hold()
        first, *rest = job.plan.units
        assert len(rest) >= 2
        readings = [read(job, first)]
        other.execute("DELETE FROM customers WHERE id % 3000 = 0")
        other.execute(
            "INSERT INTO customers SELECT n * 1000 + 1, 'x' FROM generate_series(1, 4000) n"
        )
        with ThreadPoolExecutor(2) as both:
            readings += both.map(lambda unit: read(job, unit), rest)
        assert _rows(readings) == 4000
        job.contents = gather(job, readings)
        job.contents.commit(job.scan)
    (scan,) = last_scans(job.inventory.view()["scans"].to_table())
    assert (scan.one_moment, scan.rows) == (True, 4000)


@pytest.mark.postgres
def test_the_moment_ends_with_the_scan(job: Job, url: str) -> None:
    """Whatever ends a scan, no transaction stays open on the server."""
    with psycopg.connect(url, autocommit=True) as other:
        with pytest.raises(KeyboardInterrupt):
            _interrupted(job, other)
        for _ in range(100):
            if other.execute(_HELD).fetchone() == (0,):
                return
            other.execute("SELECT pg_sleep(0.05)")
    pytest.fail("the moment is still held")


def test_a_source_without_a_moment_says_so(tmp_path: Path) -> None:
    """Files are each read in their own time, and the scan's row tells."""
    config = small.make(tmp_path)
    scans = last_scans(wiring.inventory(load(config)).view()["scans"].to_table())
    assert [scan.one_moment for scan in scans] == [False, False]


def _interrupted(job: Job, other: psycopg.Connection) -> None:
    with job.source, job.begun():
        job.hold()
        assert other.execute(_HELD).fetchone() == (1,)
        raise KeyboardInterrupt


def _rows(readings: list[Reading]) -> int:
    return sum(reading.rows for reading in readings)
