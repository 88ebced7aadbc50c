"""The main job on the made-up company, held against the truth about it."""

from __future__ import annotations

import json

import pytest

from reports.trace import Tracer
from tests.flows.conftest import Scanned
from tests.truth import scores, spots, traced

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("company")]

#: The entities promised, with the least recall; precision is 0.999 for all.
PROMISED = {
    "PERSON": 0.985,
    "DATE_OF_BIRTH": 1.0,
    "EMAIL_ADDRESS": 1.0,
    "PHONE_NUMBER": 1.0,
    "JP_ADDRESS": 1.0,
    "JP_POSTAL_CODE": 1.0,
    "JP_MY_NUMBER": 1.0,
    "JP_DRIVER_LICENSE": 1.0,
    "JP_BASIC_PENSION_NUMBER": 1.0,
    "JP_RESIDENCE_CARD": 1.0,
    "CREDIT_CARD": 1.0,
}


def test_a_scan_says_what_it_did_and_what_it_did_not_read(company: Scanned) -> None:
    """The encrypted archive makes the scan incomplete (3) and is named with its reason."""
    assert company.demo.returncode == 0, company.demo.stderr
    assert company.scan.returncode == 3, company.scan.stderr
    answer = json.loads(company.scan.stdout)
    assert [one["source"] for one in answer["sources"]] == ["crm", "shop", "share"]
    unread = {(one["source"], one["dataset"]) for one in answer["unread"]}
    assert unread == company.truth.unread


@pytest.mark.parametrize("entity", PROMISED)
def test_identifiers_are_found_where_they_are(company: Scanned, entity: str) -> None:
    """Over all databases and files each entity is found at its places, and hardly elsewhere."""
    inventory = company.inventory
    score = scores(company.truth, spots(inventory.view(), inventory.tokens.seal))[entity]
    assert score.recall >= PROMISED[entity], score.missed_at
    assert score.precision >= 0.999, score.wrong_at


def test_every_person_is_found_by_their_email_and_nobody_else_is(company: Scanned) -> None:
    """Each record that the truth ties to an address is found, and nobody else's for sure."""
    inventory, truth = company.inventory, company.truth
    tracer = Tracer(inventory.view(), inventory.tokens)
    asked = [one for one in truth.people if one.identifiers.get("EMAIL_ADDRESS")]
    results = {one.id: traced(tracer, inventory.tokens.seal, truth, one) for one in asked}
    assert len(asked) > 200
    assert {id_: one.missed for id_, one in results.items() if one.missed} == {}
    assert {id_: one.foreign for id_, one in results.items() if one.foreign} == {}


def test_decoys_are_no_persons(company: Scanned) -> None:
    """Product codes, JAN codes, order numbers, corporate numbers and a cloud bill hold nobody."""
    seal = company.inventory.tokens.seal
    decoys = {(d["source"], d["dataset"], d["field"]) for d in company.truth.head["decoys"]}
    fields = company.view["fields"].to_table(columns=["source", "dataset", "field", "about"])
    personal = {
        (row["source"], seal.unseal(row["dataset"]), seal.unseal(row["field"]))
        for row in fields.to_pylist()
        if row["about"] == "person"
    }
    assert personal & decoys == set()


def test_equal_numbers_are_not_one_person(company: Scanned) -> None:
    """Customer 1, member 1 and employee 1 share a token, and no trace goes from one to another."""
    from reports.sought import Sought

    inventory = company.inventory
    fields = company.view["fields"].to_table().to_pylist()
    key = next(
        row["id"]
        for row in fields
        if (row["dataset"], row["field"], row["entity"])
        == ("customers", "customer_id", "SUBJECT_KEY")
    )
    found = Tracer(inventory.view(), inventory.tokens).find(Sought(keys=((key, "1"),)))
    answer = found.json(inventory.tokens.seal, opened=True)
    certain = [one for one in answer["matches"] if one["tier"] == "certain"]  # type: ignore[attr-defined]
    assert {"customers", "orders"} <= {one["dataset"] for one in certain}
    assert not [one for one in certain if one["dataset"] in ("members", "employees")]


def test_the_inventory_is_read_by_pandas_duckdb_and_pyarrow(company: Scanned) -> None:
    """``open_inventory`` gives Arrow datasets: three readers count the same locations."""
    import duckdb

    import reports

    view = reports.open_inventory(company.inventory.path)
    locations = view["locations"]
    [(counted,)] = duckdb.connect().execute("SELECT count(*) FROM locations").fetchall()
    assert locations.count_rows() == counted == len(locations.to_table().to_pandas())
