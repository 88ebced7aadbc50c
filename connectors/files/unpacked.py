"""An unpacked file without a name, which several may read at once, each from its own place."""

from __future__ import annotations

import io
import os
import shutil
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from connectors.files.swap import PREFIX

_CHUNK = 1024 * 1024


class Unpacked:
    """A copy of ``packed``, from its start to its end; gone with the process at the latest."""

    def __init__(self, packed: BinaryIO) -> None:
        self._copy = TemporaryFile(prefix=PREFIX)  # noqa: SIM115 - closed with the tables in it
        try:
            packed.seek(0)
            shutil.copyfileobj(packed, self._copy, _CHUNK)
            self._copy.flush()
        except BaseException:
            self._copy.close()
            raise

    def open(self) -> BinaryIO:
        """Open it anew at its start."""
        return cast("BinaryIO", io.BufferedReader(_Places(self._copy.fileno()), _CHUNK))

    def close(self) -> None:
        """Let go of it."""
        self._copy.close()


class _Places(io.RawIOBase):
    """Reads at a place of its own, whatever others do with the same file."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._at = number, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at}.get(whence, os.fstat(self._number).st_size)
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12
        data = os.pread(self._number, len(buffer), self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
