"""Reading ahead: while one block is parsed, the next is read and decoded in a thread of its own.

Arrow's parser holds no lock of Python's, so the two go on beside each other.
"""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

_BLOCK = 1 << 20


class Ahead(io.RawIOBase):
    """``source`` from where it stands, one block ahead; errors come when their block is asked for.

    Close it before ``source`` is used again.
    """

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._worker = ThreadPoolExecutor(1, "ahead")
        self._next = self._worker.submit(source.read, _BLOCK)
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12
        """Fill ``buffer`` with what comes next; 0 at the end."""
        if not self._ready:
            block = self._next.result()
            if not block:
                return 0
            self._ready = memoryview(block)
            self._next = self._worker.submit(self._source.read, _BLOCK)
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self) -> None:
        """Wait until the thread is done."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        super().close()
