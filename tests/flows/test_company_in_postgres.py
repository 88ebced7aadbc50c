"""The made-up company in a real PostgreSQL, scanned by an account that can only read."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.postgres import grants
from flows import wiring
from flows.settings import load
from tests.conftest import PostgresServer
from tests.flows.conftest import run_in
from tests.truth import Truth, scores, spots

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

#: Rows of this table have no key: the inventory names them by a keyed digest that no truth knows.
KEYLESS = "shop.logins"


@pytest.fixture
def scanned(
    postgres_server: PostgresServer, tmp_path: Path
) -> Iterator[subprocess.CompletedProcess[str]]:
    """Load the company, make a read-only account by the GRANTs that `init` prints, and scan."""
    database = postgres_server.create()
    owner = postgres_server.url(database)
    made = run_in(tmp_path, "demo", str(tmp_path / "company"), "--database", owner)
    assert made.returncode == 0, made.stderr
    reader = postgres_server.url(database, user="shozai_reader")
    statements = grants(reader, ("crm.*", "shop.*")).split(";\n")
    postgres_server.execute(*filter(str.strip, statements), database=database)
    config = tmp_path / "company" / "shozai.toml"
    config.write_text(
        config.read_text("utf-8").replace("://postgres@", "://shozai_reader@"), "utf-8"
    )
    yield run_in(tmp_path, "scan", "crm", "shop", "--json", "--config", str(config))
    postgres_server.drop(database)


def test_a_read_only_account_finds_the_same_as_in_sqlite(
    scanned: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    """Every identifier of the two databases is found where the truth says, and nowhere else."""
    assert scanned.returncode == 0, scanned.stderr
    company = tmp_path / "company"
    inventory = wiring.inventory(load(company / "shozai.toml"))
    truth = Truth.read(company / "truth.jsonl")
    found = spots(inventory.view(), inventory.tokens.seal)
    compared = scores(_databases(truth), (one for one in found if one[0][1] != KEYLESS))
    for entity in ("EMAIL_ADDRESS", "PHONE_NUMBER", "DATE_OF_BIRTH", "JP_ADDRESS", "CREDIT_CARD"):
        assert (compared[entity].recall, compared[entity].precision) == (1.0, 1.0), entity


def _databases(truth: Truth) -> Truth:
    people = [
        type(one)(one.id, one.identifiers, one.canary, [*filter(_in_database, one.places)])
        for one in truth.people
    ]
    return Truth(truth.head, people)


def _in_database(place: dict[str, object]) -> bool:
    return place["source"] in ("crm", "shop") and place["dataset"] != KEYLESS
