"""PostgreSQL: its tables and views, read through Arrow (ADBC) by an account that can't write.

Each table is read by one statement in a read-only transaction, so what is read is one moment's
state. Views are read like tables; partitions come with the table they are part of.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import psycopg
import pyarrow as pa
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from connectors import postgres_catalog
from connectors.base import skipped
from connectors.errors import Unreachable
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.postgres_select import Select, settings
from connectors.postgres_server import Server, reason
from connectors.sql import MOST_BYTES, SqlSource, Table, counted, misread, quoted, sliced

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection as AdbcConnection


class PostgresSource(SqlSource):
    """A PostgreSQL database, 12 or later, at libpq's URL: host and port, or a socket's folder.

    ``postgresql://scanner:secret@db.example:5432/crm``, ``postgresql:///crm?host=/run/postgresql``.
    ``patience`` is how long to wait for a table that another session has locked.
    """

    patience = "60s"

    def check(self) -> str:
        """Return version and number of tables."""
        with self._catalogue() as connection:
            version = str(connection.scalar(text("SHOW server_version")))
            found = list(postgres_catalog.tables(connection, self.chosen))
        return f"PostgreSQL {version.partition(' ')[0]}, {counted(found)}"

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List tables and views of every schema but the server's own."""
        with self._catalogue() as connection:
            return list(postgres_catalog.tables(connection, chosen))

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a table; what this account may not see of it is told first."""
        return skipped(self._read(partition), after)

    def _read(self, partition: Partition) -> Iterator[Batch | Unread]:
        table = self.table(partition.dataset)
        if isinstance(table, Unread):
            yield table
            return
        for words in _withheld(table):
            yield Unread(table.dataset, Status.PARTIAL, words, partition.number)
        if table.fields:
            yield from self._rows(table, partition)

    def _rows(self, table: Table, partition: Partition) -> Iterator[Batch | Unread]:
        from adbc_driver_manager import Error

        select = Select(table, self.digest_key)
        ordinal = 0
        try:
            with closing(self._answers(table, select.statement)) as answers:
                for answer in answers:
                    yield select.batch(partition, ordinal, answer)
                    ordinal += answer.num_rows
        except (Error, OSError, pa.ArrowException) as error:
            status = Status.PARTIAL if ordinal else Status.FAILED
            yield Unread(table.dataset, status, reason(error), partition.number)
        if words := misread(select.guessed, select.garbled):
            units = select.guessed + select.garbled
            yield Unread(table.dataset, Status.PARTIAL, words, partition.number, units)

    def _answers(self, table: Table, statement: str) -> Generator[pa.RecordBatch]:
        from adbc_driver_postgresql import StatementOptions

        # The driver closes a batch after the row that fills it, so half leaves room for a big row.
        size = {StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(MOST_BYTES // 2)}
        with self._reading(table) as connection, connection.cursor(adbc_stmt_kwargs=size) as cursor:
            cursor.execute(statement)
            try:
                for batch in cursor.fetch_record_batch():
                    yield from sliced(batch)
            finally:
                # Else closing a reader half-way waits until the server has sent everything.
                cursor.adbc_cancel()

    @contextmanager
    def _reading(self, table: Table) -> Iterator[AdbcConnection]:
        from adbc_driver_manager import OperationalError
        from adbc_driver_postgresql import dbapi

        server = Server.of(self.url)
        try:
            connection = dbapi.connect(server.conninfo)
        except OperationalError as error:
            raise server.refusal(str(error)) from None
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(_set(settings(table) | {"lock_timeout": self.patience}))
            cursor.fetchall()
            yield connection

    @contextmanager
    def _catalogue(self) -> Iterator[Connection]:
        server = Server.of(self.url)
        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: psycopg.connect(server.conninfo),
            poolclass=NullPool,
        )
        try:
            connection = engine.connect()
        except DBAPIError as error:
            raise server.refusal(str(error.orig)) from None
        except UnicodeError:  # a host's name that no resolver takes
            raise server.refusal("could not translate host name") from None
        try:
            with connection:
                yield connection
        except DBAPIError as error:
            words = f"PostgreSQL at {server.where} can't list its tables: {reason(error.orig)}."
            raise Unreachable(words) from None


def grants(url: str, include: Sequence[str] = ()) -> str:
    """Write the statements that make the URL's user an account that can only read.

    They are for an administrator to look at, complete with a secret and run; nothing is run here.
    """
    parameters = Server.of(url).parameters
    user = quoted(parameters.get("user") or "scanner")
    database = quoted(parameters.get("dbname") or parameters.get("user") or "postgres")
    lines = [
        f"CREATE ROLE {user} LOGIN PASSWORD '…';",
        f"ALTER ROLE {user} SET default_transaction_read_only = on;",
        f"GRANT CONNECT ON DATABASE {database} TO {user};",
        *_reading_rights(user, [pattern.partition(".")[0] for pattern in include]),
    ]
    return "\n".join(lines) + "\n"


def _set(values: Mapping[str, str]) -> str:
    """Write one statement that sets these for the transaction; they are ours, not a user's."""
    return "SELECT " + ", ".join(f"set_config('{k}', '{v}', true)" for k, v in values.items())


def _reading_rights(user: str, schemas: Sequence[str]) -> Iterator[str]:
    if not schemas or any(character in "*?[" for schema in schemas for character in schema):
        yield f"GRANT pg_read_all_data TO {user};"
        return
    for schema in map(quoted, dict.fromkeys(schemas)):
        yield f"GRANT USAGE ON SCHEMA {schema} TO {user};"
        yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {user};"
        yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {user};"


def _withheld(table: Table) -> Iterator[str]:
    if table.denied:
        names = ", ".join(sorted(table.denied))
        yield f"permission denied for some columns ({names}): GRANT SELECT on the whole table"
    if table.hidden:
        yield "row-level security may hide rows: let an account with BYPASSRLS read it"
