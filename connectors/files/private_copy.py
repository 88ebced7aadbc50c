"""A private copy of a database, which leaves nothing behind, even if the process is killed.

SQLite opens files by their names. So a copy is filled while it has none, gets one in a folder of
this account alone just to be opened, and loses it at once; the system frees it with the last
connection. What a database keeps beside itself (a log, a journal) is copied with it, and taken in.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from connectors.files.swap import PREFIX

_CHUNK = 1024 * 1024
#: What lies beside a database while it is in use, or was when its program died.
BESIDE = ("-wal", "-journal")
_PRAGMAS = ("locking_mode = EXCLUSIVE", "trusted_schema = OFF", "temp_store = MEMORY")

Openers = Mapping[str, AbstractContextManager[BinaryIO]]


def connected(files: Openers) -> sqlite3.Connection:
    """Copy a database, its file under "" and the others under what their names end with.

    The caller closes the connection; raises ``OSError`` and ``sqlite3.Error``.
    """
    with (
        TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder,
        ExitStack() as stack,
    ):
        path = Path(folder) / "db"
        copies: dict[Path, BinaryIO] = {}
        for suffix, opener in files.items():
            with opener as file:
                named = path.with_name(f"db{suffix}")
                copies[named] = stack.enter_context(_copy(file, named))
        for named, copy in copies.items():  # all at once, when nothing is left to be copied
            _name(copy, named)
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        # Reading makes it open, take in the log and lock all its files: from now on no name counts.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        connection.execute("PRAGMA query_only = ON").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _copy(file: BinaryIO, path: Path) -> BinaryIO:
    """Copy a file into one without a name beside ``path``, or where there are none, into that."""
    try:
        number = os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o600)
    except (OSError, AttributeError):  # not every system has files without a name
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    copy = cast("BinaryIO", os.fdopen(number, "wb"))
    try:
        shutil.copyfileobj(file, copy, _CHUNK)
        copy.flush()
    except BaseException:
        copy.close()
        raise
    return copy


def _name(copy: BinaryIO, path: Path) -> None:
    if path.exists():
        return
    # Only with a folder's number given does Python follow the link, as this needs it to.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        held = f"/proc/self/fd/{copy.fileno()}"
        os.link(held, path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)
