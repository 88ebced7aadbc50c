"""Patience with a server that may fall silent, for drivers that would wait for ever.

What is waited for runs in a thread of its own. Once patience ends, the thread is left alone with
its connection, which nobody else may touch then; both end with the server's answer or the process.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

_Item = TypeVar("_Item")

#: How long to wait until what is let go of midway has tidied up, in seconds.
_FAREWELL = 10.0
#: How long to wait for more of an answer that has begun, in seconds.
FLOWING = 600.0


class Silence(TimeoutError):
    """Nothing came for too long."""


class _End:
    """Nothing more comes."""


def within(items: Generator[_Item], seconds: float, flowing: float = FLOWING) -> Generator[_Item]:
    """Yield what ``items`` yields; raise ``Silence`` where one takes longer than so many seconds.

    The next is made while the last is looked at, so two are held. Whoever has begun to answer is
    waited for no longer than ``flowing`` seconds.
    """
    asked: SimpleQueue[bool] = SimpleQueue()
    given: SimpleQueue[_Item | _End | Exception] = SimpleQueue()
    worker = Thread(target=_work, args=(items, asked, given), daemon=True, name="patience")
    worker.start()
    silent = False
    asked.put(True)
    try:
        while not isinstance(item := _given(given, seconds), _End):
            asked.put(True)
            yield item
            del item
            seconds = min(seconds, flowing)
    except Silence:
        silent = True
        raise
    finally:
        asked.put(False)
        worker.join(0 if silent else _FAREWELL)


def _given(given: SimpleQueue[_Item | _End | Exception], seconds: float) -> _Item | _End:
    try:
        item = given.get(timeout=seconds)
    except Empty:
        raise Silence("the server stopped answering") from None
    if isinstance(item, Exception):
        raise item
    return item


def _work(
    items: Generator[_Item],
    asked: SimpleQueue[bool],
    given: SimpleQueue[_Item | _End | Exception],
) -> None:
    try:
        while asked.get():
            given.put(next(items, _End()))
    except Exception as error:  # noqa: BLE001 (it is raised where it is waited for)
        given.put(error)
    finally:
        with suppress(Exception):  # it is already told, or nobody waits for it any more
            items.close()
