"""Patience with a server that may fall silent, for drivers that would wait for ever.

What is waited for runs in a thread of its own. Once patience ends, the thread is left alone with
its connection, which nobody else may touch then; both end with the server's answer or the process.
Where it is left before its end, what is still being made is stopped, and tidied up in its thread.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

_Item = TypeVar("_Item")

#: How long to wait until what is let go of midway has tidied up, in seconds: at first in peace.
_BRIEFLY, _FAREWELL = 0.05, 10.0
#: How long until what doesn't end is stopped again, in seconds.
_AGAIN = 1.0
#: How long to wait for more of an answer that has begun, in seconds.
FLOWING = 600.0


class Silence(TimeoutError):
    """Nothing came for too long."""


class _End:
    """Nothing more comes."""


def _nothing() -> None:
    """Stop nothing."""


def within(
    items: Generator[_Item],
    seconds: float,
    flowing: float = FLOWING,
    stop: Callable[[], None] = _nothing,
) -> Generator[_Item]:
    """Yield what ``items`` yields; raise ``Silence`` where one takes longer than so many seconds.

    The next is made while the last is looked at, so two are held. Whoever has begun to answer is
    waited for no longer than ``flowing`` seconds. Left early, ``stop`` is called from another
    thread, perhaps repeatedly, to end what is still being made.
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
        if not silent:
            _let_go(worker, stop)


def _let_go(worker: Thread, stop: Callable[[], None]) -> None:
    worker.join(_BRIEFLY)
    if worker.is_alive():
        # To stop a server is to ask it, which may take as long as any other question.
        Thread(target=_stop, args=(worker, stop), daemon=True, name="patience").start()
        worker.join(_FAREWELL)


def _stop(worker: Thread, stop: Callable[[], None]) -> None:
    """Stop it until it ends: what is stopped just before it begins doesn't notice."""
    while worker.is_alive():
        with suppress(Exception):  # whoever can't be asked is left to end by himself
            stop()
        worker.join(_AGAIN)


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
