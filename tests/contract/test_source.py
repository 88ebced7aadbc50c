"""What every connector promises, kept for every store."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import pytest

from connectors.base import Source
from connectors.errors import SourceError
from connectors.options import Options
from connectors.place import Batch, Dataset, Unread
from connectors.registry import open_source

Row = tuple[object, ...]

SECRET = "s3cr3t-Pässwort"
COLUMNS = {"id": int, "name": str, "memo": str}
HOSTILE = ['"; drop table x; --', "😀 表", "a b", "顧客", "o'clock", "per%cent", "b\\slash", "{x}"]
VALUES = [
    '"quoted"',
    "two\nlines",
    "tab\there",
    "back\\slash",
    "髙橋 﨑",
    "😀",
    "'; DELETE FROM t; --",
    " spaces ",
]


class Store(Protocol):
    """A store under test, as ``conftest`` makes it."""

    url: str

    def source(self) -> Source: ...  # noqa: D102
    def digest(self, rows: Sequence[Row]) -> int: ...  # noqa: D102
    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str: ...  # noqa: D102
    def truth(self, name: str) -> tuple[int, int]: ...  # noqa: D102
    def find(self, name: str, record: Mapping[str, object]) -> Row: ...  # noqa: D102
    def close_off(self, name: str) -> None: ...  # noqa: D102
    def broken(self) -> list[str]: ...  # noqa: D102


def test_everything_is_read(store: Store) -> None:
    """Rows and checksum are the store's own."""
    dataset = store.fill("people", COLUMNS, list(_people(1_234)))
    rows = [row for batch in _batches(store, dataset) for row in _rows(batch)]
    assert (len(rows), store.digest(rows)) == store.truth("people")


def test_fields_are_as_declared(store: Store) -> None:
    """A batch's columns are the dataset's fields, in their order."""
    dataset = store.fill("people", COLUMNS, list(_people(3)))
    (found,) = [one for one in _datasets(store) if one.name == dataset]
    assert [field.name for field in found.fields] == list(COLUMNS)
    assert all(batch.values.schema.names == list(COLUMNS) for batch in _batches(store, dataset))


@pytest.mark.parametrize("count", [0, 1])
def test_empty_and_single(store: Store, count: int) -> None:
    """A table with no row or one is a dataset like any other."""
    dataset = store.fill("few", COLUMNS, list(_people(count)))
    assert sum(batch.values.num_rows for batch in _batches(store, dataset)) == count


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(store: Store, name: str) -> None:
    """A table's and a column's name may be anything the store takes."""
    dataset = store.fill(name, {f"{name} id": int, name: str}, [(1, "a"), (2, name)])
    rows = [row for batch in _batches(store, dataset) for row in _rows(batch)]
    assert [row[1] for row in rows] == ["a", name]
    assert (len(rows), store.digest(rows)) == store.truth(name)


def test_records_are_unique_compact_json(store: Store) -> None:
    """Each row has a name of its own, written as compact JSON."""
    dataset = store.fill("people", COLUMNS, list(_people(500)))
    names = _names(store, dataset)
    assert len(set(names)) == len(names) == 500
    assert all(_compact(name) == name for name in names)


def test_records_stay_the_same(store: Store) -> None:
    """Two scans name the same rows the same, in the same order."""
    dataset = store.fill("people", COLUMNS, list(_people(500)))
    assert _names(store, dataset) == _names(store, dataset)


def test_records_lead_back(store: Store) -> None:
    """A record's name finds the row it was given to."""
    dataset = store.fill("people", COLUMNS, list(_people(40)))
    for batch in _batches(store, dataset):
        for name, row in zip(batch.records.to_pylist(), _rows(batch), strict=True):
            found = store.find("people", json.loads(name))
            assert store.digest([found]) == store.digest([row])


