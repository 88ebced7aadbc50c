"""Tables that nobody here wrote: what is found in them, and above all what isn't."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from scanners.belief import Belief, belief
from scanners.columns import HEAD, judge
from scanners.evidence import Tally
from scanners.finding import About, Entity
from scanners.scan import Scanner
from scanners.verdict import Column

pytestmark = pytest.mark.shared
SCANNER = Scanner()
Found = dict[tuple[str, str, str], float]

CUSTOMER = {
    ("customer_id", "SUBJECT_KEY", "person"),
    ("customer_name", "PERSON", "person"),
    ("gender_cd", "GENDER", "person"),
    ("gender", "GENDER", "person"),
    ("birth_day", "DATE_OF_BIRTH", "person"),
    ("age", "AGE", "person"),
    ("postal_cd", "JP_POSTAL_CODE", "person"),
    ("address", "JP_ADDRESS", "person"),
}
#: Coordinates of a home are no identifier that is looked for.
TRAITS = {("customer_id", "SUBJECT_KEY"), ("age", "AGE"), ("sex", "GENDER")}


def read(path: Path) -> pa.RecordBatch:
    """Read a CSV as a connector would: strings, empty cells as null, any number of BOMs gone."""
    encoding = "cp932" if "sj" in path.name else "utf-8-sig"
    text = path.read_text(encoding).lstrip("\ufeff")
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).replace("", None)
    return pa.RecordBatch.from_pandas(frame, preserve_index=False)


def scan(batch: pa.RecordBatch, name: str = "") -> Found:
    """Return (field, entity, about) of all that is found and believed, with the share of cells."""
    columns = [Column(field) for field in batch.schema.names]
    verdict = judge(batch.slice(0, HEAD), columns, name)
    tally = Tally()
    tally.add(batch, SCANNER.scan(batch, verdict))
    return {
        (field, entity.value, verdict.of(field, entity).about.value): counts.hits / counts.cells
        for field, entity, counts in tally
        if belief(counts, verdict.of(field, entity)) is not Belief.NOTHING
    }


def about_persons(found: Found) -> set[tuple[str, str]]:
    """Return what of it is about a person."""
    return {(field, entity) for field, entity, about in found if about == About.PERSON}


def test_customers_are_found_as_what_they_are(shared_data: Path) -> None:
    """Names, birth dates, addresses, postal codes, in every row that holds one; nothing else."""
    found = scan(read(shared_data / "100knocks/customer.csv"), "customer.csv")
    assert set(found) == CUSTOMER
    assert min(share for (field, *_), share in found.items() if field != "gender") == 1.0


def test_customers_are_found_without_headers(shared_data: Path) -> None:
    """Values alone tell names, addresses, postal codes, genders; beside names births and ages."""
    batch = read(shared_data / "100knocks/customer.csv")
    bare = batch.rename_columns([f"c{number}" for number in range(1, batch.num_columns + 1)])
    assert about_persons(scan(bare)) == {
        ("c2", "PERSON"),
        ("c4", "GENDER"),
        ("c5", "DATE_OF_BIRTH"),
        ("c6", "AGE"),
        ("c7", "JP_POSTAL_CODE"),
        ("c8", "JP_ADDRESS"),
    }


@pytest.mark.parametrize("name", ["product", "category"])
def test_goods_hold_nothing(shared_data: Path, name: str) -> None:
    """Products and categories are nobody's."""
    assert scan(read(shared_data / f"100knocks/{name}.csv"), f"{name}.csv") == {}


def test_shops_are_organisations(shared_data: Path) -> None:
    """Telephones and addresses of shops are found, and are nobody's."""
    found = scan(read(shared_data / "100knocks/store.csv"), "store.csv")
    assert set(found) == {
        ("address", "JP_ADDRESS", "organisation"),
        ("tel_no", "PHONE_NUMBER", "organisation"),
    }
    assert set(found.values()) == {1.0}


def test_receipts_refer_to_customers(shared_data: Path) -> None:
    """Of a receipt only the customer's key is somebody's."""
    found = scan(read(shared_data / "100knocks/receipt_SYNTH_40000.csv"))
    assert about_persons(found) == {("customer_id", Entity.SUBJECT_KEY.value)}


@pytest.mark.parametrize(
    ("file", "allowed"),
    [
        ("neg-awesomebook/customer.csv", TRAITS),
        ("neg-awesomebook/reserve.csv", {("customer_id", "SUBJECT_KEY")}),
        ("neg-awesomebook/hotel.csv", set()),
        ("neg-awesomebook/holiday_mst.csv", set()),
        ("neg-awesomebook/month_mst.csv", set()),
        ("neg-awesomebook/production.csv", set()),
        ("neg-jfagy/JFAGY_utf8.csv", set()),
        ("neg-jfagy/JFAGY_sj.csv", set()),
        ("neg-localgov/localgovjp-utf8.csv", set()),
        ("neg-localgov/localgovjp-sjis.csv", set()),
        ("neg-localgov/prefjp-utf8.csv", set()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False])
def test_tables_of_nobody_hold_nobody(
    shared_data: Path, file: str, allowed: set[tuple[str, str]], named: bool
) -> None:
    """Nothing is about a person but keys, ages and genders, whether the table has a name or not."""
    path = shared_data / file
    assert about_persons(scan(read(path), path.name if named else "")) == allowed
