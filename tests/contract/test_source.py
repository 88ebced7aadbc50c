"""What every connector promises of listing and naming, kept for every store."""

from __future__ import annotations

import json

import pytest

from connectors.errors import SourceError
from connectors.options import Options
from connectors.place import Batch
from connectors.registry import open_source
from tests.calls import calls
from tests.contract import reading
from tests.contract.reading import COLUMNS, VALUES
from tests.contract.stores.base import SECRET, Kind, Store, digest


def test_fields_are_as_declared(store: Store) -> None:
    """A batch's columns are the dataset's fields, in their order."""
    dataset = store.fill("people", COLUMNS, list(reading.people(3)))
    (found,) = [one for one in reading.datasets(store) if one.name == dataset]
    fields = store.fields(list(COLUMNS))
    assert [field.name for field in found.fields] == fields
    assert all(one.values.schema.names == fields for one in reading.batches(store, dataset))


def test_records_are_unique_compact_json(store: Store) -> None:
    """Each row has a name of its own, written as compact JSON."""
    dataset = store.fill("people", COLUMNS, list(reading.people(500)))
    names = reading.names(store, dataset)
    assert len(set(names)) == len(names) == 500
    assert all(_compact(name) == name for name in names)


def test_records_stay_the_same(store: Store) -> None:
    """Two scans name the same rows the same, in the same order."""
    dataset = store.fill("people", COLUMNS, list(reading.people(500)))
    assert reading.names(store, dataset) == reading.names(store, dataset)


def test_records_lead_back(store: Store) -> None:
    """A record's name finds the row it was given to."""
    dataset = store.fill("people", COLUMNS, list(reading.people(40)))
    for batch in reading.batches(store, dataset):
        for name, row in zip(batch.records.to_pylist(), reading.rows(batch), strict=True):
            found = store.find("people", json.loads(name))
            assert digest([found]) == digest([row])


def test_text_keys_lead_back(store: Store) -> None:
    """So it does where the key is text that JSON must escape."""
    dataset = store.fill("odd", {"code": str, "n": int}, [(value, 1) for value in VALUES])
    for batch in reading.batches(store, dataset):
        for name, row in zip(batch.records.to_pylist(), reading.rows(batch), strict=True):
            assert store.find("odd", json.loads(name))[0] == row[0]


def test_batches_are_bounded(store: Store, kind: Kind) -> None:
    """No batch is large, and their ordinals leave no gap."""
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    ordinal = 0
    for batch in reading.batches(store, dataset):
        assert batch.ordinal == ordinal
        assert batch.values.num_rows == len(batch.records) <= 50_000
        assert batch.values.nbytes <= 32 * 2**20
        ordinal += batch.values.num_rows
    assert ordinal == kind.many


def test_reading_can_stop(store: Store, kind: Kind) -> None:
    """Whoever wants only the head doesn't read the rest."""
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    with store.source() as source:
        (part, *_) = reading.partitions(source, dataset)
        rest, head = source.read(part), source.read(part)
        assert isinstance(next(rest), Batch)
        read = calls(lambda: list(rest))
        assert isinstance(next(head), Batch)
        assert calls(head.close) < read / 2  # type: ignore[attr-defined]


def test_listing_is_stable(store: Store) -> None:
    """Datasets come in the same order, each with its partitions numbered from 0."""
    for name in ("b", "a", "c"):
        store.fill(name, COLUMNS, list(reading.people(1)))
    first, second = reading.datasets(store), reading.datasets(store)
    assert [one.name for one in first] == [one.name for one in second]
    assert all(p.number == n for one in first for n, p in enumerate(one.partitions))


def test_check_says_what_is_there(store: Store) -> None:
    """A source that can be reached answers in a few words."""
    store.fill("people", COLUMNS, list(reading.people(1)))
    with store.source() as source:
        assert 0 < len(source.check()) < 100


@pytest.mark.needs("guarded")
def test_no_secret_is_told(store: Store) -> None:
    """A source that can't be opened fails in one sentence without the secret in its URL."""
    for url in store.broken():
        with pytest.raises(SourceError) as failure:
            open_source("store", url, Options(b"key")).check()
        said = str(failure.value)
        assert SECRET not in said
        assert "Traceback" not in said
        assert "\n" not in said
        assert said.endswith(".")
        assert failure.value.__cause__ is None
        assert SECRET not in repr(open_source("store", url, Options(b"key")))


def _compact(name: str) -> str:
    return json.dumps(json.loads(name), ensure_ascii=False, separators=(",", ":"))
