"""What hasn't changed isn't read again, and the inventory says the same as if it were."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from flows import template, wiring
from flows.job import Job
from flows.reading import read
from flows.settings import load
from flows.unchanged import compared
from reports.inventory import Inventory
from reports.sought import Sought
from reports.trace import Tracer
from scanners.versions import versions
from tests.conftest import PostgresServer
from tests.flows import small

BROKEN = "壊れた.pdf"
MAIL = Sought(emails=("taro@example.jp",))
_APART = ("scan_id", "read_at", "doubt")
_TABLES = (
    "datasets",
    "fields",
    "locations",
    "token_index",
    "keys",
    "links",
    "coverage",
    "profiles",
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of a small company that has just been scanned."""
    return small.make(tmp_path)


def _inventory(config: Path) -> Inventory:
    return wiring.inventory(load(config))


def _contents(config: Path, *apart: str) -> dict[str, list[str]]:
    """Return all that the inventory says of what was read, but for when, and ``apart``."""
    view = _inventory(config).view()
    told = {}
    for name in _TABLES:
        rows = [row for row in view.rows(name) if row.get("reason", "") == ""]
        for row in rows:
            for column in (*_APART, *apart):
                row.pop(column, None)
        told[name] = sorted(json.dumps(row, default=str) for row in rows)
    return told


def _found(config: Path) -> list[object]:
    inventory = _inventory(config)
    matches = Tracer(inventory.view(), inventory.tokens).find(MAIL)
    answer = matches.json(inventory.tokens.seal, opened=True)["matches"]
    assert isinstance(answer, list)
    return [{**one, "as_of": None} for one in answer]


def test_nothing_changed_and_nothing_read(config: Path) -> None:
    """The inventory is the first's, generations and answers too; only the broken file is tried."""
    told, found = _contents(config), _found(config)
    assert small.scan(config) == {"share": [BROKEN], "shop": []}
    assert small.scan(config) == {"share": [BROKEN], "shop": []}
    assert _contents(config) == told
    assert _found(config) == found
    units = [row for row in _inventory(config).view().rows("coverage") if row["status"] == "read"]
    assert {row["doubt"] for row in units} == {"a change that keeps size and time isn't seen"}
    assert all(row["read_at"] for row in units)


def test_only_what_changed_is_read(config: Path) -> None:
    """A file touched, one written and one gone: the rest stays, and all is as if read anew."""
    share = config.parent / "share"
    os.utime(share / "empty.csv", (1, 1))
    (share / "new.csv").write_text("氏名,メール\n鈴木一郎,ichiro@example.jp\n", encoding="utf-8")
    next(share.glob("履歴書*")).unlink()
    assert small.scan(config) == {"share": ["empty.csv", "new.csv", BROKEN], "shop": []}
    told, found = _contents(config, "generation"), _found(config)
    assert not [row for row in told["locations"] if "enc" in json.loads(row)["dataset"]]
    small.scan(config, full=True)
    assert _contents(config, "generation") == told
    assert _found(config) == found


def test_a_row_more_is_read(config: Path) -> None:
    """A write to a database is seen, and found."""
    with sqlite3.connect(config.parent / "shop.db") as shop:
        shop.execute("INSERT INTO members VALUES ('山田太郎', 'taro@example.jp')")
    shop.close()
    before = len(_found(config))
    assert small.scan(config) == {"share": [BROKEN], "shop": ["members"]}
    assert len(_found(config)) == before + 1


