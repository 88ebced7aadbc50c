"""A new content for a file of a share: sent beside it, then renamed over it with its rights.

A file that another program holds open can't be replaced, and is told as locked.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, BinaryIO

from connectors.files.hindered import changed
from connectors.files.smb_rights import rights, with_rights
from connectors.files.swap import Draft, beside

_PIECE = 1024 * 1024


class SmbDraft(Draft):
    """What is to be sent; until it is whole it lies in a file without a name on this machine."""

    def __init__(self, client: Any, path: str, how: dict[str, Any], file: BinaryIO) -> None:
        self._client = client
        self._path = path
        folder, slash, name = path.rpartition("\\")
        self._beside = folder + slash + beside(name.encode("utf-8", "surrogatepass"))
        self._how = how
        self.file = file
        self._was = client.stat(path, **how)

    def ready(self) -> None:
        """Send it, under the old one's rights."""
        self._hold_off()
        told = rights(self._client, self._path, self._how)
        self.file.seek(0)
        with self._client.open_file(self._beside, "wb", buffering=0, **self._how) as out:
            while data := self.file.read(_PIECE):
                rest = memoryview(data)
                while rest:
                    rest = rest[out.write(rest) :]
            out.flush()
        with_rights(self._client, self._beside, self._how, told)

    def swap(self, *, purge: bool) -> str:
        """Rename it over the old one."""
        self._hold_off()
        now = self._client.stat(self._path, **self._how)
        if (now.st_size, now.st_mtime_ns) != (self._was.st_size, self._was.st_mtime_ns):
            raise changed()
        self._client.replace(self._beside, self._path, **self._how)
        return ""

    def discard(self) -> None:
        """Remove what wasn't put in its place."""
        with suppress(Exception):
            self._client.remove(self._beside, **self._how)

    def _hold_off(self) -> None:
        """Open it as nobody else may: fails where somebody has it open."""
        with self._client.open_file(self._path, "r+b", share_access="", **self._how):
            pass
