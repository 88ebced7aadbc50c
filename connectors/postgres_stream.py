"""What one statement answers, streamed as Arrow (ADBC) from a transaction that can't write.

A connection serves one statement and is closed behind it. Where a moment is held
(``pg_export_snapshot``), the transaction joins it, so that all statements see the same state:
https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa

from connectors.errors import Unsupported
from connectors.patience import within
from connectors.postgres_server import Server
from connectors.sql import MOST_BYTES, sliced

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection, Cursor

_MOMENT = re.compile(r"[0-9A-F-]+")


class _Running:
    """The statement that runs now, if one does, for another thread to cancel."""

    def __init__(self) -> None:
        self._cursor: Cursor | None = None
        self._lock = Lock()

    @contextmanager
    def by(self, cursor: Cursor) -> Iterator[None]:
        """Let it be cancelled, as it is where it is left before its end."""
        self._cursor = cursor
        try:
            yield
        except BaseException:
            # Else closing a reader half-way waits until the server has sent everything.
            self.cancel()
            raise
        finally:
            with self._lock:
                self._cursor = None

    def cancel(self) -> None:
        """Cancel it; a cursor that may be closed already isn't touched."""
        from adbc_driver_manager import Error

        with self._lock, suppress(Error):  # a server that is gone has ended it
            if self._cursor:
                self._cursor.adbc_cancel()


@dataclass(frozen=True, slots=True, repr=False)
class Stream:
    """How to ask: the server, the moment to join ("" for now), and settings of the transaction."""

    server: Server
    moment: str
    settings: Mapping[str, str]

    def answers(self, statement: str) -> Generator[pa.RecordBatch]:
        """Yield the answer in bounded batches; leaving early cancels the statement."""
        running = _Running()
        answers = self._answers(statement, running)
        return within(answers, self.server.patience, stop=running.cancel)

    def value(self, statement: str) -> str:
        """Return the only value of a short answer."""
        with closing(within(self._value(statement), self.server.patience)) as answers:
            return next(answers)

    def _answers(self, statement: str, running: _Running) -> Generator[pa.RecordBatch]:
        from adbc_driver_postgresql import StatementOptions

        # The driver closes a batch after the row that fills it, so half leaves room for a big row.
        size = {StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(MOST_BYTES // 2)}
        with (
            self._connection() as connection,
            connection.cursor(adbc_stmt_kwargs=size) as cursor,
            running.by(cursor),
        ):
            cursor.execute(statement)
            for batch in cursor.fetch_record_batch():
                yield from sliced(batch)

    def _value(self, statement: str) -> Generator[str]:
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            yield str(cursor.fetchall()[0][0])

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        from adbc_driver_manager import OperationalError
        from adbc_driver_postgresql import dbapi

        try:
            connection = dbapi.connect(self.server.conninfo)
        except OperationalError as error:
            raise self.server.refusal(str(error)) from None
        with closing(connection), connection.cursor() as cursor:
            self._join(cursor)
            cursor.execute(_set(self.settings))
            cursor.fetchall()
            yield connection

    def _join(self, cursor: Cursor) -> None:
        if not self.moment:
            return
        if not _MOMENT.fullmatch(self.moment):
            raise Unsupported("That is no name of a PostgreSQL snapshot: take what snapshot gave.")
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(f"SET TRANSACTION SNAPSHOT '{self.moment}'")


def _set(values: Mapping[str, str]) -> str:
    """Write one statement that sets these for the transaction; they are ours, not a user's."""
    return "SELECT " + ", ".join(f"set_config('{k}', '{v}', true)" for k, v in values.items())
