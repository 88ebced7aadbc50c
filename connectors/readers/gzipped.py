"""gzip (RFC 1952): one file, compressed: ``x.csv.gz`` is read as the ``x.csv`` it is."""

from __future__ import annotations

import gzip
import io
from typing import BinaryIO, cast

from connectors.readers.damage import damage_told

_CHUNK = 1024 * 1024
_CUT = "The gzip is cut or damaged; restore or replace it."


def gunzip(file: BinaryIO) -> BinaryIO:
    """Return the content of a gzip as a seekable stream of level memory.

    Reading raises ``Damaged`` where the gzip is cut or broken. Seeking back unpacks again from the
    start. Closing it leaves ``file`` open.
    """
    return cast("BinaryIO", io.BufferedReader(_Content(file), _CHUNK))


class _Content(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self._gzip = gzip.GzipFile(fileobj=file, mode="rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._gzip.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with damage_told(_CUT):
            if whence == io.SEEK_END:
                while self._gzip.read(_CHUNK):
                    pass
                return self._gzip.seek(self._gzip.tell() + offset)
            return self._gzip.seek(offset, whence)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower
        with damage_told(_CUT):
            chunk = self._gzip.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
