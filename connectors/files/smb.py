"""SMB (Server Message Block): shares of Windows and Samba.

URL: ``smb://DOMAIN;user:password@host:445/share/folder?encrypt=true``. A file that is offline (on
slower storage, a cloud's placeholder) is told and not called back. Source:
https://learn.microsoft.com/openspecs/windows_protocols/ms-smb2/
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, BinaryIO

from connectors.errors import Refused, SourceError
from connectors.files.address import address
from connectors.files.backend import Backend, Info, unreachable
from connectors.files.ranges import ranged
from connectors.files.smb_draft import SmbDraft
from connectors.files.smb_rights import readers, rights
from connectors.files.swap import Draft, scratch
from connectors.place import Access

_FOLDER, _REPARSE = 0x10, 0x400
#: FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS.
_OFFLINE = 0x1000 | 0x40000 | 0x400000
#: Others may read, write and delete what we read.
_GENTLY = "rwd"
#: Statuses that the library has no number for.
_NUMBERS = {
    0xC0000022: errno.EACCES,  # ACCESS_DENIED
    0xC0000043: errno.EAGAIN,  # SHARING_VIOLATION
    0xC0000054: errno.EAGAIN,  # FILE_LOCK_CONFLICT
    0xC000007F: errno.ENOSPC,  # DISK_FULL
    0xC00000A2: errno.EROFS,  # MEDIA_WRITE_PROTECTED
    0xC0000121: errno.EACCES,  # CANNOT_DELETE
}
_REFUSED = frozenset((0xC000006D, 0xC000006E, 0xC0000072, 0xC0000234, 0xC0000071))
_TIMEOUT = 30


class SmbBackend(Backend):
    """A share, or a folder in one; paths are ``/share/folder/file``."""

    tested_against = "Samba 4.17"

    def connected(self) -> tuple[Any, str]:
        """Log in; the file system is smbclient with connections of its own."""
        import smbclient

        where = address(self.url)
        self._host = where.host
        self._how: dict[str, Any] = {"port": where.port or 445, "connection_cache": {}}
        session = smbclient.register_session(
            where.host,
            username=where.user.replace(";", "\\") or None,
            password=where.password or None,
            encrypt=True if where.options.get("encrypt") == "true" else None,
            connection_timeout=_TIMEOUT,
            **self._how,
        )
        # The driver would wait without end for a server that stops answering.
        seconds = self.options.statement_timeout or 2 * _TIMEOUT
        session.connection.receive = partial(session.connection.receive, timeout=seconds)
        return smbclient, where.path.rstrip("/")

    def info(self, at: str) -> Info:
        """Return what the server says of one thing."""
        found = self.tell(lambda: self.fs.stat(self._unc(at), **self._how))
        is_folder = bool(found.st_file_attributes & _FOLDER)
        return _info(
            at, found.st_size, found.st_mtime, found.st_file_attributes, is_folder=is_folder
        )

    def listed(self, at: str) -> list[Info]:
        """List a folder, with what the listing itself tells of each."""
        found = self.tell(lambda: list(self.fs.scandir(self._unc(at), **self._how)))
        return [_entry(f"{at.rstrip('/')}/{each.name}", each) for each in found]

    def open(self, at: str, info: Info) -> BinaryIO:
        """Open a file so that others still can."""
        how = self._how | {"buffering": 0, "share_access": _GENTLY}
        file = self.tell(lambda: self.fs.open_file(self._unc(at), "rb", **how))

        def closing() -> None:
            with suppress(OSError, SourceError):  # a server that is gone has closed it itself
                self.tell(file.close)

        return ranged(lambda start, end: self._whole(file, start, end), info["size"], closing)

    def access(self, at: str, info: Info, *, open_to_all: bool) -> Access:
        """Return owner and readers of its access list, by their SIDs."""
        try:
            return readers(self.tell(lambda: rights(self.fs, self._unc(at), self._how)))
        except (OSError, SourceError):
            return Access()

    @contextmanager
    def draft(self, at: str, info: Info) -> Iterator[Draft]:
        """Begin a new file, sent beside the old one when it is whole."""
        with scratch() as file:
            draft = SmbDraft(self.fs, self._unc(at), self._how, file)
            try:
                yield draft
            finally:
                draft.discard()

    def failure(self, error: Exception) -> Exception | None:
        """Read the status of the protocol."""
        status = getattr(error, "ntstatus", getattr(error, "status", None))
        if status in _REFUSED or type(error).__name__ in {"SMBAuthenticationError", "LogonFailure"}:
            return Refused("The SMB server refuses this account; correct user and password.")
        if "opened" not in self.__dict__:
            return unreachable("The SMB server")
        number = _NUMBERS.get(status or 0)
        return OSError(number, os.strerror(number)) if number else super().failure(error)

    def close(self) -> None:
        """Log out."""
        if "opened" in self.__dict__:
            self.fs.reset_connection_cache(
                connection_cache=self._how["connection_cache"], fail_on_error=False
            )
            del self.__dict__["opened"]

    def _unc(self, at: str) -> str:
        return f"\\\\{self._host}" + at.replace("/", "\\")

    def _whole(self, file: Any, start: int, end: int) -> bytes:
        """Read as often as it takes: a server gives no more than it likes at once."""
        pieces = []
        file.seek(start)
        while start < end and (piece := self.tell(partial(file.read, end - start))):
            pieces.append(piece)
            start += len(piece)
        return b"".join(pieces)


def _entry(at: str, each: Any) -> Info:
    told = each.smb_info
    when = told.last_write_time.timestamp()
    return _info(at, told.end_of_file, when, told.file_attributes, is_folder=each.is_dir(False))


def _info(at: str, size: int, when: float, attributes: int, *, is_folder: bool) -> Info:
    kind = "directory" if is_folder else "other" if attributes & _REPARSE else "file"
    is_offline = bool(attributes & _OFFLINE)
    return {
        "name": at,
        "type": "file" if is_offline and not is_folder else kind,
        "size": size,
        "mtime": when,
        "offline": is_offline,
    }
