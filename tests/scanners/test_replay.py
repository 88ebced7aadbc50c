"""Replay: stored profiles give the verdicts that the data gave, and hold none of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import pyarrow as pa
import pytest

from scanners import naming, words
from scanners.columns import judge, profiles, verdict
from scanners.errors import UnknownFormat
from scanners.finding import Entity
from scanners.profile import Profile
from scanners.replay import needs, replay, treatment
from scanners.rules import RULES, Least, Rules
from scanners.stored import from_json, to_json
from scanners.verdict import Column, TableVerdict
from tests.benchmarks.columns import LAYOUTS, Made, tables

TABLES = tuple(tables(seed=5, each=1))
STRICT = replace(
    RULES,
    some=0.9,
    most=0.95,
    early=0.5,
    alone={**RULES.alone, Entity.PERSON: Least(0.99, 20), Entity.JP_MY_NUMBER: Least(0.95, 30)},
)
LAX = replace(RULES, many=1.1, beside={**RULES.beside, Entity.JP_POSTAL_CODE: Least(0.5, 5)})


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A table in a layout: its head, its profiles as counted, and as they were stored and read."""

    name: str
    head: pa.RecordBatch
    fresh: Sequence[Profile]
    kept: Sequence[Profile]


@pytest.fixture(scope="module")
def shown() -> list[Shown]:
    """Return every table of the benchmark in every layout."""
    return [_shown(table, layout) for layout in LAYOUTS for table in TABLES]


def _shown(table: Made, layout: str) -> Shown:
    headers = table.named(layout, Random(f"{table.kind.name}/{layout}"))  # noqa: S311 - no secret
    head = pa.RecordBatch.from_arrays([cells.slice(0, 40) for cells in table.cells], list(headers))
    fresh = profiles(head, told(head))
    return Shown(table.name, head, fresh, stored(fresh))


def told(head: pa.RecordBatch) -> list[Column]:
    """Tell of the columns that they have a type."""
    return [Column(field.name, str(field.type)) for field in head.schema]


def stored(given: Sequence[Profile]) -> list[Profile]:
    """Store profiles and read them."""
    return [from_json(to_json(one), one.column.name) for one in given]


def test_a_stored_profile_gives_the_same_verdict(shown: list[Shown]) -> None:
    """Whatever the table and its headers: what is judged from storage is judged from the data."""
    for one in shown:
        assert one.kept == one.fresh
        assert verdict(one.kept, one.name) == verdict(one.fresh, one.name)
    for one in shown[::9]:
        assert replay(one.kept, name=one.name) == judge(one.head, told(one.head), one.name)


@pytest.mark.parametrize("rules", [STRICT, LAX], ids=["strict", "lax"])
def test_changed_thresholds_are_heard_without_the_data(shown: list[Shown], rules: Rules) -> None:
    """Under other numbers a replay says what a fresh read says, and not what was said before."""
    changed = 0
    for one in shown:
        again = replay(one.kept, rules, one.name)
        assert again == verdict(one.fresh, one.name, rules)
        changed += again != replay(one.kept, name=one.name)
    assert changed > 10
    for one in shown[::9]:
        assert replay(one.kept, rules, one.name) == judge(one.head, told(one.head), one.name, rules)


def test_a_changed_word_is_heard_without_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of a column is read anew: a word learnt since says what its values are."""
    head = pa.RecordBatch.from_pydict({"zokugara": ["1", "2", "1"], "name": ["石田 章"] * 3})
    texts = [(one.column.name, to_json(one)) for one in profiles(head, told(head))]
    assert "zokugara" not in judge(head, told(head)).fields
    monkeypatch.setitem(words.WORDS, "zokugara", Entity.GENDER)
    naming._more.cache_clear()
    naming._known.cache_clear()
    kept = [from_json(text, name) for name, text in texts]
    assert replay(kept).fields["zokugara"][0].entity is Entity.GENDER
    assert replay(kept) == judge(head, told(head))


def test_no_value_is_stored(shown: list[Shown]) -> None:
    """Nothing of a cell is in what is kept, nor the name of its column."""
    for one in shown:
        for profile, column in zip(one.kept, one.head.columns, strict=True):
            texts = _texts(json.loads(to_json(profile)))
            values = {str(value) for value in column.to_pylist() if len(str(value)) > 4}
            assert not texts & (values | {profile.column.name})


def test_every_recognizer_that_saw_anything_is_counted() -> None:
    """Not only what a verdict holds is kept: among random numbers a tenth pass a check digit."""
    numbers = [f"{(202610160001 + 7 * step) % 10**12:012d}" for step in range(400)]
    (kept,) = profiles(pa.RecordBatch.from_pydict({"c1": numbers}), [])
    rate = kept.rate(Entity.JP_MY_NUMBER)
    assert (rate.fits, rate.of) == (400, 400)
    assert 20 < rate.knows < 60
    assert verdict([kept]).fields == {}


def test_an_unknown_format_is_refused() -> None:
    """A profile of another version is no profile of this one."""
    with pytest.raises(UnknownFormat):
        from_json('{"format": 0}', "c1")


def judged(columns_: dict[str, list[str]]) -> TableVerdict:
    """Judge columns given as lists."""
    head = pa.RecordBatch.from_pydict(columns_)
    return judge(head, told(head))


def test_only_what_needs_new_tokens_is_read_again() -> None:
    """A field that became an entity is read again; one whose role or score changed is not."""
    names = ["石田 章", "佐藤 花子", "鈴木 一郎"]
    days = ["1950-01-01", "1980-01-01", "2000-01-01"]
    old = judged({"氏名": names, "日": days, "メモ": ["a", "b", "c"]})
    new = judged({"担当者氏名": names, "生年月日": days, "メモ": ["a", "b", "c"]})
    renamed = replace(
        new,
        fields={"氏名": new.fields["担当者氏名"], "日": new.fields["生年月日"]},
        labels=new.labels - {"担当者氏名", "生年月日"} | {"氏名"},
        codes=new.codes - {"生年月日"},
    )
    assert to_reread(old, renamed) == {"日"}
    assert to_reread(old, old) == set()
    assert to_reread(renamed, old) == {"日"}


def to_reread(old: TableVerdict, new: TableVerdict) -> set[str]:
    """Return the fields whose values must be read for the new verdict."""
    fields = {*old.fields, *new.fields, *old.labels, *new.labels, *old.codes, *new.codes}
    return {name for name in fields if needs(treatment(old, name), treatment(new, name))}


def _texts(stored: object) -> set[str]:
    if isinstance(stored, dict):
        return set().union(*map(_texts, stored.keys()), *map(_texts, stored.values()))
    return {stored} if isinstance(stored, str) else set()
