"""An SQLite file opened as its owner would, and in one sentence why it can't be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote

from connectors.errors import Damaged, Refused, SourceError, Unreachable, Unsupported
from connectors.sql_alarm import TOO_LONG

MAGIC = b"SQLite format 3\0"
_WRITING = (
    "trusted_schema = OFF",
    "foreign_keys = ON",
    "secure_delete = ON",
    "journal_size_limit = 0",
)
# What SQLite says where it can't make the files that a write-ahead log needs.
_NO_LOG = {"SQLITE_CANTOPEN", "SQLITE_READONLY_CANTINIT", "SQLITE_READONLY_DIRECTORY"}

_DIAGNOSES: tuple[tuple[str, type[SourceError], str], ...] = (
    ("SQLITE_NOTADB", Damaged, "isn't an SQLite database, or is encrypted: decrypt a copy"),
    ("SQLITE_CORRUPT", Damaged, "is damaged: check it with PRAGMA integrity_check"),
    ("SQLITE_BUSY", Unreachable, "is locked by another program: scan again when it is done"),
    ("SQLITE_LOCKED", Unreachable, "is locked by another program: scan again when it is done"),
    (
        "SQLITE_CANTOPEN",
        Unreachable,
        "can't be opened beside its journal: let its own program open and close it once",
    ),
    (
        "SQLITE_READONLY",
        Unreachable,
        "was left in the midst of a write: let its own program open and close it once",
    ),
    ("SQLITE_INTERRUPT", Unreachable, TOO_LONG),
    ("SQLITE_IOERR", Unreachable, "can't be read from its disk: try again later"),
)


def path_of(url: str) -> Path:
    """Return the file a URL names; raise ``Unsupported`` for a database in memory."""
    scheme, slashes, rest = url.partition(":///")
    path = rest if slashes and scheme.startswith("sqlite") else url
    if url.startswith("file://"):
        path = unquote(url.removeprefix("file://"))
    if (url.startswith("sqlite") and not slashes) or path in {"", ":memory:"}:
        raise Unsupported("An SQLite url names a file: write sqlite:///crm.db or the path alone.")
    return Path(path)


@contextmanager
def reading(path: Path, patience: float) -> Iterator[sqlite3.Connection]:
    """Open a file for reading only; ``patience`` is how many seconds to wait for a writer."""
    with told(path):
        _require(path)
        connection = _connect(path, patience)
    with closing(connection):
        # The file is somebody else's: let nothing in its schema call what has effects.
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        yield connection


@contextmanager
def writing(path: Path, patience: float) -> Iterator[sqlite3.Connection]:
    """Open a file for writing; references hold, and what is deleted is overwritten."""
    with told(path):
        _require(path)
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None
        )
    with closing(connection):
        for pragma in _WRITING:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        yield connection


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    """Open for reading only, as its other users do, so that their writes don't disturb.

    A file with a write-ahead log needs two files beside it, even to be read. Where this account
    can't make them and nobody else has, nobody is writing, and it is read as it stands.
    """
    try:
        return _opened(path, "mode=ro", patience)
    except sqlite3.OperationalError as error:
        log = path.with_name(f"{path.name}-wal")
        if error.sqlite_errorname not in _NO_LOG or log.exists():
            raise
        return _opened(path, "mode=ro&immutable=1", patience)


def _opened(path: Path, how: str, patience: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=patience, check_same_thread=False)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _require(path: Path) -> None:
    """Look before SQLite does: its own words don't tell a missing file from a forbidden one."""
    with path.open("rb") as file:
        head = file.read(len(MAGIC))
    if head and head != MAGIC:
        raise sqlite3.DatabaseError("file is not a database")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what Python and SQLite raise into one sentence about the file."""
    try:
        yield
    except FileNotFoundError:
        raise Unreachable(f"No file {path}: check the path in the url.") from None
    except IsADirectoryError:
        raise Unsupported(f"{path} is a folder, not an SQLite file: name the file.") from None
    except PermissionError:
        raise Refused(f"{path} may not be read: let this account read it.") from None
    except sqlite3.Error as error:
        kind, words = diagnosis(error)
        raise kind(f"{path} {words}.") from None


def diagnosis(error: sqlite3.Error) -> tuple[type[SourceError], str]:
    """Tell what an error means for the file, as a kind of ours and the end of a sentence."""
    name = getattr(error, "sqlite_errorname", "SQLITE_NOTADB")
    for start, kind, words in _DIAGNOSES:
        if name.startswith(start):
            return kind, words
    return Damaged, f"can't be read ({name}): check it with PRAGMA integrity_check"
