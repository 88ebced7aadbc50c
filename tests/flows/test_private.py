"""No plain value of anyone in anything the program wrote: canaries are looked for everywhere.

Exceptions, as DESIGN.md lists them: the company itself (databases, files, its truth), and the
answers of `detect` and `--open`, which a person asked to see.
"""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.flows.conftest import Scanned, run_in

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("company")]


@pytest.fixture(scope="module")
def written(company: Scanned) -> list[Path]:
    """Run every command that writes or answers, and return all files written but the company."""
    config = ("--config", str(company.config))
    canary = next(one for one in company.truth.people if one.canary)
    email = canary.identifiers["EMAIL_ADDRESS"][0]
    outputs = company.folder / "outputs"
    outputs.mkdir(exist_ok=True)
    commands = {
        "find": ("find", *config, "--email", email),
        "find-json": ("find", *config, "--json", "--email", email),
        "fields": ("inventory", "fields", *config),
        "coverage": ("inventory", "coverage", "--json", *config),
        "locations": ("inventory", "locations", "--format", "csv", *config),
        "report": ("report", *config, "-o", str(company.folder / "report")),
        "status": ("status", "--json", *config),
        "replay": ("scan", "--replay", "--json", *config),
        "no-option": ("find", *config),
    }
    for name, words in commands.items():
        done = run_in(company.folder, *words)
        (outputs / name).write_text(done.stdout + done.stderr, encoding="utf-8")
    (outputs / "scan").write_text(company.scan.stdout + company.scan.stderr, encoding="utf-8")
    return [
        path
        for path in company.folder.rglob("*")
        if path.is_file() and not _is_the_company(path.relative_to(company.folder))
    ]


def _is_the_company(path: Path) -> bool:
    """Tell whether a file is the made-up company's own and not something Shozai wrote of it."""
    made_up = {"crm.db", "shop.db", "truth.jsonl", "share"}
    return path.parts[0] == "company" and path.parts[1] in made_up


def test_no_canary_is_in_anything_written(company: Scanned, written: list[Path]) -> None:
    """Neither inventory, log, report, Prefect's database nor any answer holds a canary's value."""
    values = _values(company)
    found = {
        str(path.relative_to(company.folder))
        for path in written
        for text in _contents(path)
        if any(value in text for value in values)
    }
    assert len(values) > 10
    assert found == set()


def test_no_canary_is_in_the_name_of_a_file_written(company: Scanned, written: list[Path]) -> None:
    """Names of files written hold no canary either."""
    values = [value.decode() for value in _values(company)]
    names = [str(path.relative_to(company.folder)) for path in written]
    assert [name for name in names if any(value in name for value in values)] == []


def test_the_search_for_canaries_finds_them_where_they_are(company: Scanned) -> None:
    """The same search over the company itself finds canaries: it could have failed."""
    truth = company.folder / "company" / "truth.jsonl"
    assert any(value in text for text in _contents(truth) for value in _values(company))


def _values(company: Scanned) -> list[bytes]:
    """Return the canaries' values that nobody else could have."""
    return [
        value.encode()
        for one in company.truth.people
        if one.canary
        for entity in ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "JP_MY_NUMBER")
        for value in one.identifiers.get(entity, ())
    ]


def _contents(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, and what is packed in it."""
    raw = path.read_bytes()
    yield raw
    if path.suffix == ".parquet":
        yield str(pq.read_table(path).to_pydict()).encode()
    elif path.suffix == ".xlsx":
        yield from _zipped(path)
    elif raw.startswith(b"SQLite format 3"):
        yield _dump(path)
    elif raw.startswith(b"\x1f\x8b"):
        yield gzip.decompress(raw)
    elif raw.startswith(b"x\x9c"):
        yield zlib.decompress(raw)


def _zipped(path: Path) -> Iterator[bytes]:
    import zipfile

    with zipfile.ZipFile(path) as package:
        yield from (package.read(name) for name in package.namelist())


def _dump(path: Path) -> bytes:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return "\n".join(connection.iterdump()).encode()
    finally:
        connection.close()
