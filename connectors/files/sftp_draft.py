"""A new content for a file of an SFTP server: sent beside it, then renamed over it.

The renaming is OpenSSH's extension ``posix-rename@openssh.com``; a server without it can only
rename to a name that is free, and isn't written to. Source:
https://github.com/openssh/openssh-portable/blob/master/PROTOCOL
"""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import Any, BinaryIO

from connectors.change import Why
from connectors.files.hindered import Hindered, changed
from connectors.files.swap import Draft, beside

_PIECE = 1024 * 1024


class SftpDraft(Draft):
    """What is to be sent; until it is whole it lies in a file without a name on this machine."""

    def __init__(self, server: Any, at: bytes, file: BinaryIO) -> None:
        self._server = server
        self._at = at
        folder, slash, name = at.rpartition(b"/")
        self._beside = folder + slash + beside(name).encode()
        self.file = file
        self._was = server.lstat(at)
        if stat.S_ISLNK(self._was.st_mode or 0):
            raise Hindered(Why.UNSAFE_STORE, "It is a link; change the file that it leads to.")

    def ready(self) -> None:
        """Send it, under the old one's rights."""
        self.file.seek(0)
        with self._server.open(self._beside, "wb") as out:
            # Until it has the old one's rights nobody else may look.
            self._server.chmod(self._beside, 0o600)
            out.set_pipelined(True)
            while data := self.file.read(_PIECE):
                out.write(data)
        self._take_over()

    def swap(self, *, purge: bool) -> str:
        """Rename it over the old one."""
        now = self._server.lstat(self._at)
        if (now.st_size, now.st_mtime) != (self._was.st_size, self._was.st_mtime):
            raise changed()
        try:
            self._server.posix_rename(self._beside, self._at)
        except OSError as error:
            if "nsupported" not in str(error):
                raise
            sentence = "The server can't rename over a file in one step; change it by hand."
            raise Hindered(Why.UNSAFE_STORE, sentence) from None
        return ""

    def discard(self) -> None:
        """Remove what wasn't put in its place."""
        with suppress(OSError, EOFError):
            self._server.remove(self._beside)

    def _take_over(self) -> None:
        new = self._server.lstat(self._beside)
        if (new.st_uid, new.st_gid) != (self._was.st_uid, self._was.st_gid):
            try:
                self._server.chown(self._beside, self._was.st_uid, self._was.st_gid)
            except OSError:
                sentence = "The file is another account's, and would become this one's."
                raise Hindered(Why.UNSAFE_STORE, sentence) from None
        self._server.chmod(self._beside, stat.S_IMODE(self._was.st_mode))
        if self._server.lstat(self._beside).st_size != self.file.tell():
            raise ConnectionResetError
