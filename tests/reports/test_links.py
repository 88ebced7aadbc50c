"""Links: which columns hold keys of people, and in which role."""

from __future__ import annotations

import pyarrow as pa

from connectors.place import Dataset, ForeignKey
from reports import tables
from reports.links import declared, subject_keys
from reports.token import Tokens
from scanners.finding import About, Role
from scanners.verdict import TableVerdict

TOKENS = Tokens(bytes(range(32)))


def _dataset(name: str, *foreign: tuple[str, str, str], key: str = "") -> Dataset:
    keys = tuple(ForeignKey((field,), dataset, (refers,)) for field, dataset, refers in foreign)
    return Dataset(name, "table", (), primary_key=(key,) if key else (), foreign_keys=keys)


DATASETS = (
    _dataset("public.customers", ("introducer_id", "public.customers", "id"), key="id"),
    _dataset("public.employees", key="employee_id"),
    _dataset("public.profiles", ("customer", "public.customers", "id"), key="customer"),
    _dataset(
        "public.orders",
        ("customer_id", "public.customers", "id"),
        ("staff_id", "public.employees", "employee_id"),
        ("product_id", "public.products", "product_id"),
        key="order_id",
    ),
    _dataset("public.points", ("profile", "public.profiles", "customer"), key="point_id"),
    _dataset(
        "public.transfers", ("payer", "public.customers", "id"), ("payee", "public.customers", "id")
    ),
    _dataset("public.audit", ("handled_by", "public.employees", "employee_id")),
    _dataset("public.products", key="product_id"),
    _dataset("members.csv"),
)
PERSON = TableVerdict(About.PERSON, {})
VERDICTS = {
    "public.customers": PERSON,
    "public.employees": PERSON,
    "public.products": TableVerdict(About.THING, {}),
    "members.csv": TableVerdict(About.PERSON, {}, key="会員番号"),
}


def test_which_fields_are_keys_of_people() -> None:
    """Keys of tables of persons and all that refer to them, over chains, each with its role."""
    found = {
        f"{key.dataset.removeprefix('public.')}.{key.field}": key.role
        for keys in subject_keys(DATASETS, VERDICTS).values()
        for key in keys
    }
    assert found == {
        "customers.id": Role.SELF,
        "customers.introducer_id": Role.MENTION,
        "employees.employee_id": Role.SELF,
        "profiles.customer": Role.SELF,
        "orders.customer_id": Role.SELF,
        "orders.staff_id": Role.MENTION,
        "points.profile": Role.SELF,
        "transfers.payer": Role.MENTION,
        "transfers.payee": Role.MENTION,
        "audit.handled_by": Role.MENTION,
        "members.csv.会員番号": Role.SELF,
    }


def test_declared_links() -> None:
    """Foreign keys between keys of people are links, with ids that stay; others aren't."""
    keys = subject_keys(DATASETS, VERDICTS)
    links = declared("crm", DATASETS, TOKENS, keys)
    assert len(links) == 8
    assert pa.Table.from_pylist(links, tables.LINKS).column("status").unique().to_pylist() == [
        "declared"
    ]
    assert [link["id"] for link in links] == [
        link["id"] for link in declared("crm", DATASETS, TOKENS, keys)
    ]
    assert len({link["id"] for link in links}) == len(links)
