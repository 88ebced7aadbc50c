"""Data that nobody here wrote, scanned by the real command: what is found, and what isn't.

The customers, goods, shops and receipts of 100knocks lie there twice, as files and in PostgreSQL.
"""

from __future__ import annotations

import csv
import email.parser
import email.utils
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pyarrow.compute as pc
import pytest

from flows import template, wiring
from flows.settings import load
from reports.inventory import Inventory
from reports.kind import kind, normal
from scanners.finding import Entity
from tests.conftest import PostgresServer
from tests.flows.conftest import run_in

pytestmark = [pytest.mark.slow, pytest.mark.shared, pytest.mark.xdist_group("open")]

Row = dict[str, Any]
#: Every column of the customers that says something of a person, and what.
CUSTOMER = {
    ("customer_id", "SUBJECT_KEY"),
    ("customer_name", "PERSON"),
    ("gender_cd", "GENDER"),
    ("gender", "GENDER"),
    ("birth_day", "DATE_OF_BIRTH"),
    ("age", "AGE"),
    ("postal_cd", "JP_POSTAL_CODE"),
    ("address", "JP_ADDRESS"),
}
CUSTOMERS, UNTOLD = 21_971, 1_072
TABLES = ("category", "customer", "product", "receipt", "store")
#: 100knocks as files and as tables: the source, and what the name of a table is there.
KNOCKS = [("files", "{}.csv"), ("tables", "public.{}")]
#: All that may be about a person where no names are.
TRAITS = {
    ("customer.csv", "customer_id", "SUBJECT_KEY"),
    ("customer.csv", "age", "AGE"),
    ("customer.csv", "sex", "GENDER"),
    ("reserve.csv", "customer_id", "SUBJECT_KEY"),
}


@dataclass(frozen=True)
class Opened:
    """The open data after a scan: what the command answered."""

    scan: Row
    code: int
    inventory: Inventory
    _tables: dict[str, list[Row]]

    def rows(self, table: str, source: str, dataset: str = "") -> list[Row]:
        """Return the rows of one of the inventory's tables on a source, or on one dataset."""
        rows = (row for row in self._tables[table] if row["source"] == source)
        return [row for row in rows if dataset in ("", row["dataset"])]


