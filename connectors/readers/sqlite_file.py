"""An SQLite database found as a file: its tables and views, named as its own connector names them.

https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from connectors import sqlite_catalog
from connectors.place import Partition, Status, Unread
from connectors.readers.base import Gap, Piece
from connectors.readers.tables import TableLayout
from connectors.sql import Table, misread
from connectors.sqlite_file import diagnosis
from connectors.sqlite_reading import Place, Reading
from connectors.sqlite_select import Select

MEDIA_TYPE = "application/vnd.sqlite3"


def opened(uri: str) -> sqlite3.Connection:
    """Open a file that nobody writes to where it lies; raises ``sqlite3.Error``."""
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    # The file is somebody else's: let nothing in its schema call what has effects.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.text_factory = str
    return connection


class SqliteTables:
    """The tables behind a connection, which is closed with them.

    ``uri`` opens the file again, for the fast way; "" where it has no name any more.
    """

    def __init__(self, connection: sqlite3.Connection, uri: str, digest_key: bytes) -> None:
        self._connection, self._uri, self._key = connection, uri, digest_key
        connection.text_factory = str
        found = list(sqlite_catalog.tables(connection, lambda _: True))
        self._tables = {_name(one): one for one in found}

    def layouts(self) -> Iterator[TableLayout]:
        """List tables and views in order of name."""
        for name, table in self._tables.items():
            if isinstance(table, Unread):
                yield TableLayout(name, gap=Gap(table.status, table.reason))
            else:
                yield TableLayout(
                    name,
                    table.kind,
                    table.fields,
                    table.key,
                    table.foreign_keys,
                    table.rows,
                    table.encoding,
                    "the database says so",
                )

    def has(self, table: str) -> bool:
        """Tell whether there is a table of the name."""
        return table in self._tables

    def read(self, table: str) -> Iterator[Piece | Gap]:
        """Read a table in the order of its rows."""
        found = self._tables[table]
        if isinstance(found, Unread):
            yield Gap(found.status, found.reason)
        elif found.fields:
            yield from self._rows(found)

    def gap(self) -> Gap | None:
        """Find nothing wrong: what is, is told when it is opened or read."""
        return None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _rows(self, table: Table) -> Iterator[Piece | Gap]:
        select, given = Select(table, self._key), 0
        try:
            for piece in self._pieces(table, select):
                given += len(piece.records)
                yield piece
        except sqlite3.Error as error:
            status = Status.PARTIAL if given else Status.FAILED
            yield Gap(status, diagnosis(error)[1])
        if words := misread(select.guessed, select.garbled):
            yield Gap(Status.PARTIAL, words, select.guessed + select.garbled)

    def _pieces(self, table: Table, select: Select) -> Iterator[Piece]:
        whole = Partition(table.name, 0)
        if self._uri:
            # Of its own: a reading holds a moment, and several threads may read.
            with closing(opened(self._uri)) as connection:
                for batch in Reading(connection, self._uri, select, whole).batches(Place()):
                    yield Piece(batch.records, batch.values)
            return
        ordinal = 0
        for rows in select.chunks(self._connection):
            batch = select.batch(whole, ordinal, rows)
            ordinal += len(rows)
            yield Piece(batch.records, batch.values)


def _name(table: Table | Unread) -> str:
    return table.dataset
