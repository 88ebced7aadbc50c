"""The reading of one SQLite table, or of a range of its rows: the fast way where it is exact.

Both ways give the same batches of the same moment: the patient connection begins to read first
and keeps writers out, or in write-ahead mode its moment, and another tells that nobody wrote
before the fast one began too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

import pyarrow as pa

from connectors.place import Batch, Partition, Unread
from connectors.sql import MOST_BYTES
from connectors.sql_ranges import KeyRange
from connectors.sqlite_fast import Fast
from connectors.sqlite_sample import Sample
from connectors.sqlite_select import Select

# How many batches go the patient way before the fast one is tried again.
_STRETCH = 4


@dataclass(slots=True)
class Place:
    """How far a reading has come: records given, and the last row's number, if it has any."""

    ordinal: int = 0
    rowid: int | None = None


class Stopped(sqlite3.OperationalError):
    """The reading took too long."""

    sqlite_errorname = "SQLITE_INTERRUPT"


class Reading:
    """Reads a partition from a place on; ``uri`` opens the file for the fast way."""

    def __init__(
        self, connection: sqlite3.Connection, uri: str, select: Select, partition: Partition
    ) -> None:
        self._connection, self._uri = connection, uri
        self._select, self._partition = select, partition
        self._range = KeyRange.of(partition.name)
        self._fast = Fast(select.table)
        self._stopped = False

    def batches(self, place: Place) -> Iterator[Batch]:
        """Give the rest of the partition; ``place`` goes along."""
        if not self._fast.fits:
            yield from self._patient(place)
            return
        with closing(sqlite3.connect(self._uri, uri=True)) as other:
            yield from self._either(place, other)

    def sampled(self, sample: Sample, place: Place) -> Iterator[Batch | Unread]:
        """Give rows drawn from the partition, or all where these are no more."""
        if not sample.leaves_out(self._connection):
            yield from self.batches(place)
            return
        self._connection.execute("BEGIN")
        for condition in sample.conditions(self._connection):
            yield from self._patient(place, condition, sample.most)
        yield sample.missed(self._partition)

    def stop(self) -> None:
        """Let the reading fail at its next step; any thread may ask for it."""
        self._stopped = True
        self._connection.interrupt()

    @property
    def where(self) -> str:
        """The condition that the partition's rows meet."""
        return self._where(Place())

    def _either(self, place: Place, other: sqlite3.Connection) -> Iterator[Batch]:
        try:
            version = _version(other)
        except sqlite3.OperationalError:  # readable only as a file that nobody writes to
            yield from self._patient(place)
            return
        each = self._begun()
        while True:
            if (yield from self._quick(place, each, lambda: _version(other) == version)):
                return
            stretch = 0
            for batch in islice(self._patient(place), _STRETCH):
                yield batch
                stretch += 1
            if stretch < _STRETCH:
                return

    def _quick(
        self, place: Place, each: int, still: Callable[[], bool]
    ) -> Generator[Batch, None, bool]:
        """Read the fast way; return whether it came to the end."""
        for rows in self._fast.read(self._uri, self._where(place), each, still):
            if self._stopped:
                raise Stopped
            records = rows and self._select.named(rows.columns, rows.rowids)
            if rows is None or records is None:
                return False
            values = pa.RecordBatch.from_arrays(rows.columns, self._select.names)
            whole = Batch(self._partition, place.ordinal, records, values)
            yield from _bounded(whole)
            place.ordinal, place.rowid = whole.mark.ordinal, rows.rowids[-1].as_py()
        return True

    def _patient(self, place: Place, where: str = "", most: int = -1) -> Iterator[Batch]:
        where = where or self._where(place)
        for rows in self._select.chunks(self._connection, where, most):
            batch = self._select.batch(self._partition, place.ordinal, rows)
            place.ordinal += len(rows)
            if self._select.table.rowid:
                place.rowid = cast(int, rows[-1][-1])
            yield batch

    def _where(self, place: Place) -> str:
        """Bound the rows' numbers; all of these are numbers of ours."""
        word = self._select.table.rowid
        low = [f"{word} >= {self._range.low}"] if self._range.low is not None else []
        high = [f"{word} < {self._range.high}"] if self._range.high is not None else []
        after = [f"{word} > {place.rowid}"] if place.rowid is not None else []
        return " AND ".join([*low, *high, *after]) or "TRUE"

    def _begun(self) -> int:
        """Hold this moment; return about how many bytes a row takes in the file."""
        self._connection.execute("BEGIN")
        (size,) = self._connection.execute(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        ).fetchone()
        return int(size) // max(1, self._select.table.rows or 1)


def _version(connection: sqlite3.Connection) -> int:
    """Return a number that changes when somebody has written."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _bounded(batch: Batch) -> Iterator[Batch]:
    """Cut a batch whose rows turned out to be large."""
    parts = 1 + batch.values.nbytes // (MOST_BYTES // 2)
    rows = -(-len(batch.records) // parts)
    for start in range(0, len(batch.records), rows):
        records, values = batch.records.slice(start, rows), batch.values.slice(start, rows)
        yield replace(batch, ordinal=batch.ordinal + start, records=records, values=values)
