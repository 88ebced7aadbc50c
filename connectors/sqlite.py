"""SQLite: a database in one file, opened read-only with Python's own driver.

Tables of the library itself (``sqlite_…``) and the shadow tables that a full-text index keeps of
its own rows are no datasets: what they hold is read through the tables they belong to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import Connection

from connectors import sqlite_catalog, sqlite_write
from connectors.base import skipped
from connectors.errors import Damaged, Refused, SourceError, Unreachable, Unsupported
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.sql import Table, counted, misread
from connectors.sql_dialect import Dialect
from connectors.sql_writable import WritableSqlSource
from connectors.sqlite_select import Select
from connectors.sqlite_write import SqliteDialect

MAGIC = b"SQLite format 3\0"
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
    ("SQLITE_IOERR", Unreachable, "can't be read from its disk: try again later"),
)


class SqliteSource(WritableSqlSource):
    """An SQLite file: ``sqlite:///crm.db``, ``sqlite:////srv/crm.db``, or just its path.

    ``patience`` is how many seconds to wait for a program that is writing to it.
    """

    patience = 10.0

    def check(self) -> str:
        """Return the library's version and the number of tables."""
        return f"SQLite {sqlite3.sqlite_version}, {counted(self.tables(self.chosen))}"

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List tables and views of the file's main schema."""
        with _told(self._path()), self._open() as connection:
            return list(sqlite_catalog.tables(connection, chosen))

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a table; one statement sees one moment's state, whoever writes meanwhile."""
        return skipped(self._read(partition), after)

    def dialect(self) -> Dialect:
        """Return SQLite's."""
        return SqliteDialect()

    @contextmanager
    def connected(self, *, write: bool) -> Iterator[Connection]:
        """Connect; to write, the file is this connection's alone from its first statement on."""
        with self._writable() if write else self._open() as driver:
            engine = sqlite_write.engine(driver)
            with engine.connect() as connection:
                yield connection

    @contextmanager
    def _writable(self) -> Iterator[sqlite3.Connection]:
        path = self._path()
        with _told(path):
            _require(path)
            driver = sqlite_write.opened(f"{path.absolute().as_uri()}?mode=rw", self.patience)
        with closing(driver):
            yield driver

    def _read(self, partition: Partition) -> Iterator[Batch | Unread]:
        table = self.table(partition.dataset)
        if isinstance(table, Unread):
            yield table
        elif table.fields:
            with self._open() as connection:
                yield from _rows(connection, Select(table, self.digest_key), table, partition)

    def _path(self) -> Path:
        return path_of(self.url)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        path = self._path()
        with _told(path):
            _require(path)
            connection = self._connect(path)
        with closing(connection):
            # The file is somebody else's: let nothing in its schema call what has effects.
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            yield connection

    def _connect(self, path: Path) -> sqlite3.Connection:
        """Open for reading only, as its other users do, so that their writes don't disturb.

        A file with a write-ahead log needs two files beside it, even to be read. Where this account
        can't make them and nobody else has, nobody is writing, and it is read as it stands.
        """
        try:
            return self._opened(path, "mode=ro")
        except sqlite3.OperationalError as error:
            log = path.with_name(f"{path.name}-wal")
            if error.sqlite_errorname not in _NO_LOG or log.exists():
                raise
            return self._opened(path, "mode=ro&immutable=1")

    def _opened(self, path: Path, how: str) -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?{how}"
        connection = sqlite3.connect(uri, uri=True, timeout=self.patience, check_same_thread=False)
        try:
            connection.execute("PRAGMA schema_version")
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def path_of(url: str) -> Path:
    """Return the file a URL names; raise ``Unsupported`` for a database in memory."""
    scheme, slashes, rest = url.partition(":///")
    path = rest if slashes and scheme.startswith("sqlite") else url
    if url.startswith("file://"):
        path = unquote(url.removeprefix("file://"))
    if (url.startswith("sqlite") and not slashes) or path in {"", ":memory:"}:
        raise Unsupported("An SQLite url names a file: write sqlite:///crm.db or the path alone.")
    return Path(path)


def _rows(
    connection: sqlite3.Connection, select: Select, table: Table, partition: Partition
) -> Iterator[Batch | Unread]:
    ordinal = 0
    try:
        for rows in select.chunks(connection):
            yield select.batch(partition, ordinal, rows)
            ordinal += len(rows)
    except sqlite3.Error as error:
        status = Status.PARTIAL if ordinal else Status.FAILED
        yield Unread(table.dataset, status, _diagnosis(error)[1], partition.number)
    if words := misread(select.guessed, select.garbled):
        units = select.guessed + select.garbled
        yield Unread(table.dataset, Status.PARTIAL, words, partition.number, units)


def _require(path: Path) -> None:
    """Look before SQLite does: its own words don't tell a missing file from a forbidden one."""
    with path.open("rb") as file:
        head = file.read(len(MAGIC))
    if head and head != MAGIC:
        raise sqlite3.DatabaseError("file is not a database")


@contextmanager
def _told(path: Path) -> Iterator[None]:
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
        kind, words = _diagnosis(error)
        raise kind(f"{path} {words}.") from None


def _diagnosis(error: sqlite3.Error) -> tuple[type[SourceError], str]:
    name = getattr(error, "sqlite_errorname", "SQLITE_NOTADB")
    for start, kind, words in _DIAGNOSES:
        if name.startswith(start):
            return kind, words
    return Damaged, f"can't be read ({name}): check it with PRAGMA integrity_check"
