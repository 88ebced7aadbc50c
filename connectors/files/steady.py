"""A steady reading: a small file that changes while it is read is read once more.

Records already handed on can't be taken back; so only what fits in a little memory waits for the
file's end. A larger file is told as changed, for the next scan to read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from connectors.place import Batch, Unread

#: So many bytes of values wait for the end.
LITTLE = 2 * 1024 * 1024
CHANGED = "changed while it was read; scan it again"

Item = Batch | Unread


def steady(read: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    """Yield what ``read`` gives; once more, if it ends with the file changed, and was small."""
    first: list[Item] = []
    reading = read()
    waiting = 0
    for item in reading:
        first.append(item)
        waiting += item.values.nbytes if isinstance(item, Batch) else 0
        if waiting > LITTLE:
            yield from first
            yield from reading
            return
    yield from read() if first and _has_changed(first[-1]) else first


def _has_changed(item: Item) -> bool:
    return isinstance(item, Unread) and item.reason == CHANGED
