"""Making the company: repeatable, complete or absent, and harmless to what lies beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from flows import settings
from flows.demo import Company, DemoError, build
from flows.demo.company import _BUILDING

PEOPLE = 40


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Build a small company once."""
    return build(tmp_path_factory.mktemp("demo") / "company", people=PEOPLE)


def _digests(directory: Path) -> dict[str, str]:
    return {
        path.relative_to(directory).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_the_same_seed_makes_the_same_bytes(tmp_path: Path, company: Company) -> None:
    """Every file is the same, byte for byte, in another process, time zone and folder."""
    there = tmp_path / "elsewhere"
    code = (
        f"from pathlib import Path; from flows.demo import build; build(Path({str(there)!r}), 40)"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C"},
        cwd=Path(__file__).parents[3],
    )
    assert _digests(there) == _digests(company.directory)


def test_another_seed_makes_other_people(tmp_path: Path, company: Company) -> None:
    """Another seed changes what is in the databases, and the canaries stay."""
    other = build(tmp_path, people=PEOPLE, seed=8)
    assert _digests(other.directory)["crm.db"] != _digests(company.directory)["crm.db"]
    assert "勅使河原" in other.truth.read_text(encoding="utf-8")


def test_the_company_tells_what_was_made(company: Company) -> None:
    """Counts and paths are those of the folder, and nothing else is left in it."""
    names = {path.name for path in company.directory.iterdir()}
    assert names == {"shozai.toml", "crm.db", "shop.db", "share", "truth.jsonl"}
    assert company.files == len(_digests(company.directory)) - 1
    with company.truth.open(encoding="utf-8") as file:
        head, *people = map(json.loads, file)
    assert sum(len(person["places"]) for person in people) == company.places
    assert len(people) == head["people"] == company.people == PEOPLE
    assert sum(person["canary"] for person in people) == company.canaries


def test_the_settings_are_valid(company: Company) -> None:
    """Shozai reads the company's settings, in which every source is told."""
    read = settings.load(company.settings)
    assert [source.name for source in read.source] == ["crm", "shop", "share"]
    assert read.company.name == "株式会社さくら堂"
    assert all(source.rule for source in read.source)


def test_an_earlier_company_is_replaced_and_what_lies_beside_it_stays(tmp_path: Path) -> None:
    """A company can be made again, smaller, beside an inventory that was made of it."""
    build(tmp_path, people=PEOPLE)
    (tmp_path / "inventory").mkdir()
    (tmp_path / "inventory" / "scans").write_text("mine")
    smaller = build(tmp_path, people=20)
    with smaller.truth.open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == 21
    assert (tmp_path / "inventory" / "scans").read_text() == "mine"


def test_a_folder_with_foreign_files_is_refused(tmp_path: Path) -> None:
    """A folder that isn't a company's is left as it is, with one sentence that says so."""
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(DemoError, match=r"isn't empty; give a new or empty folder\.$"):
        build(tmp_path, people=PEOPLE)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_foreign_file_in_the_share_is_refused(tmp_path: Path) -> None:
    """A file that somebody put into an earlier company's share isn't removed."""
    build(tmp_path, people=20)
    (tmp_path / "share" / "人事" / "mine.txt").write_text("mine")
    with pytest.raises(DemoError, match="didn't write"):
        build(tmp_path, people=20)
    assert (tmp_path / "share" / "人事" / "mine.txt").exists()


@pytest.mark.parametrize("people", [0, 19, 1_000_001])
def test_too_few_and_too_many_people_are_refused(tmp_path: Path, people: int) -> None:
    """A company needs one of everybody."""
    with pytest.raises(DemoError, match="20 to 1,000,000 people"):
        build(tmp_path / "new", people=people)
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A path that is a file's is refused."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DemoError, match="is a file"):
        build(tmp_path / "file")


def test_a_broken_off_building_leaves_no_company(tmp_path: Path) -> None:
    """When the making fails half-way, the folder holds nothing that looks like a company."""

    def stop(*step: object) -> None:
        if step[1] == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, people=20, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_building_left_is_made_anew(tmp_path: Path) -> None:
    """A half-built company that was left behind is no obstacle."""
    (tmp_path / _BUILDING / "company").mkdir(parents=True)
    assert build(tmp_path, people=20).truth.exists()
    assert not (tmp_path / _BUILDING).exists()


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    """Progress names each step once, in order, and ends with the truth, and names no one."""
    told: list[tuple[str, int, int]] = []
    build(tmp_path, people=20, progress=lambda *step: told.append(step))
    total = told[0][2]
    assert [done for _, done, _ in told] == list(range(total + 1))
    assert told[-1] == ("truth", total, total)
    assert all(what.isascii() for what, _, _ in told)


def test_postgresql_takes_the_databases(tmp_path: Path, postgres_url: str) -> None:
    """The CRM and the shop go into schemas of their names, with the rows that SQLite would get."""
    company = build(tmp_path / "pg", people=PEOPLE, database=postgres_url)
    assert not (company.directory / "crm.db").exists()
    with psycopg.connect(postgres_url) as connection:
        customers = connection.execute("SELECT count(*) FROM crm.customers").fetchone()
        declared = connection.execute(
            "SELECT connamespace::regnamespace::text, count(*) FROM pg_constraint"
            " WHERE contype = 'f' GROUP BY 1"
        ).fetchall()
    assert customers == (20,)
    assert declared == [("crm", 9)]
    written = tomllib.loads(company.settings.read_text(encoding="utf-8"))
    assert [source.get("include") for source in written["source"]] == [["crm.*"], ["shop.*"], None]
    with company.truth.open(encoding="utf-8") as file:
        places = json.loads(file.readlines()[1])["places"]
    assert places[0]["dataset"] == "crm.customers"


def test_postgresql_is_filled_again_and_foreign_schemas_are_not_touched(
    tmp_path: Path, postgres_url: str
) -> None:
    """Its own schemas are made anew; a schema of the same name that is another's is refused."""
    build(tmp_path / "one", people=20, database=postgres_url)
    build(tmp_path / "one", people=20, database=postgres_url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute("COMMENT ON SCHEMA shop IS 'ours'")
    with pytest.raises(DemoError, match="schema shop that is not the made-up company's"):
        build(tmp_path / "two", people=20, database=postgres_url)
    assert not list((tmp_path / "two").iterdir())


@pytest.mark.parametrize(
    "url",
    ["mysql://host/demo", "nonsense", "postgresql://me:hush@127.0.0.1:1/demo"],
)
def test_a_database_that_cannot_be_used_is_refused_without_its_password(
    tmp_path: Path, url: str
) -> None:
    """The message says what is wrong and never repeats the URL."""
    with pytest.raises(DemoError) as error:
        build(tmp_path / "new", people=20, database=url)
    assert "hush" not in str(error.value)
    assert str(error.value).endswith(".")


def test_a_password_is_never_written(tmp_path: Path, postgres_url: str) -> None:
    """Whatever form the URL gives it in, the password is not in the folder; a name for it is."""
    for given in (
        postgres_url.replace("postgres@", "postgres:hush%21hush@"),
        f"{postgres_url}&password=hush!hush",
    ):
        company = build(tmp_path / "pg", people=20, database=given)
        everything = b"".join(p.read_bytes() for p in company.directory.rglob("*") if p.is_file())
        assert b"hush" not in everything
        assert b"${SHOZAI_DEMO_PASSWORD}" in company.settings.read_bytes()
