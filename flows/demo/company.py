"""A made-up company: people, scattered over databases and files as a real company scatters them.

Made in a folder of its own beside the place it is meant for, and moved there when it is whole;
the truth comes last, so a company with a truth is complete.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import URL

from flows.demo import crm, shop
from flows.demo.canaries import CANARIES
from flows.demo.database import Store, load, undeclared
from flows.demo.faults import DemoError
from flows.demo.place import clear, database_url, refuse_foreign
from flows.demo.population import Population
from flows.demo.roles import BLOCK
from flows.demo.scribe import Scribe
from flows.demo.settings_file import settings
from flows.demo.share.everything import FILES
from flows.demo.stores.sqlite import SqliteStore
from flows.demo.stores.table import Table
from flows.demo.truth import Truth

_BUILDING = ".shozai-demo"
_MOST = 1_000_000
#: Called with what is being made, how many such steps are done, and of how many.
Progress = Callable[[str, int, int], None]
#: What is made, and what makes it.
Step = tuple[str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Company:
    """What was made and where; ``places`` counts the places where something of someone stands."""

    directory: Path
    settings: Path
    truth: Path
    people: int
    canaries: int
    seed: int
    files: int
    places: int


def build(
    directory: Path,
    people: int = 300,
    seed: int = 7,
    database: str | None = None,
    progress: Progress | None = None,
) -> Company:
    """Make a company in a new, empty or earlier demo's folder: the same bytes for the same seed.

    ``database`` is the URL of a PostgreSQL database that takes the CRM and the shop in schemas of
    those names. Raises :class:`DemoError`, in one sentence, where it can't be made.
    """
    _check(people)
    url = database_url(database) if database else None
    directory = directory.absolute()
    refuse_foreign(directory, _BUILDING)
    building = directory / _BUILDING
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        return _build(directory, building, Population(people, seed), url, progress)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _check(people: int) -> None:
    if not BLOCK <= people <= _MOST:
        raise DemoError(
            f"A made-up company has {BLOCK} to {_MOST:,} people; {people} were asked for."
        )


def _build(
    directory: Path,
    building: Path,
    people: Population,
    url: URL | None,
    progress: Progress | None,
) -> Company:
    truth = Truth(building / "notes")
    whole = building / "company"
    whole.mkdir()
    _take([*_steps(whole, people, truth, url)], progress)
    (whole / "shozai.toml").write_text(settings(url), encoding="utf-8", newline="\n")
    files = sorted(p.relative_to(whole).as_posix() for p in whole.rglob("*") if p.is_file())
    truth.write(building / "truth.jsonl", people, files)
    _move(building, directory)
    return Company(
        directory=directory,
        settings=directory / "shozai.toml",
        truth=directory / "truth.jsonl",
        people=people.size,
        canaries=len(CANARIES),
        seed=people.seed,
        files=len(files),
        places=truth.places,
    )


def _steps(whole: Path, people: Population, truth: Truth, url: URL | None) -> Iterator[Step]:
    for name, tables in (("crm", crm.TABLES), ("shop", shop.TABLES)):
        scribe = Scribe(name, whole, people, truth)
        yield name, partial(_load, scribe, tables, url)
    scribe = Scribe("share", whole / "share", people, truth)
    for make in FILES:
        yield f"share: {make.__name__.replace('_', ' ')}", partial(make, scribe)


def _take(steps: Sequence[Step], progress: Progress | None) -> None:
    """Take the steps in turn; the truth, which is written last, is the end of all."""
    for done, (what, step) in enumerate(steps):
        if progress:
            progress(what, done, len(steps))
        step()
    if progress:
        progress("truth", len(steps), len(steps))


def _load(scribe: Scribe, tables: tuple[Table, ...], url: URL | None) -> None:
    with _store(scribe, url) as store:
        for table in tables:
            load(scribe, store, table)
        if tables is shop.TABLES:
            undeclared(scribe, store, *shop.UNDECLARED)


def _store(scribe: Scribe, url: URL | None) -> Store:
    if url is None:
        return SqliteStore(scribe.folder / f"{scribe.source}.db")
    from flows.demo.stores.postgres import PostgresStore

    return PostgresStore(url, scribe.source)


def _move(building: Path, directory: Path) -> None:
    """Put the new company in the place of an earlier one, its truth last."""
    clear(directory)
    for part in sorted((building / "company").iterdir()):
        part.rename(directory / part.name)
    (building / "truth.jsonl").rename(directory / "truth.jsonl")
