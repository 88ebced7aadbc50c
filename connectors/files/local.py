"""A folder of this machine, or one mounted from another.

Reading leaves the times of access as they are, where the account may ask for that (``O_NOATIME``:
its own files, or any as root).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import unquote

from connectors.files.access import access, with_list
from connectors.files.backend import Backend, Info
from connectors.files.local_draft import LocalDraft
from connectors.files.swap import Draft
from connectors.place import Access

_QUIETLY = getattr(os, "O_NOATIME", 0)
_PLAIN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class LocalBackend(Backend):
    """Paths are the system's own."""

    tested_against = "ext4, tmpfs and overlayfs of Linux"
    is_local = True

    def connected(self) -> tuple[Any, str]:
        """Find the path, percent-encoded or not."""
        scheme, colon, _ = self.url.partition("://")
        path = self.url[len(scheme) + 3 :] if colon else self.url.removeprefix("file:")
        if colon and not os.path.lexists(path):
            path = unquote(path)
        return os, os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111  # as given

    def info(self, at: str) -> Info:
        """Return what is known of a path, of what it leads to."""
        return _info(at, os.stat(at), is_link=False)  # noqa: PTH116  # paths may be no Unicode

    def listed(self, at: str) -> list[Info]:
        """List a folder; links are told as links."""
        with os.scandir(at) as entries:
            return [
                _info(each.path, each.stat(follow_symlinks=False), is_link=each.is_symlink())
                for each in entries
            ]

    def open(self, at: str, info: Info) -> BinaryIO:
        """Open a file without touching its time of access, where that may be asked for."""
        try:
            number = os.open(at, _PLAIN | _QUIETLY)
        except PermissionError:
            number = os.open(at, _PLAIN)
        return os.fdopen(number, "rb")

    def access(self, at: str, info: Info, *, open_to_all: bool) -> Access:
        """Return owner, group, mode and ACL."""
        return with_list(access(info, open_to_all=open_to_all), at, info["gid"])

    @contextmanager
    def draft(self, at: str, info: Info) -> Iterator[Draft]:
        """Begin a new file beside the old one."""
        draft = LocalDraft(os.path.realpath(at))
        try:
            yield draft
        finally:
            draft.discard()


def _info(at: str, found: os.stat_result, *, is_link: bool) -> Info:
    kind = "directory" if stat.S_ISDIR(found.st_mode) else "other"
    return {
        "name": at,
        "type": "file" if stat.S_ISREG(found.st_mode) or is_link else kind,
        "islink": is_link,
        "size": found.st_size,
        "mtime": found.st_mtime,
        "ctime": found.st_ctime,
        "mode": found.st_mode,
        "uid": found.st_uid,
        "gid": found.st_gid,
    }