def test_other_rules_settings_or_key_read_all(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found under other rules, settings or another key is no reason to rest on."""
    everything = {"share": ["empty.csv", "名簿.csv", BROKEN, *_sealed(config)], "shop": ["members"]}
    assert _sorted(small.scan(config, full=True)) == _sorted(everything)
    known = dict(versions())
    with monkeypatch.context() as other:
        other.setattr("flows.unchanged.versions", lambda: known | {"PERSON": "other"})
        assert _sorted(small.scan(config)) == _sorted(everything)
    with monkeypatch.context() as other:
        other.setattr("flows.wiring.readers_version", lambda: "another reader of CSV")
        assert _sorted(small.scan(config)) == _sorted(everything)
    assert _sorted(small.scan(config)) == _sorted(everything)
    text, url = config.read_text(encoding="utf-8"), 'url = "sqlite:///shop.db"'
    config.write_text(text.replace(url, f'{url}\nexclude = ["x"]'), encoding="utf-8")
    assert small.scan(config) == {"share": [BROKEN], "shop": ["members"]}
    assert small.scan(config) == {"share": [BROKEN], "shop": []}
    monkeypatch.setenv(wiring.KEY_VARIABLE, "ab" * 32)
    assert _sorted(small.scan(config)) == _sorted(everything)


def test_another_verdict_reads_the_dataset(config: Path) -> None:
    """Where the survey says something else of a dataset than it did, its rows don't stay."""
    job = _job(config, "share")
    with job.begun():
        job.survey()
        assert "名簿.csv" in compared(job).staying
        other = [replace(one, verdict=None) for one in job.plan.datasets]
        job.plan = replace(job.plan, datasets=tuple(other))
        assert "名簿.csv" not in compared(job).staying


def test_a_scan_that_stops_leaves_what_was(config: Path) -> None:
    """A second scan that ends half-way changes nothing, and the next one is as if it never was."""
    told = _contents(config)
    (config.parent / "share" / "名簿.csv").write_text("氏名\n山田花子\n", encoding="utf-8")
    job = _job(config, "share")
    with pytest.raises(KeyboardInterrupt):
        _stopped(job)
    assert _contents(config) == told
    assert small.scan(config) == {"share": ["名簿.csv", BROKEN], "shop": []}


@pytest.fixture
def crm(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Return the settings and the URL of a database with people, orders and a view."""
    database = postgres_server.create()
    url = postgres_server.url(database)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE TABLE people (id int PRIMARY KEY, name text, email text)")
        owner.execute("INSERT INTO people VALUES (1, '山田太郎', 'taro@example.jp')")
        owner.execute("CREATE TABLE orders (no int PRIMARY KEY, person int REFERENCES people)")
        owner.execute("INSERT INTO orders VALUES (1, 1); CREATE VIEW v AS SELECT * FROM people")
        owner.execute("SELECT pg_stat_force_next_flush()")
    config = tmp_path / "shozai.toml"
    template.write(config, template.source("crm", url))
    small.scan(config)
    yield config, url
    postgres_server.drop(database)


@pytest.mark.postgres
def test_a_database_that_has_not_changed(crm: tuple[Path, str]) -> None:
    """Tables rest on the server's counters, a view on a checksum; keys and links stay as well."""
    config, url = crm
    told, found = _contents(config), _found(config)
    assert small.scan(config) == {"crm": []}
    assert (_contents(config), _found(config)) == (told, found)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("INSERT INTO orders VALUES (2, 1)")
        owner.execute("SELECT pg_stat_force_next_flush()")
    assert small.scan(config) == {"crm": ["public.orders"]}
    assert len(_found(config)) == len(found) + 1


def _job(config: Path, name: str) -> Job:
    settings = load(config)
    (one,) = (one for one in settings.source if one.name == name)
    inventory = wiring.inventory(settings)
    source = wiring.source(settings, one, inventory.tokens.digest_key)
    return Job(source, inventory, wiring.settings_hash(one))


def _stopped(job: Job) -> None:
    with job.source, job.begun():
        job.survey()
        job.plan = compared(job)
        read(job, job.plan.units[0])
        raise KeyboardInterrupt


def _sealed(config: Path) -> list[str]:
    return [path.name for path in (config.parent / "share").glob("履歴書*")]


def _sorted(read_of: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(names) for name, names in read_of.items()}
