"""MySQL and MariaDB: tables and views, read by an account that may only SELECT.

One statement sees one moment's state; there is no moment that several connections could share.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import ClassVar

import pyarrow as pa
import pymysql
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from connectors import mysql_catalog
from connectors.base import skipped
from connectors.errors import Unreachable
from connectors.fingerprint import Fingerprint, Signal
from connectors.mysql_bulk import Broken, patient
from connectors.mysql_fast import Child, fast, is_fast, or_else
from connectors.mysql_order import goes_on
from connectors.mysql_reason import code, reason
from connectors.mysql_select import Select
from connectors.mysql_server import THINKING, Server
from connectors.mysql_write import LOCKING, MysqlDialect
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.sql import Table, counted
from connectors.sql_dialect import Dialect
from connectors.sql_ranges import KeyRange
from connectors.sql_writable import WritableSqlSource

# What is read must not depend on how the server or the account is set.
_SETTINGS = (
    "SET SESSION TRANSACTION READ ONLY",
    "SET time_zone = '+00:00'",
    "SET sql_mode = ''",
    "SET lock_wait_timeout = 60",
)

_STRICT = (
    "SET SESSION TRANSACTION READ WRITE",
    "SET time_zone = '+00:00'",
    "SET sql_mode = 'STRICT_ALL_TABLES'",
    "SET foreign_key_checks = 1",
    "SET lock_wait_timeout = 10",
    "SET innodb_lock_wait_timeout = 10",
)


class MysqlSource(WritableSqlSource):
    """A database of MySQL or MariaDB, or all of a server's: ``mysql://user:secret@host:3306/crm``.

    Datasets are named ``database.table``. Without a database in the URL, all that the account may
    see are listed, but for the server's own.
    """

    tested_against: ClassVar[str] = "MariaDB 10.11"

    def check(self) -> str:
        """Return version and number of tables."""
        with self._catalogue() as connection:
            ((version,),) = mysql_catalog.rows(connection, "SELECT version()")
            found = list(mysql_catalog.tables(connection, self._server().database, self.chosen))
        product = "MariaDB" if "mariadb" in version.lower() else "MySQL (untested)"
        return f"{product} {version.partition('-')[0]}, {counted(found)}"

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List tables and views of every database but the server's own."""
        with self._catalogue() as connection:
            return list(mysql_catalog.tables(connection, self._server().database, chosen))

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a table or a range of its keys; what this account may not see is told first."""
        table = self.table(partition.dataset)
        if isinstance(table, Unread):
            yield table
            return
        if table.denied or table.hidden:
            words = "permission denied for some of its columns: GRANT SELECT on the whole table"
            yield Unread(table.dataset, Status.PARTIAL, words, partition.number)
        if after and self.options.sample is None and goes_on(table, after):
            yield from self._rows(table, partition, after)
        else:
            yield from skipped(self._rows(table, partition, None), after)

    def fingerprint(self, partition: Partition) -> Fingerprint | None:
        """Return when the table was written to last, where the server still knows."""
        (found,) = self.tables(lambda name: name == partition.dataset) or (None,)
        if not isinstance(found, Table) or found.fingerprint is None:
            return None
        return Fingerprint(Signal.UPDATE_TIME, found.fingerprint.partition(":")[2])

    def dialect(self) -> Dialect:
        """Return MySQL's."""
        return MysqlDialect(self.digest_key)

    @contextmanager
    def connected(self, *, write: bool) -> Iterator[Connection]:
        """Connect; to write, strictly, and waiting for locks only so long."""
        server = self._server()
        engine = create_engine(
            "mysql+pymysql://",
            creator=lambda: server.connect(THINKING, autocommit=False),
            poolclass=NullPool,
            isolation_level="REPEATABLE READ",
        )
        with engine.connect() as connection:
            for setting in _STRICT if write else _SETTINGS:
                connection.exec_driver_sql(setting)
            connection.rollback()
            yield connection.execution_options(**{LOCKING: write})

    def _rows(
        self, table: Table, partition: Partition, after: Mark | None
    ) -> Iterator[Batch | Unread]:
        select = Select(table, self.digest_key)
        part, sample = KeyRange.of(partition.name), self.options.sample
        ordinal = start = after.ordinal if after else 0
        try:
            statements = [
                select.statement(part, after, sample, trusting=trusting)
                for trusting in (False, True)
            ]
            with closing(self._answers(table, *statements)) as answers:
                for answer in answers:
                    yield select.batch(partition, ordinal, answer)
                    ordinal += answer.num_rows
        except Broken as broken:
            status = Status.PARTIAL if ordinal > start or start else Status.FAILED
            yield Unread(table.dataset, status, reason(broken.number), partition.number)
        if sample is not None and ordinal >= sample:
            yield _missed(table, partition, ordinal)

    def _answers(self, table: Table, sure: str, quick: str) -> Generator[pa.RecordBatch]:
        server = self._server()
        child = Child() if is_fast(table) else None  # it starts while we log in
        try:
            with closing(server.connect()) as connection:
                settings = [*_SETTINGS, *self._patience(connection)]
        except BaseException:
            if child:
                child.close()
            raise
        patiently = partial(patient, server, table, sure, settings)
        if child is None:
            return patiently()
        return or_else(fast(child, server, table, quick, settings), patiently)

    def _patience(self, connection: pymysql.Connection) -> Sequence[str]:
        """Return how this server is told how long a statement may run."""
        seconds = self.options.statement_timeout
        if seconds is None:
            return ()
        if "mariadb" in str(connection.get_server_info()).lower():
            return (f"SET max_statement_time = {seconds:f}",)
        return (f"SET max_execution_time = {int(seconds * 1000)}",)

    def _server(self) -> Server:
        return Server.of(self.url, self.options.ca)

    @contextmanager
    def _catalogue(self) -> Iterator[pymysql.Connection]:
        server = self._server()
        with closing(server.connect()) as connection:
            try:
                with connection.cursor() as cursor:
                    for setting in _SETTINGS:
                        cursor.execute(setting)
                yield connection
            except pymysql.Error as error:
                words = f"MySQL or MariaDB at {server.where} can't list its tables"
                raise Unreachable(f"{words}: {reason(code(error))}.") from None


def _missed(table: Table, partition: Partition, seen: int) -> Unread:
    """Say what a sample may miss: with 95 %, less than 3 / n of what none of n rows has."""
    words = f"only a sample of {seen:,} rows was read, as the settings ask"
    bound = min(1.0, 3 / seen) if seen and table.kind == "table" else None
    return Unread(table.dataset, Status.PARTIAL, words, partition.number, missed_at_most=bound)
