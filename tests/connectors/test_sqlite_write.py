"""SQLite written to: the laws of changes, as a real file keeps them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.change import Action, Change, Count, Fetched, Outcome, Receipt, Refusal, Why
from connectors.options import Options
from connectors.sqlite import SqliteSource

NAME = "山田太郎_見つけて"
SCHEMA = """
CREATE TABLE people (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER NOT NULL, memo,
  mail VARCHAR(20) NOT NULL UNIQUE CHECK (mail <> 'bad'), photo BLOB,
  boss INTEGER REFERENCES people ON DELETE CASCADE, twice INT AS (age * 2));
CREATE TABLE orders (
  no TEXT PRIMARY KEY, person INTEGER REFERENCES people (id) ON DELETE CASCADE) WITHOUT ROWID;
CREATE TABLE "a:b % x" ("名:前" TEXT, n REAL);
INSERT INTO people (id, name, age, memo, mail, photo, boss) VALUES
  (1, '山田太郎_見つけて', 41, 'x', 'a@x', x'00ff', NULL), (2, 'B', 42, 7, 'b@x', x'e5b1b1', 1),
  (3, 'C', 43, NULL, 'c@x', NULL, 2), (4, 'D', 44, 1.5, 'd@x', NULL, 4),
  (5, 'E', 45, '', 'e@x', '', NULL);
INSERT INTO orders VALUES ('o''1', 1), ('o2', 3);
INSERT INTO "a:b % x" VALUES ('p', 1), ('q', 2);
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a small file."""
    path = tmp_path / "crm.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA)
    return path


@pytest.fixture
def source(path: Path) -> Iterator[SqliteSource]:
    """Open it; it waits for nobody."""
    with SqliteSource("crm", str(path), Options(b"key")) as source:
        source.patience = 0.1
        yield source


def _pk(**key: object) -> str:
    return json.dumps({"pk": key}, separators=(",", ":"), ensure_ascii=False)


def _changes(
    source: SqliteSource, action: Action, dataset: str, records: Sequence[str], **values: str | None
) -> list[Change]:
    (found,) = (one for one in source.fetch(dataset, records) if isinstance(one, Fetched))
    pairs = zip(found.records.to_pylist(), found.versions.to_pylist(), strict=True)
    return [Change(dataset, record, version, action, values) for record, version in pairs]


def _people(source: SqliteSource, action: Action, *ids: int, **values: str | None) -> list[Change]:
    return _changes(source, action, "people", [_pk(id=one) for one in ids], **values)


def _all(path: Path, table: str = "people") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608


def _outcomes(answers: Sequence[Receipt | Refusal]) -> set[Outcome]:
    return {one.outcome for one in answers if isinstance(one, Receipt)}


def _why(source: SqliteSource, changes: Sequence[Change]) -> list[Why]:
    with source.writing(changes) as work:
        assert work.commit() == [] or not work.refused
        return [one.why for one in work.refused]


def test_fetch(source: SqliteSource) -> None:
    """Rows come as a scan gives them, with a version each; what is gone is said so."""
    gone, found = source.fetch("people", [_pk(id=2), _pk(id=9), _pk(id=1)])
    assert isinstance(gone, Refusal)
    assert (gone.record, gone.why) == (_pk(id=9), Why.GONE)
    assert isinstance(found, Fetched)
    assert found.records.to_pylist() == [_pk(id=2), _pk(id=1)]
    assert found.values.column("memo").to_pylist() == ["7", "x"]
    assert found.values.column("photo").to_pylist() == ["山", "00ff"]
    assert NAME not in repr(found)


def test_versions_are_keyed_and_stay(path: Path, source: SqliteSource) -> None:
    """The same row has the same version under the same key, alone or among others."""
    (one,) = _people(source, Action.ERASE, 1)
    assert _people(source, Action.ERASE, 3, 1)[1].version == one.version
    other = SqliteSource("crm", str(path), Options(b"another key"))
    assert _people(other, Action.ERASE, 1)[0].version != one.version


def test_erase_by_any_name(path: Path, source: SqliteSource) -> None:
    """Rows are found by text keys and by their number, and nothing else goes."""
    before = _all(path)
    orders = _changes(source, Action.ERASE, "orders", [_pk(no="o'1")])
    odd = _changes(source, Action.ERASE, "a:b % x", ['{"rowid":2}'])
    receipts = source.erase([*orders, *odd])
    assert _outcomes(receipts) == {Outcome.DONE}
    assert _all(path, "orders") == [("o2", 3)]
    assert _all(path) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute('SELECT * FROM "a:b % x"').fetchall() == [("p", 1.0)]


def test_erase_leaves_no_trace(path: Path, source: SqliteSource) -> None:
    """Neither the file nor its log holds what was erased; the journal's mode stays."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE people SET boss = NULL")
        connection.execute("DELETE FROM orders")
        connection.commit()
    source.erase(_people(source, Action.ERASE, 1))
    beside = b"".join(one.read_bytes() for one in path.parent.iterdir())
    assert NAME.encode() not in beside
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_counts_and_again(path: Path, source: SqliteSource) -> None:
    """Intents tell how many rows there will be; again, all is done already."""
    plan = _people(source, Action.ERASE, 1, 2, 3)
    plan += _changes(source, Action.ERASE, "orders", [_pk(no="o'1"), _pk(no="o2")])
    for outcome in (Outcome.DONE, Outcome.ALREADY):
        with source.writing(plan) as work:
            counts = set(work.intents[0].counts)
            assert counts == {Count("people", 2, 0, 2), Count("orders", 0, 0, 0)}
            assert {one.outcome for one in work.commit()} == {outcome}
    assert [row[0] for row in _all(path)] == [4, 5]


