"""MySQL and MariaDB: tables and views, read by an account that may only SELECT.

One statement sees one moment's state; there is no moment that several connections could share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

import pymysql
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from connectors import mysql_catalog
from connectors.errors import Unreachable
from connectors.fingerprint import Fingerprint, Signal
from connectors.mysql_reading import SETTINGS, Reader
from connectors.mysql_reason import STOPPED, Broken, code, reason
from connectors.mysql_server import THINKING, Server
from connectors.mysql_stop import Running
from connectors.mysql_write import LOCKING, MysqlDialect
from connectors.options import PLAIN, Options
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.sql import Table, counted
from connectors.sql_dialect import Dialect
from connectors.sql_writable import WritableSqlSource

_STRICT = (
    "SET SESSION TRANSACTION READ WRITE",
    "SET time_zone = '+00:00'",
    "SET sql_mode = 'STRICT_ALL_TABLES'",
    "SET foreign_key_checks = 1",
)


class MysqlSource(WritableSqlSource):
    """A database of MySQL or MariaDB, or all of a server's: ``mysql://user:secret@host:3306/crm``.

    Datasets are named ``database.table``. Without a database in the URL, all that the account may
    see are listed, but for the server's own. ``row_patience`` is how many seconds to wait for a row
    that is to be changed and that another session has locked.
    """

    tested_against: ClassVar[str] = "MariaDB 10.11"
    row_patience = 10

    def __init__(self, name: str, url: str, options: Options = PLAIN) -> None:
        super().__init__(name, url, options)
        self._running = Running()
        self._reader = Reader(options, self._running)

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
        yield from self._reader.read(self._server(), table, partition, after)

    def stop(self) -> None:
        """End all that is still read or listed, for good: nobody waits for it any more."""
        self._running.stop()

    def close(self) -> None:
        """Keep no process waiting to read."""
        self._reader.close()
        super().close()

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
            for setting in self._strict() if write else SETTINGS:
                connection.exec_driver_sql(setting)
            connection.rollback()
            yield connection.execution_options(**{LOCKING: write})

    def _strict(self) -> Iterator[str]:
        yield from _STRICT
        for name in ("lock_wait_timeout", "innodb_lock_wait_timeout"):
            yield f"SET {name} = {self.row_patience}"

    def _server(self) -> Server:
        return Server.of(self.url, self.options.ca)

    @contextmanager
    def _catalogue(self) -> Iterator[pymysql.Connection]:
        server = self._server()
        try:
            with self._running.connected(server) as connection:
                for setting in SETTINGS:
                    mysql_catalog.rows(connection, setting)
                mysql_catalog.ask_anew(connection)
                yield connection
        except (Broken, pymysql.Error) as error:
            number = STOPPED if self._running.stopped else code(error)
            words = f"MySQL or MariaDB at {server.where} can't list its tables"
            raise Unreachable(f"{words}: {reason(number)}.") from None
