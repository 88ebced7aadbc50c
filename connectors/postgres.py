"""PostgreSQL: its tables and views, read through Arrow (ADBC) by an account that can't write.

A table is read by its key in ranges, each by one statement in a read-only transaction, so what is
read is one moment's state; where :meth:`~PostgresSource.snapshot` holds one, all see that. Views
are read like tables; partitions come with the table they are part of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from threading import BoundedSemaphore

from sqlalchemy import Connection, text

from connectors import postgres_catalog
from connectors.errors import Unreachable
from connectors.fingerprint import Fingerprint, Signal
from connectors.options import PLAIN, Options
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.postgres_grants import grants
from connectors.postgres_moment import Moment
from connectors.postgres_reading import Reading
from connectors.postgres_select import settings
from connectors.postgres_server import Server
from connectors.postgres_session import prepare, session
from connectors.postgres_stream import Stream
from connectors.postgres_write import PostgresDialect
from connectors.sql import Table, counted
from connectors.sql_dialect import Dialect
from connectors.sql_writable import WritableSqlSource

__all__ = ["PostgresSource", "grants"]

_LONGEST_WAIT = 3600.0


class PostgresSource(WritableSqlSource):
    """A PostgreSQL database, 12 or later, at libpq's URL: host and port, or a socket's folder.

    ``postgresql://scanner:secret@db.example:5432/crm``, ``postgresql:///crm?host=/run/postgresql``.
    ``patience`` is how long to wait for a table that another session has locked,
    ``row_patience`` for a row that is to be changed.
    """

    tested_against = "PostgreSQL 15 and 18"
    patience = "60s"
    row_patience = "10s"

    def __init__(self, name: str, url: str, options: Options = PLAIN) -> None:
        super().__init__(name, url, options)
        self._moment: Moment | None = None
        self._signals: dict[str, str | None] | None = {} if options.snapshot else None
        self._places = BoundedSemaphore(max(1, options.connections))

    def check(self) -> str:
        """Return version and number of tables."""
        with self._catalogue() as connection:
            version = str(connection.scalar(text("SHOW server_version")))
            found = list(postgres_catalog.tables(connection, self.chosen))
        return f"PostgreSQL {version.partition(' ')[0]}, {counted(found)}"

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List tables and views of every schema but the server's own."""
        with self._catalogue() as connection:
            return [self._as_held(one) for one in postgres_catalog.tables(connection, chosen)]

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a table or a part of it; what this account may not see of it is told first."""
        table = self.table(partition.dataset)
        if isinstance(table, Unread):
            yield table
            return
        for words in _withheld(table):
            yield Unread(table.dataset, Status.PARTIAL, words, partition.number)
        if table.fields:
            with self._place():
                yield from self._reading(table).read(partition, after)

    def fingerprint(self, partition: Partition) -> Fingerprint | None:
        """Return the server's counters; where it counts nothing, a keyed checksum of all rows."""
        table = self.table(partition.dataset)
        if isinstance(table, Unread) or not table.fields or table.hidden:
            return None
        if table.fingerprint:
            return Fingerprint(Signal.COUNTERS, table.fingerprint.partition(":")[2])
        with self._place():
            return self._reading(table).checksum(partition)

    def snapshot(self) -> str:
        """Hold this moment in a transaction that stays open, so keep it no longer than needed.

        While it is held, the server can't tidy up behind writers. A server that can't share a
        moment gives none.
        """
        if self.options.snapshot:
            return self.options.snapshot
        if self._moment is None:
            # Counters taken after the moment would hide what was written between them.
            found = [one for one in self.tables(self.chosen) if isinstance(one, Table)]
            self._signals = {one.dataset: one.fingerprint for one in found}
            self._moment = Moment.held(self._server())
        return self._moment.name

    def dialect(self) -> Dialect:
        """Return PostgreSQL's."""
        return PostgresDialect(self._server(), self.digest_key)

    @contextmanager
    def connected(self, *, write: bool) -> Iterator[Connection]:
        """Connect; to write, in a transaction that sees one moment and locks what it changes."""
        limits = _limits(self.row_patience if write else self.patience, self.options)
        with self._place(), session(self._server(), "can't give or change rows") as connection:
            prepare(connection, limits, write=write)
            yield connection

    def close(self) -> None:
        """Let go of the moment that is held."""
        if self._moment:
            self._moment.close()
        self._moment = self._signals = None

    def _server(self) -> Server:
        return Server.of(self.url, self.options)

    def _reading(self, table: Table) -> Reading:
        moment = self._moment.name if self._moment else self.options.snapshot
        limits = _limits(self.patience, self.options)
        stream = Stream(self._server(), moment, settings(table) | limits)
        return Reading(table, stream, self.digest_key, self.options.sample)

    def _as_held(self, table: Table | Unread) -> Table | Unread:
        """Return a table with its fingerprint of the moment that is held, not of now."""
        if self._signals is None or isinstance(table, Unread):
            return table
        return replace(table, fingerprint=self._signals.get(table.dataset))

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Wait for a connection that this source may open."""
        if not self._places.acquire(timeout=_LONGEST_WAIT):
            raise Unreachable(f"The source {self.name} has no connection free: allow it more.")
        try:
            yield
        finally:
            self._places.release()

    def _catalogue(self) -> AbstractContextManager[Connection]:
        return session(self._server(), "can't list its tables")


def _limits(patience: str, options: Options) -> dict[str, str]:
    seconds = options.statement_timeout
    limit = {"statement_timeout": f"{max(1, round(seconds * 1000))}ms"} if seconds else {}
    return {"lock_timeout": patience, **limit}


def _withheld(table: Table) -> Iterator[str]:
    if table.denied:
        names = ", ".join(sorted(table.denied))
        yield f"permission denied for some columns ({names}): GRANT SELECT on the whole table"
    if table.hidden:
        yield "row-level security may hide rows: let an account with BYPASSRLS read it"
