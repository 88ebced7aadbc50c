"""A file far away as a seekable stream: read in blocks, of which the last few are kept.

A connection that is cut is an error with a number, never an early end: what arrives short of the
size that the store told is refused.
"""

from __future__ import annotations

import errno
import io
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, cast

BLOCK = 2 * 1024 * 1024
_KEPT = 8
LOST = "the connection was lost before its end"

Fetch = Callable[[int, int], bytes]


def ranged(fetch: Fetch, size: int, close: Callable[[], None] | None = None) -> BinaryIO:
    """Return a stream over ``fetch(start, end)``, which raises ``OSError`` and closes nothing."""
    return cast("BinaryIO", io.BufferedReader(_Ranges(fetch, size, close), 128 * 1024))


class _Ranges(io.RawIOBase):
    def __init__(self, fetch: Fetch, size: int, close: Callable[[], None] | None) -> None:
        self._fetch = fetch
        self._size = size
        self._close = close
        self._at = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, "a place before the file's start")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower
        if self._at >= self._size:
            return 0
        number, skip = divmod(self._at, BLOCK)
        found = memoryview(self._block(number))[skip : skip + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        if not self.closed and self._close is not None:
            with suppress(Exception):  # nothing was written, so nothing is lost
                self._close()
        self._blocks.clear()
        super().close()

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            start = number * BLOCK
            end = min(start + BLOCK, self._size)
            data = self._fetch(start, end)
            if len(data) != end - start:
                raise ConnectionResetError(errno.ECONNRESET, LOST)
            self._blocks[number] = data
            if len(self._blocks) > _KEPT:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(number)
        return self._blocks[number]
