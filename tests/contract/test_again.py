"""Reading again: the same names, on from any batch, after a kill, and when somebody lets go."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

import pytest

from connectors.base import Source
from connectors.place import Batch, Mark, Partition
from tests.contract import reading
from tests.contract.reading import COLUMNS
from tests.contract.stores.base import Kind, Store


def test_partitions_stay_the_same(store: Store) -> None:
    """Another scan finds the same partitions under the same numbers and names."""
    dataset = store.fill("people", COLUMNS, list(reading.people(500)))
    with store.source() as one, store.source() as other:
        first, second = reading.partitions(one, dataset), reading.partitions(other, dataset)
    assert [(part.number, part.name) for part in first] == [
        (part.number, part.name) for part in second
    ]


def test_goes_on_behind_any_batch(store: Store, kind: Kind) -> None:
    """From the mark of any batch on comes what a whole reading gives there, in another process."""
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    with store.source() as source:
        part = reading.partitions(source, dataset)[0]
        whole = _batches(source, part)
    assert len(whole) > 1
    names = list(chain.from_iterable(one.records.to_pylist() for one in whole))
    for one in (whole[0], whole[-2], whole[-1]):
        with store.source() as source:
            reading.partitions(source, dataset)
            rest = _batches(source, part, one.mark)
        assert _names(rest) == names[one.mark.ordinal :]
        assert not rest or rest[0].ordinal == one.mark.ordinal


def test_goes_on_within_a_batch(store: Store) -> None:
    """A mark may lie within a batch."""
    dataset = store.fill("people", COLUMNS, list(reading.people(50)))
    with store.source() as source:
        part = reading.partitions(source, dataset)[0]
        names = _names(_batches(source, part))
        rest = _batches(source, part, Mark(20, names[19]))
        assert _names(rest) == names[20:]
        assert _names(_batches(source, part, Mark(50, names[49]))) == []


@pytest.mark.slow
def test_goes_on_after_a_kill(store: Store, kind: Kind) -> None:
    """A reader killed after any batch is followed by another that reads the rest, once each.

    What a killed reader leaves are the marks it told; it is killed at the second.
    """
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    with store.source() as source:
        part = reading.partitions(source, dataset)[0]
        names = _names(_batches(source, part))
        for seen, mark in _killed(store, dataset, 2):
            assert [*seen, *_names(_batches(source, part, mark))] == names


@pytest.mark.needs("sql")
def test_an_abandoned_reading_holds_nothing(store: Store, kind: Kind) -> None:
    """A reading that is let go of midway leaves no lock: the table can be dropped, and read on."""
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    other = store.fill("other", COLUMNS, list(reading.people(5)))
    with store.source() as source:
        for _ in range(10):
            given = source.read(reading.partitions(source, dataset)[0])
            assert isinstance(next(given), Batch)
            given.close()  # type: ignore[attr-defined]
        store.execute("DROP TABLE many")
        assert len(_names(_batches(source, reading.partitions(source, other)[0]))) == 5


def _batches(source: Source, part: Partition, mark: Mark | None = None) -> list[Batch]:
    items = list(source.read(part, mark))
    assert all(isinstance(one, Batch) for one in items), items
    return [one for one in items if isinstance(one, Batch)]


def _names(batches: list[Batch]) -> list[str]:
    return [name for one in batches for name in one.records.to_pylist()]


def _killed(store: Store, dataset: str, count: int) -> list[tuple[list[str], Mark]]:
    """Kill a reader once it has told of so many batches; return what it had read at each."""
    seen: list[str] = []
    told = []
    with _reader(store, dataset) as child:
        assert child.stdout is not None
        for _ in range(count):
            _, ordinal, record, names = json.loads(child.stdout.readline())
            seen += names
            told.append((seen.copy(), Mark(ordinal, record)))
        child.kill()
    return told


@contextmanager
def _reader(store: Store, dataset: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", "from tests.contract.child import marks; marks()"]
    child = subprocess.Popen([*command, store.url, dataset], stdout=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        child.kill()
        child.communicate()
