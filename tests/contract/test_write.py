"""The laws of changing single records, kept for every store that can be written to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.change import Action, Fetched, Outcome, Refusal, Why
from tests.contract import reading, writing
from tests.contract.stores.base import Kind, Store

pytestmark = pytest.mark.needs("writes")

#: The first, two that lie together, and the last of 60.
TARGETS = (0, 20, 21, 59)
NEW = "訂正済 <&> 'ok'"


def test_records_are_fetched_as_they_stand(store: Store) -> None:
    """Each comes with its values and a version of its own; one that is gone is told."""
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer:
        (found,) = writer.fetch(dataset, [names[5], names[50]])
        (gone,) = writer.fetch(dataset, [_missing(names[0])])
    assert isinstance(found, Fetched)
    assert found.records.to_pylist() == [names[5], names[50]]
    values = [tuple(row.values()) for row in found.values.to_pylist()]
    assert writing.text(values) == writing.text([rows[5], rows[50]])
    assert found.versions[0] != found.versions[1]
    assert isinstance(gone, Refusal)
    assert (gone.dataset, gone.why) == (dataset, Why.GONE)


def test_versions_change_with_the_record(store: Store) -> None:
    """Fetched twice, a record has the same version, until it is changed."""
    dataset, names, _ = writing.filled(store)
    with store.writer() as writer:
        asked = (writer, dataset, [names[7]], Action.CORRECT, _memo(store))
        first, again = writing.changes(*asked), writing.changes(*asked)
        writing.receipts(writer.correct(again))
        assert first[0].version == again[0].version != writing.changes(*asked)[0].version


def test_erasing_leaves_the_others(store: Store, kind: Kind) -> None:
    """A1 = A0 - B0, B1 = 0, C1 = C0: the named records are gone, and nothing else."""
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, [names[n] for n in TARGETS], Action.ERASE)
        with writer.writing(changes) as work:
            counts = [count for intent in work.intents for count in intent.counts]
            receipts = work.commit()
    left = store.rows("people")
    others = len(rows) - len(TARGETS)
    assert [(one.dataset, one.all, one.target, one.other) for one in counts] == [
        (dataset, others, 0, others)
    ]
    if kind.rows_go:
        assert left == writing.without(rows, TARGETS)
    else:
        assert writing.without(left, TARGETS) == writing.without(rows, TARGETS)
        assert all(not any(writing.text([left[n]])[0]) for n in TARGETS if n < len(left))
    assert [(one.record, one.outcome) for one in receipts] == [
        (names[n], Outcome.DONE) for n in TARGETS
    ]
    assert all(one.before for one in receipts)


def test_correcting_leaves_the_others(store: Store) -> None:
    """The named field of the named records has the new value, and all else the old."""
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer:
        records = [names[n] for n in TARGETS]
        changes = writing.changes(writer, dataset, records, Action.CORRECT, _memo(store))
        receipts = writing.receipts(writer.correct(changes))
    wanted = [(*row[:2], NEW) if n in TARGETS else row for n, row in enumerate(rows)]
    assert writing.text(store.rows("people")) == writing.text(wanted)
    assert all(one.after and one.after != one.before for one in receipts)


def test_blanking_leaves_the_others(store: Store) -> None:
    """The named field of the named records is empty, and all else as it was."""
    dataset, names, rows = writing.filled(store)
    name = store.fields(["name"])[0]
    with store.writer() as writer:
        records = [names[n] for n in TARGETS]
        changes = writing.changes(writer, dataset, records, Action.BLANK, {name: None})
        writing.receipts(writer.blank(changes))
    wanted = [(row[0], "", row[2]) if n in TARGETS else row for n, row in enumerate(rows)]
    assert writing.text(store.rows("people")) == writing.text(wanted)


@pytest.mark.needs("shared")
def test_preparing_shows_nothing(store: Store) -> None:
    """Until the last step others see all as it was; without it nothing is left of the attempt."""
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, names[:3], Action.ERASE)
        with writer.writing(changes) as work:
            assert not work.refused
            assert len(work.intents) == 1
            assert store.rows("people") == rows
    assert store.rows("people") == rows
    assert [one.name for one in reading.datasets(store)] == [dataset]


def test_again_changes_nothing(store: Store) -> None:
    """The same changes, with the intents of the first time, are told as done already."""
    dataset, names, _ = writing.filled(store)
    with store.writer() as writer:
        erased = writing.changes(writer, dataset, names[:3], Action.ERASE)
        corrected = writing.changes(writer, dataset, names[3:5], Action.CORRECT, _memo(store))
        changes = [*erased, *corrected]
        with writer.writing(changes) as work:
            intents = work.intents
            work.commit()
        once = store.rows("people")
        with writer.writing(changes, intents) as work:
            receipts = work.commit()
            assert not work.refused
    assert {one.outcome for one in receipts} == {Outcome.ALREADY}
    assert {one.record for one in receipts} == set(names[:5])
    assert store.rows("people") == once


def test_what_changed_is_not_touched(store: Store) -> None:
    """A record that is another than the one fetched is refused, and with it all of its unit."""
    dataset, names, _ = writing.filled(store)
    with store.writer() as writer:
        old = writing.changes(writer, dataset, names[:3], Action.ERASE)
        newer = writing.changes(writer, dataset, [names[1]], Action.CORRECT, _memo(store))
        writing.receipts(writer.correct(newer))
        rows = store.rows("people")
        refused = writing.refusals(writer.erase(old))
    assert Why.CHANGED in {one.why for one in refused}
    assert names[1] in {one.record for one in refused}
    assert store.rows("people") == rows


def test_one_refusal_leaves_the_unit(store: Store) -> None:
    """Among many good changes one that can't be made keeps all of them from being made."""
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, names[:5], Action.ERASE)
        changes[2] = replace(changes[2], action=Action.CORRECT, values={"no such field": "x"})
        with writer.writing(changes) as work:
            assert work.intents == ()
            assert {(one.record, one.why) for one in work.refused} >= {(names[2], Why.NO_FIELD)}
            assert work.commit() == []
    assert store.rows("people") == rows


