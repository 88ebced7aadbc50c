"""What a database's own rules refuse: told by their kind before anything is done."""

from __future__ import annotations

import pytest

from connectors.change import Action, Change, Refusal, Why
from tests.contract import reading, writing
from tests.contract.stores.base import Kind, Store

pytestmark = pytest.mark.needs("writes", "sql")

RULED = (
    "CREATE TABLE ruled (id integer PRIMARY KEY, name varchar(10) NOT NULL, age integer,"
    " mail varchar(40) UNIQUE, CHECK (age < 200))"
)
FAMILY = (
    "CREATE TABLE parent (id integer PRIMARY KEY, name varchar(10))",
    """CREATE TABLE child (id integer PRIMARY KEY, parent integer,
    FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE {on_delete})""",
    "INSERT INTO parent VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    "INSERT INTO child VALUES (10, 1), (11, 1), (12, 2)",
)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("name", None, Why.REQUIRED),
        ("age", "200", Why.CHECK),
        ("age", "alt", Why.WRONG_TYPE),
        ("mail", "b@example.jp", Why.UNIQUE),
        ("nick", "x", Why.NO_FIELD),
    ],
)
def test_rules_are_told(store: Store, field: str, value: str | None, why: Why) -> None:
    """A value that the table would not take is refused for what it breaks, and isn't repeated."""
    _is_refused(store, field, value, why)


@pytest.mark.needs("lengths")
def test_lengths_are_told(store: Store) -> None:
    """So is one that is longer than the column, never cut."""
    _is_refused(store, "name", "elf Zeichen", Why.TOO_LONG)


def _is_refused(store: Store, field: str, value: str | None, why: Why) -> None:
    store.execute(RULED)
    store.execute(
        "INSERT INTO ruled VALUES (1, 'a', 20, 'a@example.jp'), (2, 'b', 30, 'b@example.jp')"
    )
    dataset = store.dataset("ruled")
    rows = store.rows("ruled")
    with store.writer() as writer:
        (name, _) = reading.names(store, dataset)
        changes = writing.changes(writer, dataset, [name], Action.CORRECT, {field: value})
        (refused,) = writing.refusals(writer.correct(changes))
    assert (refused.dataset, refused.record, refused.why) == (dataset, name, why)
    assert value is None or value == "x" or value not in refused.sentence
    assert refused.sentence.endswith(".")
    assert store.rows("ruled") == rows


def test_blanking_honours_the_rules(store: Store) -> None:
    """Where NULL can't be, what the type has for nothing stands; what is unique stays so."""
    store.execute(
        "CREATE TABLE strict (id integer PRIMARY KEY, name varchar(10) NOT NULL,"
        " mail varchar(40) NOT NULL UNIQUE, age integer NOT NULL)",
        "INSERT INTO strict VALUES (1, 'a', 'a@example.jp', 20), (2, 'b', 'b@example.jp', 30)",
    )
    dataset = store.dataset("strict")
    with store.writer() as writer:
        names = reading.names(store, dataset)
        fields = dict.fromkeys(("name", "mail", "age"))
        changes = writing.changes(writer, dataset, names, Action.BLANK, fields)
        assert len(writing.receipts(writer.blank(changes))) == 2
    first, second = store.rows("strict")
    assert (first[1], first[3]) == (second[1], second[3]) == ("", 0)
    assert first[2] != second[2]
    assert "@" not in f"{first[2]}{second[2]}"


@pytest.mark.needs("cascades")
@pytest.mark.parametrize("on_delete", ["CASCADE", "SET NULL", "RESTRICT"])
def test_nothing_goes_with_it_in_silence(store: Store, on_delete: str) -> None:
    """A row others refer to isn't erased while they do, whatever the table would do to them."""
    _family(store, on_delete)
    with store.writer() as writer:
        names = reading.names(store, store.dataset("parent"))
        changes = writing.changes(writer, store.dataset("parent"), names[:1], Action.ERASE)
        (refused,) = writing.refusals(writer.erase(changes))
    assert refused.why is Why.REFERENCED
    assert (len(store.rows("parent")), len(store.rows("child"))) == (3, 3)
    assert {row[1] for row in store.rows("child")} == {1, 2}


@pytest.mark.needs("cascades")
@pytest.mark.parametrize("on_delete", ["CASCADE", "RESTRICT"])
def test_a_family_goes_together(store: Store, on_delete: str) -> None:
    """Named together, in any order, the referring and the referred to go in one step."""
    _family(store, on_delete)
    with store.writer() as writer:
        changes = [
            *_named(store, "parent", [0]),
            *_named(store, "child", [0, 1]),
        ]
        receipts = writing.receipts(writer.erase(changes))
    assert len(receipts) == 3
    assert [row[0] for row in store.rows("parent")] == [2, 3]
    assert [row[0] for row in store.rows("child")] == [12]


@pytest.mark.needs("guarded")
def test_an_account_that_only_reads_is_refused(store: Store, kind: Kind) -> None:
    """It can fetch, and is told that it may not write."""
    dataset, names, rows = writing.filled(store)
    del kind
    store.write_url = store.url
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, names[:1], Action.ERASE)
        answers = writer.erase(changes)
    assert [one.why for one in answers if isinstance(one, Refusal)] == [Why.NO_RIGHT]
    assert store.rows("people") == rows


def _family(store: Store, on_delete: str) -> None:
    store.execute(*(statement.format(on_delete=on_delete) for statement in FAMILY))


def _named(store: Store, table: str, places: list[int]) -> list[Change]:
    dataset = store.dataset(table)
    with store.writer() as writer:
        names = reading.names(store, dataset)
        records = [names[place] for place in places]
        return writing.changes(writer, dataset, records, Action.ERASE)
