"""How long a database in a file may work at one reading: no server stops it, so this program does.

Only the time that the database takes counts, not what is done with a batch before the next is
asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TypeVar

_Item = TypeVar("_Item")

#: Why a reading stopped, for ``Unread``.
TOO_LONG = "cancelled: it took longer than statement_timeout allows"


def alarmed(
    items: Iterator[_Item], seconds: float | None, stop: Callable[[], None]
) -> Iterator[_Item]:
    """Give items; once making them has taken so many seconds, call ``stop``, from a thread.

    What ``stop`` makes the items raise is left to the caller.
    """
    if seconds is None:
        yield from items
        return
    left = seconds
    while True:
        started = time.monotonic()
        with _alarm(left, stop):
            item = next(items, _END)
        if isinstance(item, _End):
            return
        left -= time.monotonic() - started
        yield item


@contextmanager
def _alarm(seconds: float, stop: Callable[[], None]) -> Iterator[None]:
    timer = Timer(max(seconds, 0), stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _End:
    """Nothing more comes."""


_END = _End()
