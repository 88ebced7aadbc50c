"""SQLite: a database in one file, opened read-only with Python's own driver.

Tables of the library itself (``sqlite_…``) and the shadow tables that a full-text index keeps of
its own rows are no datasets: what they hold is read through the tables they belong to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, literal_column, select

from connectors import sqlite_catalog, sqlite_file, sqlite_write
from connectors.base import skipped
from connectors.fingerprint import Fingerprint, Signal
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.sql import Table, counted, misread
from connectors.sql_alarm import alarmed
from connectors.sql_dialect import Dialect, relation
from connectors.sql_writable import WritableSqlSource
from connectors.sqlite_file import diagnosis, path_of, told
from connectors.sqlite_reading import Place, Reading
from connectors.sqlite_sample import Sample
from connectors.sqlite_select import Select
from connectors.sqlite_write import SqliteDialect


class SqliteSource(WritableSqlSource):
    """An SQLite file: ``sqlite:///crm.db``, ``sqlite:////srv/crm.db``, or just its path.

    ``patience`` is how many seconds to wait for a program that is writing to it.
    """

    tested_against = "SQLite 3.40 and 3.53"
    patience = 10.0

    def check(self) -> str:
        """Return the library's version and the number of tables."""
        return f"SQLite {sqlite3.sqlite_version}, {counted(self.tables(self.chosen))}"

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List tables and views of the file's main schema."""
        path = path_of(self.url)
        with told(path), sqlite_file.reading(path, self.patience) as connection:
            known = str(_fingerprint(path))
            found = list(sqlite_catalog.tables(connection, chosen))
        return [_marked(one, known) for one in found]

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a table, or a range of it, of one moment, whoever writes meanwhile."""
        table = self.table(partition.dataset)
        if isinstance(table, Unread):
            yield table
        elif table.fields:
            place = self._behind(table, after)
            skip = None if after and place.rowid is not None else after
            yield from skipped(self._read(table, partition, place), skip)

    def fingerprint(self, partition: Partition) -> Fingerprint | None:
        """Tell by the file and its log: any write to any table changes them."""
        table = self.table(partition.dataset)
        if isinstance(table, Unread) or table.kind == "view":
            return None
        return _fingerprint(path_of(self.url))

    def dialect(self) -> Dialect:
        """Return SQLite's."""
        return SqliteDialect()

    @contextmanager
    def connected(self, *, write: bool) -> Iterator[Connection]:
        """Connect; to write, the file is this connection's alone from its first statement on."""
        path, opened = path_of(self.url), sqlite_file.writing if write else sqlite_file.reading
        with (
            opened(path, self.patience) as driver,
            sqlite_write.engine(driver).connect() as connection,
        ):
            yield connection

    def _read(self, table: Table, partition: Partition, place: Place) -> Iterator[Batch | Unread]:
        asked = Select(table, self.digest_key)
        with sqlite_file.reading(path_of(self.url), self.patience) as connection:
            uri = f"{path_of(self.url).absolute().as_uri()}?mode=ro"
            reading = Reading(connection, uri, asked, partition)
            rows = _told(self._items(reading, asked, place), asked, partition, place)
            yield from alarmed(rows, self.options.statement_timeout, reading.stop)

    def _items(self, reading: Reading, asked: Select, place: Place) -> Iterator[Batch | Unread]:
        most = self.options.sample
        if most is None:
            return reading.batches(place)
        return reading.sampled(Sample(asked.table, reading.where, most, self.digest_key), place)

    def _behind(self, table: Table, after: Mark | None) -> Place:
        """Find the row a reading goes on behind, by its number."""
        if after is None or not table.rowid or self.options.sample is not None:
            return Place()
        condition = self.dialect().condition(table, relation(table), json.loads(after.record))
        if condition is None:
            return Place()
        number: ColumnElement[int] = literal_column(table.rowid)
        query = select(number).select_from(relation(table)).where(condition)
        with self.connected(write=False) as connection:
            found = connection.execute(query).scalars().all()
        return Place(after.ordinal, found[0]) if len(found) == 1 else Place()


def _told(
    items: Iterator[Batch | Unread], select: Select, partition: Partition, place: Place
) -> Iterator[Batch | Unread]:
    try:
        yield from items
    except sqlite3.Error as error:
        status = Status.PARTIAL if place.ordinal else Status.FAILED
        yield Unread(partition.dataset, status, diagnosis(error)[1], partition.number)
    if words := misread(select.guessed, select.garbled):
        units = select.guessed + select.garbled
        yield Unread(partition.dataset, Status.PARTIAL, words, partition.number, units)


def _marked(table: Table | Unread, known: str) -> Table | Unread:
    """Mark what the file alone decides; a view may show the time of day."""
    if isinstance(table, Unread) or table.kind == "view":
        return table
    return replace(table, fingerprint=known)


def _fingerprint(path: Path) -> Fingerprint:
    found = [one.stat() for one in (path, path.with_name(f"{path.name}-wal")) if one.exists()]
    value = ":".join(f"{one.st_size}:{one.st_mtime_ns}" for one in found)
    return Fingerprint(Signal.SIZE_TIME, value)
