"""Names and values that would break out of a statement, a path or a line."""

from __future__ import annotations

import json

import pytest

from tests.contract import reading
from tests.contract.reading import VALUES
from tests.contract.stores.base import Store, digest

HOSTILE = [
    '"; drop table x; --',
    "a b",
    "顧客",
    "o'clock",
    "per%cent",
    "b\\slash",
    "{x}",
    "%(name)s",
    ":name ?",
    "`tick`",
    "[x]",
    "é́ and e",
    "漢" * 20,  # 60 bytes: PostgreSQL takes 63, MariaDB 64 characters
]


@pytest.mark.needs("any_name")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(store: Store, name: str) -> None:
    """A table's and a column's name may be anything the store takes."""
    dataset = store.fill(name, {f"{name} id": int, name: str}, [(1, "a"), (2, name)])
    rows = [row for batch in reading.batches(store, dataset) for row in reading.rows(batch)]
    assert [row[1] for row in rows] == ["a", name]
    assert (len(rows), digest(rows)) == store.truth(name)


@pytest.mark.needs("astral")
def test_an_emoji_in_a_name(store: Store) -> None:
    """MariaDB takes none; all others do."""
    test_hostile_names(store, "😀 表")


def test_hostile_values(store: Store) -> None:
    """Values come as they are, in the key and beside it, also where lines are told apart."""
    rows = [(value, value) for value in (*VALUES, *HOSTILE)]
    dataset = store.fill("odd", {"code": str, "memo": str}, rows)
    read = [row for batch in reading.batches(store, dataset) for row in reading.rows(batch)]
    assert sorted(map(str, read)) == sorted(map(str, store.rows("odd"))) == sorted(map(str, rows))
    assert all(json.loads(name) for name in reading.names(store, dataset))
