"""A small inventory, made in this process: the line of ``flows/inventory.py`` without Prefect."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from connectors.base import Source
from connectors.place import Batch, Mark, Partition, Unread
from flows import template, wiring
from flows.gather import gather
from flows.job import Job
from flows.reading import read, read_names
from flows.settings import load
from flows.unchanged import compared, with_staying

NAMES = """\
氏名,メール,生年月日
山田太郎,taro@example.jp,1985-04-01
佐藤花子,hanako@example.jp,1990-12-31
"""


def write_folder(folder: Path) -> None:
    """Write a folder as people have: a list of names, one file named after a person, one broken."""
    folder.mkdir(parents=True)
    (folder / "名簿.csv").write_text(NAMES, encoding="cp932")
    (folder / "履歴書_長宗我部辰之進.txt").write_text("志望動機\n", encoding="utf-8")
    (folder / "壊れた.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    (folder / "empty.csv").touch()


def write_database(file: Path) -> None:
    """Write an SQLite database whose table has no primary key."""
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE members (name TEXT, mail TEXT)")
        connection.execute("INSERT INTO members VALUES ('山田太郎', 'taro@example.jp')")
    connection.close()


def make(folder: Path) -> Path:
    """Make a company with a folder and a database, scan both, and return its settings."""
    write_folder(folder / "share")
    write_database(folder / "shop.db")
    config = folder / "shozai.toml"
    places = {"share": "file:share", "shop": "sqlite:///shop.db"}
    template.write(config, "".join(template.source(name, url) for name, url in places.items()))
    scan(config)
    return config


def scan(config: Path, *, full: bool = False) -> dict[str, list[str]]:
    """Scan every source; return of each the names of the datasets read, a time for each part."""
    settings, done = load(config), dict[str, list[str]]()
    for one in settings.source:
        inventory = wiring.inventory(settings)
        source = wiring.source(settings, one, inventory.tokens.digest_key)
        with source:
            job = Job(source, inventory, wiring.settings_hash(one), full=full)
            done[one.name] = scanned(job)
    return done


def scanned(job: Job) -> list[str]:
    """Scan one source; return what was read of it behind the survey."""
    with job.begun():
        job.survey()
        job.hold()
        watched = _Watched(job.source)
        job.source = watched  # type: ignore[assignment]  # passes on all the rest
        job.plan = compared(job)
        for surveyed in job.plan.read:
            read_names(job, surveyed)
        readings = [read(job, unit) for unit in job.plan.units]
        job.contents = with_staying(job, gather(job, readings))
        job.contents.commit(job.scan)
    return watched.read_of


class _Watched:
    """A source that remembers what is read of it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.read_of: list[str] = []

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Remember the dataset, and read."""
        self.read_of.append(partition.dataset)
        return self.source.read(partition, after)

    def __getattr__(self, name: str) -> object:
        return getattr(self.source, name)
