"""How the contract's tests read a store: what they put in, and all that comes out."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import Source
from connectors.options import Options
from connectors.place import Batch, Dataset, Partition, Unread
from tests.contract.stores.base import Row, Store

COLUMNS = {"id": int, "name": str, "memo": str}
#: Names of tables and columns, values of keys: whatever stores take.
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


def people(count: int, start: int = 1) -> Iterator[Row]:
    """Make up rows of ``COLUMNS``."""
    for number in range(start, start + count):
        memo = VALUES[number % len(VALUES)] if number % 3 else ""
        yield number, f"山田{number}", memo


def wide(count: int) -> list[Row]:
    """Make up rows that fill several batches."""
    return [(number, "n" * 9, "m" * 200) for number in range(count)]


def datasets(store: Store) -> list[Dataset]:
    """List what can be read."""
    with store.source() as source:
        return [one for one in source.datasets() if isinstance(one, Dataset)]


def partitions(source: Source, dataset: str) -> tuple[Partition, ...]:
    """Return a dataset's partitions."""
    (found,) = [one for one in source.datasets() if named(one) == dataset]
    assert isinstance(found, Dataset)
    return found.partitions


def batches(store: Store, dataset: str, options: Options | None = None) -> list[Batch]:
    """Read all of a dataset; nothing may be unread."""
    with store.source(options) as source:
        read = [one for part in partitions(source, dataset) for one in source.read(part)]
    found = [one for one in read if isinstance(one, Batch)]
    assert len(found) == len(read)
    return found


def everything(source: Source) -> Iterator[Dataset | Batch | Unread]:
    """List and read all there is."""
    for one in list(source.datasets()):
        yield one
        if isinstance(one, Dataset):
            for partition in one.partitions:
                yield from source.read(partition)


def named(one: Dataset | Unread) -> str:
    """Return the dataset's name."""
    return one.name if isinstance(one, Dataset) else one.dataset


def names(store: Store, dataset: str) -> list[str]:
    """Return the names of all records, in order."""
    return [name for batch in batches(store, dataset) for name in batch.records.to_pylist()]


def rows(batch: Batch) -> list[Row]:
    """Return a batch's rows."""
    return list(zip(*(column.to_pylist() for column in batch.values.columns), strict=True))
