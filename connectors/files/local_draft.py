"""A new content for a file of this machine: written beside it, synced, renamed over it.

The new file has the old one's owner, mode, attributes and ACL. A file with several names isn't
replaced: the other names would keep the old content.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from contextlib import suppress
from typing import BinaryIO, cast

from connectors.change import Why
from connectors.files.hindered import Hindered, changed
from connectors.files.swap import Draft, beside

_NEW = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
_LOCKED = "Another program holds the file; try again when it is closed."
_LINKED = "The file has several names (hard links), and the others would keep the old content."
_OWNED = "The file is another account's, and would become this one's."


class LocalDraft(Draft):
    """A file beside the one at ``path``, which is no link."""

    def __init__(self, path: str) -> None:
        self._path = path
        folder, name = os.path.split(path)
        self._folder = folder or "."
        self._beside = os.path.join(self._folder, beside(os.fsencode(name)))  # noqa: PTH118
        self._was = os.lstat(path)
        if self._was.st_nlink > 1:
            raise Hindered(Why.UNSAFE_STORE, _LINKED)
        self._hold_off()
        self.file = self._created()

    def ready(self) -> None:
        """Give it the old one's rights and write it to the disk."""
        self.file.flush()
        number = self.file.fileno()
        self._take_over(number)
        os.fsync(number)

    def swap(self, *, purge: bool) -> str:
        """Rename it over the old one, and write the folder to the disk."""
        self._hold_off()
        now = os.lstat(self._path)
        if _state(now) != _state(self._was):
            raise changed()
        os.replace(self._beside, self._path)  # noqa: PTH105  # paths may be no Unicode
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self.file.close()
        return ""

    def discard(self) -> None:
        """Remove what wasn't put in its place."""
        if not self.file.closed:
            with suppress(OSError):
                os.unlink(self._beside)  # noqa: PTH108
            with suppress(OSError):  # what couldn't be written fails once more
                self.file.close()

    def _created(self) -> BinaryIO:
        """Open the draft, or take over what a killed process left of one."""
        number = os.open(self._beside, _NEW, 0o600)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(number)
            raise Hindered(Why.LOCKED, _LOCKED) from None
        os.ftruncate(number, 0)
        return cast("BinaryIO", os.fdopen(number, "w+b"))

    def _hold_off(self) -> None:
        """Refuse where another program has locked the file, by either kind of lock."""
        number = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                raise Hindered(Why.LOCKED, _LOCKED) from None
        finally:
            os.close(number)

    def _take_over(self, number: int) -> None:
        was, new = self._was, os.fstat(number)
        if (was.st_uid, was.st_gid) != (new.st_uid, new.st_gid):
            try:
                os.fchown(number, was.st_uid, was.st_gid)
            except OSError:
                raise Hindered(Why.UNSAFE_STORE, _OWNED) from None
        for name in os.listxattr(self._path):
            os.setxattr(number, name, os.getxattr(self._path, name))
        # Last: to change the owner takes away what lets programs act as another.
        os.fchmod(number, stat.S_IMODE(was.st_mode))


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
