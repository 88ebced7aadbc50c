"""Hashes made beside the work: of a file that others read meanwhile, and of one being written.

``hashlib`` lets other threads run, so that on two processors a hash of what is large costs no time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import BinaryIO

from connectors.files.hashing import digest, file_hash

#: Below this a thread takes longer than hashing.
_SMALL = 1 << 22
#: Small enough to be still in the processor's own memory when it is hashed.
_BLOCK = 1 << 18
#: Blocks that may wait to be hashed; with more, writing waits.
_WAITING = 16


@contextmanager
def hashed(file: BinaryIO, key: bytes) -> Iterator[Callable[[], str]]:
    """Hash a file of this machine by its places, moving nothing; the call waits for the hash."""
    if os.fstat(file.fileno()).st_size <= _SMALL:
        found = file_hash(file, key)
        yield lambda: found
        return
    left = Event()
    with ThreadPoolExecutor(1) as worker:
        told = worker.submit(_by_places, file.fileno(), key, left)
        try:
            yield told.result
        finally:
            left.set()


class Tee:
    """Writes to a file, from its start to its end, and hashes that."""

    def __init__(self, file: BinaryIO, key: bytes, worker: ThreadPoolExecutor) -> None:
        self._file = file
        self._digest = digest(key)
        self._worker = worker
        self._rest = bytearray()
        self._waiting: deque[Future[None]] = deque()

    def write(self, data: bytes) -> int:
        """Write, as a file does."""
        self._file.write(data)
        if not self._rest and len(data) >= _BLOCK:
            self._submit(data)
            return len(data)
        self._rest += data
        if len(self._rest) >= _BLOCK:
            self._submit(bytes(self._rest))
            self._rest.clear()
        return len(data)

    def flush(self) -> None:
        """Hand on what waits to be written."""
        self._file.flush()

    def hash(self) -> str:
        """Wait for the hash of all that was written."""
        while self._waiting:
            self._waiting.popleft().result()
        self._digest.update(self._rest)
        self._rest.clear()
        return self._digest.hexdigest()

    def _submit(self, data: bytes) -> None:
        self._waiting.append(self._worker.submit(self._digest.update, data))
        if len(self._waiting) > _WAITING:
            self._waiting.popleft().result()


@contextmanager
def tee(file: BinaryIO, key: bytes) -> Iterator[Tee]:
    """Write to a file, and hash what is written."""
    with ThreadPoolExecutor(1) as worker:  # starts its thread with the first large block
        yield Tee(file, key, worker)


def _by_places(number: int, key: bytes, left: Event) -> str:
    found, at, block = digest(key), 0, bytearray(_BLOCK)
    view = memoryview(block)
    while not left.is_set() and (size := os.preadv(number, [block], at)):
        found.update(view[:size])
        at += size
    return found.hexdigest()
