"""All of a store is read: counts and checksums are the store's own, partitions are the whole."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain

import pytest

from connectors.options import Options
from connectors.place import Batch, Status, Unread
from tests.contract import reading
from tests.contract.reading import COLUMNS
from tests.contract.stores.base import KEY, Kind, Store, digest

_MOST_MEMORY = 500 * 2**20


def test_everything_is_read(store: Store) -> None:
    """Rows and checksum are the store's own."""
    dataset = store.fill("people", COLUMNS, list(reading.people(1_234)))
    rows = [row for batch in reading.batches(store, dataset) for row in reading.rows(batch)]
    assert (len(rows), digest(rows)) == store.truth("people")


@pytest.mark.parametrize("count", [0, 1])
def test_empty_and_single(store: Store, count: int) -> None:
    """A table with no row or one is a dataset like any other."""
    dataset = store.fill("few", COLUMNS, list(reading.people(count)))
    assert sum(batch.values.num_rows for batch in reading.batches(store, dataset)) == count


def test_partitions_are_the_whole(store: Store, kind: Kind) -> None:
    """What partitions give together is every record once; each batch says whose it is."""
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    with store.source() as source:
        parts = reading.partitions(source, dataset)
        read = [(part, list(source.read(part))) for part in parts]
    given = [one for _, items in read for one in items if isinstance(one, Batch)]
    names = list(chain.from_iterable(one.records.to_pylist() for one in given))
    assert len(set(names)) == len(names) == kind.many
    assert all(_number(one) == part.number for part, items in read for one in items)
    assert len({part.number for part in parts}) == len(parts)


@pytest.mark.needs("ranges")
@pytest.mark.slow
def test_large_tables_are_cut(store: Store) -> None:
    """A large table has several partitions; what was cut stays when rows come and go."""
    dataset = store.fill("large", {"id": int, "n": int}, [(n * 10, n) for n in range(600_000)])
    with store.source() as source:
        before = reading.partitions(source, dataset)
    store.execute("DELETE FROM large WHERE n % 100 = 7")
    with store.source() as source:
        after = reading.partitions(source, dataset)
        items = [one for part in before for one in source.read(part)]
    assert [(one.number, one.name) for one in before] == [(one.number, one.name) for one in after]
    assert sum(len(one.records) for one in items if isinstance(one, Batch)) == 594_000


@pytest.mark.needs("samples")
def test_a_sample_is_told(store: Store, kind: Kind) -> None:
    """Asked for a sample, no more records come, and what may be missed is told."""
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    with store.source(Options(KEY, sample=100)) as source:
        (part, *_) = reading.partitions(source, dataset)
        items = list(source.read(part))
    count = sum(len(one.records) for one in items if isinstance(one, Batch))
    told = [one for one in items if isinstance(one, Unread)]
    assert 0 < count <= 100
    assert [one.status for one in told] == [Status.PARTIAL]
    assert told[0].missed_at_most is None or 0 < told[0].missed_at_most <= 1


@pytest.mark.needs("sql")
@pytest.mark.huge
def test_ten_million_rows(store: Store) -> None:
    """Ten million rows are read, each once, in under 500 MiB of memory."""
    ten = ", ".join(f"({n})" for n in range(10))
    store.execute("CREATE TABLE digit (d integer)", f"INSERT INTO digit VALUES {ten}")  # noqa: S608
    terms = " + ".join(f"d{n}.d * {10**n}" for n in range(7))
    digits = ", ".join(f"digit d{n}" for n in range(7))
    store.execute(
        "CREATE TABLE huge (id integer PRIMARY KEY, n integer)",
        f"INSERT INTO huge SELECT {terms}, d0.d FROM {digits}",  # noqa: S608 (digits alone)
    )
    code = "from tests.contract.child import count; count()"
    command = [sys.executable, "-c", code, store.url, store.dataset("huge"), "id", "n"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    count, ids, numbers, peak = map(int, done.stdout.split())
    assert (count, ids, numbers) == (10**7, sum(range(10**7)), 45 * 10**6)
    assert peak < _MOST_MEMORY


def _number(one: Batch | Unread) -> int | None:
    return one.partition.number if isinstance(one, Batch) else one.partition