@pytest.fixture(scope="module")
def opened(
    shared_data: Path, postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    """Scan all of it in one go, from a folder of its own."""
    folder = tmp_path_factory.mktemp("open")
    knocks, fides = postgres_server.create(), postgres_server.create()
    load_knocks(shared_data / "100knocks", postgres_server.url(knocks))
    load_fides(shared_data / "en-fides", postgres_server.url(fides))
    config = folder / "shozai.toml"
    places = {
        "files": f"file://{shared_data}/100knocks",
        "tables": postgres_server.url(knocks),
        "english": postgres_server.url(fides),
        "mail": f"file://{shared_data}/ja-mail",
        **{
            name: f"file://{shared_data}/neg-{name}"
            for name in ("jfagy", "localgov", "awesomebook")
        },
    }
    template.write(config, "".join(template.source(name, url) for name, url in places.items()))
    ended = run_in(folder, "scan", "--json", "--config", str(config))
    tables = {
        name: json.loads(
            run_in(folder, "inventory", name, "--json", "--config", str(config)).stdout
        )[name]
        for name in ("datasets", "fields", "coverage")
    }
    inventory = wiring.inventory(load(config))
    yield Opened(json.loads(ended.stdout), ended.returncode, inventory, tables)
    for database in (knocks, fides):
        postgres_server.drop(database)


def load_knocks(folder: Path, url: str) -> None:
    """Make the tables that ``schema.txt`` names and copy the files into them.

    The made-up receipts repeat their key, so it is left out: a table without one.
    """
    schema = (folder / "schema.txt").read_text("utf-8").split("<<-EOSQL")[1].rsplit("EOSQL", 1)[0]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(schema.encode())
        connection.execute("ALTER TABLE receipt DROP CONSTRAINT receipt_pkey")
        for table in TABLES:
            statement = f"COPY {table} FROM STDIN WITH (FORMAT csv, HEADER true)".encode()
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                copy.write(text_of(folder, table))


def load_fides(folder: Path, url: str) -> None:
    """Run the sample as it is."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute((folder / "postgres_sample.sql").read_bytes())


def text_of(folder: Path, table: str) -> str:
    """Return a table's file without its byte order marks, of which some have two."""
    (path,) = folder.glob(f"{table}*.csv")
    return path.read_text("utf-8").lstrip("\ufeff")


def held(rows: Sequence[Row], about: str = "person") -> set[tuple[str, str]]:
    """Return which field holds what, of those about somebody or something."""
    return {(row["field"], row["entity"]) for row in rows if row["about"] == about}


def named(opened: Opened, source: str, pattern: str, table: str) -> str:
    """Return the name a table of 100knocks has in a source."""
    name = pattern.format(table)
    stems = {row["dataset"].partition("_SYNTH")[0]: row["dataset"] for row in _all(opened, source)}
    return str(stems.get(name.removesuffix(".csv"), name))


def _all(opened: Opened, source: str) -> list[Row]:
    return opened.rows("datasets", source)


def test_all_of_it_is_read(opened: Opened) -> None:
    """Nothing is left unread, and the command says so."""
    assert opened.code == 0
    assert (opened.scan["status"], opened.scan["unread"]) == ("complete", [])


@pytest.mark.parametrize(("source", "pattern"), KNOCKS)
@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_counted(
    opened: Opened, shared_data: Path, source: str, pattern: str, table: str
) -> None:
    """Rows are as many as another reader counts, whatever ends the last line."""
    lines = text_of(shared_data / "100knocks", table).splitlines(keepends=True)
    dataset = named(opened, source, pattern, table)
    (row,) = opened.rows("datasets", source, dataset)
    assert row["rows"] == sum(1 for _ in csv.reader(lines)) - 1


@pytest.mark.parametrize(("source", "pattern"), KNOCKS)
def test_customers_are_persons(opened: Opened, source: str, pattern: str) -> None:
    """Names, birth dates, addresses and postal codes are found as what they are, in every row."""
    fields = opened.rows("fields", source, pattern.format("customer"))
    assert held(fields) == CUSTOMER
    assert len(fields) == len(CUSTOMER)
    hits = {row["field"]: row["hits"] for row in fields}
    assert hits.pop("gender") == CUSTOMERS - UNTOLD
    assert set(hits.values()) == {CUSTOMERS}


@pytest.mark.parametrize(("source", "pattern"), KNOCKS)
@pytest.mark.parametrize("table", ["product", "category"])
def test_goods_are_nobodys(opened: Opened, source: str, pattern: str, table: str) -> None:
    """Products and categories hold nothing at all."""
    assert opened.rows("fields", source, pattern.format(table)) == []


@pytest.mark.parametrize(("source", "pattern"), KNOCKS)
def test_shops_are_organisations(opened: Opened, source: str, pattern: str) -> None:
    """Their telephones and addresses are found in every row, and are no person's."""
    fields = opened.rows("fields", source, pattern.format("store"))
    assert held(fields) == set()
    assert held(fields, "organisation") >= {("tel_no", "PHONE_NUMBER"), ("address", "JP_ADDRESS")}
    assert {row["hits"] for row in fields} == {53}


@pytest.mark.parametrize(("source", "pattern"), KNOCKS)
def test_receipts_only_refer_to_customers(opened: Opened, source: str, pattern: str) -> None:
    """Of a receipt nothing is found but whose it is."""
    dataset = named(opened, source, pattern, "receipt")
    assert held(opened.rows("fields", source, dataset)) == {("customer_id", "SUBJECT_KEY")}


def test_two_byte_order_marks_stay_out_of_names(opened: Opened) -> None:
    """A column is called what its header says, in files that begin with two marks."""
    keys = [row for row in opened.inventory.view().rows("keys") if row["source"] == "files"]
    names = {str(row["field"]) for row in keys}
    assert {"product_cd", "customer_id", "store_cd"} <= names
    assert [name for name in names if not name.isidentifier()] == []


@pytest.mark.parametrize("source", ["jfagy", "localgov", "awesomebook"])
def test_tables_without_names_hold_nobody(opened: Opened, source: str) -> None:
    """Nothing is about a person but keys, ages and genders of customers."""
    found = [row for row in opened.rows("fields", source) if row["about"] == "person"]
    allowed = TRAITS if source == "awesomebook" else set()
    assert {(row["dataset"], row["field"], row["entity"]) for row in found} == allowed


def test_senders_of_mails_are_found(opened: Opened, shared_data: Path) -> None:
    """Whoever wrote a mail is located in it by their address."""
    missed = [
        path.name
        for path in sorted(shared_data.glob("ja-mail/**/*.eml"))
        for sender in senders(path)
        if not located(opened, Entity.EMAIL_ADDRESS, sender)
    ]
    assert missed == []


def test_mails_name_nobody_who_is_not_there(opened: Opened) -> None:
    """Mail servers' reports are full of codes and hosts; cats that write mails pass for persons."""
    found = [row for row in opened.rows("fields", "mail") if row["about"] == "person"]
    assert {row["entity"] for row in found} <= {"EMAIL_ADDRESS", "PERSON"}
    assert sum(row["hits"] for row in found if row["entity"] == "PERSON") in range(2, 160)


def test_english_tables_are_told_by_their_columns(opened: Opened) -> None:
    """E-mail addresses are found in every table that has some; names where a column says name."""
    fields = opened.rows("fields", "english")
    mails = {row["dataset"] for row in fields if row["entity"] == "EMAIL_ADDRESS"}
    tables = ("customer", "employee", "visit", "report", "service_request")
    assert mails >= {f"public.{table}" for table in tables}
    names = {(row["dataset"], row["field"]) for row in fields if row["entity"] == "PERSON"}
    assert names >= {("public.customer", "name"), ("public.employee", "name")}
    of_goods = {"public.product", "public.order_item"}
    assert [row for row in fields if row["dataset"] in of_goods] == []


def senders(path: Path) -> Iterator[str]:
    """Yield the addresses in From, as far as they are addresses."""
    head = email.parser.BytesHeaderParser().parsebytes(path.read_bytes())
    for _, address in email.utils.getaddresses([str(each) for each in head.get_all("From", [])]):
        if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}", address):
            yield address


def located(opened: Opened, entity: Entity, value: str) -> bool:
    """Tell whether a value has a location."""
    token = opened.inventory.tokens.token(kind(entity), normal(entity, value))
    locations = opened.inventory.view()["locations"]
    return bool(locations.count_rows(filter=pc.field("token") == token))