def test_text_keys_lead_back(store: Store) -> None:
    """So it does where the key is text that JSON must escape."""
    dataset = store.fill("odd", {"code": str, "n": int}, [(value, 1) for value in VALUES])
    for batch in _batches(store, dataset):
        for name, row in zip(batch.records.to_pylist(), _rows(batch), strict=True):
            assert store.find("odd", json.loads(name))[0] == row[0]


def test_batches_are_bounded(store: Store) -> None:
    """No batch is large, and their ordinals leave no gap."""
    dataset = store.fill("many", COLUMNS, [(n, "n" * 9, "m" * 200) for n in range(120_000)])
    ordinal = 0
    for batch in _batches(store, dataset):
        assert batch.ordinal == ordinal
        assert batch.values.num_rows == len(batch.records) <= 50_000
        assert batch.values.nbytes <= 32 * 2**20
        ordinal += batch.values.num_rows
    assert ordinal == 120_000


def test_reading_can_stop(store: Store) -> None:
    """Whoever wants only the head doesn't wait for the rest."""
    dataset = store.fill("many", COLUMNS, [(n, "n" * 9, "m" * 200) for n in range(120_000)])
    with store.source() as source:
        (found,) = [one for one in source.datasets() if _named(one) == dataset]
        assert isinstance(found, Dataset)
        reading = source.read(found.partitions[0])
        assert isinstance(next(reading), Batch)
        started = time.monotonic()
        reading.close()  # type: ignore[attr-defined]
        assert time.monotonic() - started < 1


def test_one_unreadable_table(store: Store) -> None:
    """What can't be read is told, and the rest is read."""
    closed = store.fill("closed", COLUMNS, list(_people(2)))
    dataset = store.fill("open", COLUMNS, list(_people(2)))
    store.close_off("closed")
    assert sum(batch.values.num_rows for batch in _batches(store, dataset)) == 2
    with store.source() as source:
        told = [one for one in _everything(source) if isinstance(one, Unread)]
    assert {one.dataset for one in told} == {closed}
    assert all(one.reason for one in told)


def test_listing_is_stable(store: Store) -> None:
    """Datasets come in the same order, each with its partitions numbered from 0."""
    for name in ("b", "a", "c"):
        store.fill(name, COLUMNS, list(_people(1)))
    first, second = _datasets(store), _datasets(store)
    assert [one.name for one in first] == [one.name for one in second]
    assert all(p.number == n for one in first for n, p in enumerate(one.partitions))


def test_check_says_what_is_there(store: Store) -> None:
    """A source that can be reached answers in a few words."""
    store.fill("people", COLUMNS, list(_people(1)))
    with store.source() as source:
        assert 0 < len(source.check()) < 100


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


def _people(count: int) -> Iterator[Row]:
    for number in range(1, count + 1):
        memo = VALUES[number % len(VALUES)] if number % 3 else ""
        yield number, f"山田{number}", memo


def _datasets(store: Store) -> list[Dataset]:
    with store.source() as source:
        return [one for one in source.datasets() if isinstance(one, Dataset)]


def _batches(store: Store, dataset: str) -> list[Batch]:
    with store.source() as source:
        (found,) = [one for one in source.datasets() if _named(one) == dataset]
        assert isinstance(found, Dataset)
        read = [one for partition in found.partitions for one in source.read(partition)]
    batches = [one for one in read if isinstance(one, Batch)]
    assert len(batches) == len(read)
    return batches


def _everything(source: Source) -> Iterator[Dataset | Batch | Unread]:
    for one in list(source.datasets()):
        yield one
        if isinstance(one, Dataset):
            for partition in one.partitions:
                yield from source.read(partition)


def _named(one: Dataset | Unread) -> str:
    return one.name if isinstance(one, Dataset) else one.dataset


def _names(store: Store, dataset: str) -> list[str]:
    return [name for batch in _batches(store, dataset) for name in batch.records.to_pylist()]


def _rows(batch: Batch) -> list[Row]:
    return list(zip(*(column.to_pylist() for column in batch.values.columns), strict=True))


def _compact(name: str) -> str:
    return json.dumps(json.loads(name), ensure_ascii=False, separators=(",", ":"))
