"""A sample: no more records of a partition than the settings ask for, and what that may miss.

A source that can takes a sample of its own, from all over the partition, and bounds what it may
have missed; of the others the first records are taken, which bounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from connectors.place import Batch, Partition, Status, Unread


def sampled(
    partition: Partition, items: Iterator[Batch | Unread], most: int | None
) -> Iterator[Batch | Unread]:
    """Give the first records, at most so many, and say so if there are more."""
    left = most
    for item in items:
        if left is None or isinstance(item, Unread):
            yield item
            continue
        if left:
            yield _head(item, left)
        if len(item.records) > left:
            reason = f"only the first {most:,} records were read, as the settings ask"
            yield Unread(partition.dataset, Status.PARTIAL, reason, partition.number)
            return
        left -= len(item.records)


def _head(batch: Batch, rows: int) -> Batch:
    return replace(batch, records=batch.records[:rows], values=batch.values[:rows])