def test_many_records_at_once(store: Store) -> None:
    """300 records of a thousand go in one step."""
    dataset, names, rows = writing.filled(store, 1_000)
    places = range(0, 900, 3)
    with store.writer() as writer:
        changes = writing.changes(
            writer, dataset, [names[n] for n in places], Action.CORRECT, _memo(store)
        )
        assert len(writing.receipts(writer.correct(changes))) == 300
    wanted = [(*row[:2], NEW) if n in places else row for n, row in enumerate(rows)]
    assert writing.text(store.rows("people")) == writing.text(wanted)


def test_only_what_was_asked(store: Store) -> None:
    """``erase`` takes no corrections: a plan can't do what its step doesn't say."""
    dataset, names, _ = writing.filled(store)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, names[:1], Action.CORRECT, _memo(store))
        with pytest.raises(ValueError, match="erase"):
            writer.erase(changes)


def test_nothing_is_told_of_values(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    """No repr, sentence or receipt holds a value, nor does anything reach the terminal."""
    dataset, names, _ = writing.filled(store)
    field = store.fields(["memo"])[0]
    with store.writer() as writer:
        found = list(writer.fetch(dataset, names[:2]))
        changes = writing.changes(writer, dataset, names[:1], Action.CORRECT, {field: "Kanariya"})
        stale = [replace(changes[0], version="0" * 32)]
        said = [*found, *changes, *writer.correct(stale), *writer.correct(changes)]
    printed = capfd.readouterr()
    for one in (*map(repr, said), printed.out, printed.err):
        assert "Kanariya" not in one
        assert "山田" not in one


def _memo(store: Store) -> dict[str, str | None]:
    return {store.fields(["memo"])[0]: NEW}


def _missing(name: str) -> str:
    """Return a name of the same kind that no record has."""
    return name.replace("1", "987654").replace("2", "987654")