def test_no_silent_cascade(path: Path, source: SqliteSource) -> None:
    """What rows outside the plan refer to stays, though the schema would cascade."""
    before = _all(path)
    (refused,) = source.erase(_people(source, Action.ERASE, 1))
    assert isinstance(refused, Refusal)
    assert refused.why is Why.REFERENCED
    assert "orders" in refused.sentence
    assert _all(path) == before


def test_itself_is_no_referrer(path: Path, source: SqliteSource) -> None:
    """A row that refers only to itself can go."""
    source.erase(_people(source, Action.ERASE, 4))
    assert [row[0] for row in _all(path)] == [1, 2, 3, 5]


def test_nothing_is_seen_before_commit(path: Path, source: SqliteSource) -> None:
    """Until the last step others read the old rows, and leaving undoes all."""
    before = _all(path)
    with source.writing(_people(source, Action.ERASE, 5)) as work:
        assert work.intents
        assert _all(path) == before
    assert _all(path) == before


def test_changed_since(path: Path, source: SqliteSource) -> None:
    """One row changed since it was fetched, and nothing of the plan is done."""
    plan = _people(source, Action.ERASE, 4, 5)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE people SET age = 46 WHERE id = 5")
        connection.commit()
    before = _all(path)
    assert _why(source, plan) == [Why.CHANGED]
    assert _why(source, [replace(plan[1], action=Action.BLANK, values={"memo": "m"})]) == [
        Why.CHANGED
    ]
    assert _all(path) == before


def test_locked(path: Path, source: SqliteSource) -> None:
    """Where another program is writing, the plan is refused."""
    plan = _people(source, Action.ERASE, 5)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _why(source, plan) == [Why.LOCKED]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"mail": None}, Why.REQUIRED),
        ({"mail": "bad"}, Why.CHECK),
        ({"mail": "a@x"}, Why.UNIQUE),
        ({"age": "old"}, Why.WRONG_TYPE),
        ({"nowhere": "x"}, Why.NO_FIELD),
        ({"id": "9"}, Why.BY_HAND),
        ({"twice": "9"}, Why.BY_HAND),
        ({"boss": "99"}, Why.REFERENCED),
    ],
)
def test_refused_values(path: Path, source: SqliteSource, values: dict[str, str], why: Why) -> None:
    """A value that the table can't hold is refused with its kind, and nothing is written."""
    before = _all(path)
    assert _why(source, _people(source, Action.CORRECT, 5, **values)) == [why]
    assert _all(path) == before


def test_correct(path: Path, source: SqliteSource) -> None:
    """Values keep their kinds: numbers, blobs, text; again changes nothing."""
    plan = _people(source, Action.CORRECT, 2, age="52", photo="川", memo="m", boss="5")
    assert _outcomes(source.correct(plan)) == {Outcome.DONE}
    assert _all(path)[1] == (2, "B", 52, "m", "b@x", "川".encode(), 5, 104)
    assert _outcomes(source.correct(plan)) == {Outcome.ALREADY}


def test_blank(path: Path, source: SqliteSource) -> None:
    """Blanked is NULL, else nothing of the type, else a neutral word; again is the same."""
    values = dict.fromkeys(("name", "age", "mail", "photo"))
    plan = _people(source, Action.BLANK, 4, 5, **values, memo="消")
    assert _why(source, plan) == []
    four, five = _all(path)[3:]
    assert four[:4] == (4, "", 0, "消")
    assert str(four[4]).startswith("消去-")
    assert four[4] != five[4]
    assert four[5] is None
    again = _people(source, Action.BLANK, 4, 5, name=None, age=None, mail=None)
    assert _outcomes(source.blank(again)) == {Outcome.ALREADY}


def test_views_are_by_hand(path: Path, source: SqliteSource) -> None:
    """A view's rows are another table's."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW names AS SELECT id, name FROM people")
    (refused,) = source.fetch("names", ['{"digest":"00","n":1}'])
    assert isinstance(refused, Refusal)
    assert refused.why is Why.BY_HAND


def test_triggers_are_seen(path: Path, source: SqliteSource) -> None:
    """A trigger that takes other rows along, or keeps the row, is refused."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TRIGGER more AFTER DELETE ON people BEGIN DELETE FROM people WHERE id = 4; END"
        )
    before = _all(path)
    assert _why(source, _people(source, Action.ERASE, 5)) == [Why.BY_HAND]
    assert _all(path) == before


def test_text_in_cp932(path: Path, source: SqliteSource) -> None:
    """A key that an old program left in CP932 finds its row."""
    with closing(sqlite3.connect(path)) as connection:
        name = "髙島".encode("cp932")
        connection.execute("INSERT INTO orders VALUES (CAST(? AS TEXT), NULL)", [name])
        connection.commit()
    plan = _changes(source, Action.ERASE, "orders", [_pk(no="髙島")])
    assert _outcomes(source.erase(plan)) == {Outcome.DONE}
