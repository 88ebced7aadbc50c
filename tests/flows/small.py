"""A small inventory, made in this process: the line of ``flows/inventory.py`` without Prefect."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from flows import template, wiring
from flows.gather import gather
from flows.job import Job
from flows.reading import read, read_names
from flows.settings import load

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


def scan(config: Path) -> None:
    """Scan every source."""
    settings = load(config)
    for one in settings.source:
        inventory = wiring.inventory(settings)
        source = wiring.source(settings, one, inventory.tokens.digest_key)
        with source:
            _scan(Job(source, inventory, wiring.settings_hash(settings)))


def _scan(job: Job) -> None:
    with job.begun():
        job.survey()
        job.hold()
        for surveyed in job.plan.datasets:
            read_names(job, surveyed)
        job.contents = gather(job, [read(job, unit) for unit in job.plan.units])
        job.contents.commit(job.scan)
