"""DuckDB: a database in one file, opened read-only, with nothing outside the file let in.

Another program that writes to the file holds it for itself, and then it can't be read; readers
share it. What is read is one moment's state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy import Connection

from connectors import duckdb_alchemy, duckdb_catalog
from connectors.base import skipped
from connectors.duckdb_sample import counting, missed
from connectors.duckdb_select import Select
from connectors.duckdb_write import DuckdbDialect
from connectors.errors import Damaged, Refused, SourceError, Unreachable, Unsupported
from connectors.fingerprint import Fingerprint, Signal
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.sql import MOST_BYTES, MOST_ROWS, Table, counted, sliced
from connectors.sql_alarm import TOO_LONG, alarmed
from connectors.sql_dialect import Dialect
from connectors.sql_ranges import KeyRange
from connectors.sql_writable import WritableSqlSource

# The file is somebody else's: nothing in it may read, load or call what is outside of it.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}


class DuckdbSource(WritableSqlSource):
    """A DuckDB file: ``duckdb:///crm.duckdb``, or ``duckdb:////srv/crm.duckdb``."""

    tested_against = "DuckDB 2.0"

    def check(self) -> str:
        """Return the library's version and the number of tables."""
        return f"DuckDB {duckdb.__version__}, {counted(self.tables(self.chosen))}"

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List tables and views of every schema of the file."""
        with self._open() as connection:
            known = str(_fingerprint(self._path))
            return [
                replace(one, fingerprint=known if one.kind == "table" else None)
                for one in duckdb_catalog.tables(connection, chosen)
            ]

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a table, or a range of it."""
        return skipped(self._read(partition), after)

    def fingerprint(self, partition: Partition) -> Fingerprint | None:
        """Tell by the file and its log: any write to any table changes them."""
        table = self.table(partition.dataset)
        if isinstance(table, Unread) or table.kind == "view":
            return None
        return _fingerprint(self._path)

    def dialect(self) -> Dialect:
        """Return DuckDB's."""
        return DuckdbDialect()

    @contextmanager
    def connected(self, *, write: bool) -> Iterator[Connection]:
        """Connect; to write, the file is this program's alone."""
        with (
            self._open(write=write) as driver,
            duckdb_alchemy.engine(driver).connect() as connection,
        ):
            yield connection

    @property
    def _path(self) -> Path:
        _, slashes, path = self.url.partition(":///")
        if not slashes or path in {"", ":memory:"}:
            raise Unsupported("A DuckDB url names a file: write duckdb:///crm.duckdb.")
        return Path(path)

    def _read(self, partition: Partition) -> Iterator[Batch | Unread]:
        table = self.table(partition.dataset)
        if isinstance(table, Unread):
            yield table
            return
        with self._open() as connection:
            items = self._items(connection, table, partition)
            yield from alarmed(items, self.options.statement_timeout, connection.interrupt)

    def _items(
        self, connection: duckdb.DuckDBPyConnection, table: Table, partition: Partition
    ) -> Iterator[Batch | Unread]:
        ordinal, select = 0, Select(table, self.digest_key)
        part, most = KeyRange.of(partition.name), self.options.sample
        try:
            for answer in _answers(connection, select.statement(part, most)):
                yield select.batch(partition, ordinal, answer)
                ordinal += answer.num_rows
            if most is not None and ordinal >= most and _more(connection, table, part, most):
                yield missed(table, partition, ordinal)
        except (duckdb.Error, pa.ArrowException) as error:
            status = Status.PARTIAL if ordinal else Status.FAILED
            yield Unread(table.dataset, status, _reason(error), partition.number)

    @contextmanager
    def _open(self, *, write: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        path = self._path
        if not path.exists():
            raise Unreachable(f"No file {path}: check the path in the url.")
        try:
            connection = duckdb.connect(str(path), read_only=not write, config=_SETTINGS)
        except duckdb.Error as error:
            raise _told(path, error) from None
        with closing(connection):
            connection.execute("SET TimeZone = 'UTC'")
            yield connection


def _answers(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.RecordBatch]:
    with closing(connection.sql(query).to_arrow_reader(MOST_ROWS)) as reader:
        for batch in reader:
            parts = 1 + batch.nbytes // (MOST_BYTES // 2)
            yield from sliced(batch, -(-batch.num_rows // parts) or 1)


def _more(connection: duckdb.DuckDBPyConnection, table: Table, part: KeyRange, most: int) -> bool:
    ((count,),) = connection.execute(counting(table, part, most)).fetchall()
    return bool(count > most)


def _fingerprint(path: Path) -> Fingerprint:
    found = [one.stat() for one in (path, path.with_name(f"{path.name}.wal")) if one.exists()]
    value = ":".join(f"{one.st_size}:{one.st_mtime_ns}" for one in found)
    return Fingerprint(Signal.SIZE_TIME, value)


def _told(path: Path, error: duckdb.Error) -> SourceError:
    """Say why a file can't be opened; what DuckDB says may quote the file."""
    if "lock" in str(error) or isinstance(error, duckdb.ConnectionException):
        return Unreachable(f"{path} is held by another program: scan again when it is done.")
    if "ermission" in str(error):
        return Refused(f"{path} may not be read: let this account read it.")
    return Damaged(f"{path} isn't a DuckDB file, or is of a version that this one can't read.")


def _reason(error: Exception) -> str:
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException):
        return "its definition refers to what isn't there: mend or drop it"
    if isinstance(error, duckdb.PermissionException):
        return "it shows what lies outside of the file, which isn't read: scan that itself"
    if isinstance(error, duckdb.InterruptException) or "INTERRUPT" in str(error):
        return TOO_LONG
    return f"DuckDB gave up reading it ({type(error).__name__})"
