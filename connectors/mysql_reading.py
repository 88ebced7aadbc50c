"""Reading tables of MySQL or MariaDB by whichever driver suits, and on by the other one.

Where a value stops the fast driver, what follows is read patiently, behind the last record's key:
a statement sees only its own moment.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing

import pyarrow as pa
import pymysql

from connectors.base import skipped
from connectors.mysql_bulk import patient
from connectors.mysql_fast import Children, Surprised, fast, is_fast
from connectors.mysql_order import goes_on
from connectors.mysql_reason import STOPPED, Broken, reason
from connectors.mysql_select import Select
from connectors.mysql_server import Server
from connectors.mysql_stop import Running
from connectors.options import Options
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.sql import Table
from connectors.sql_ranges import KeyRange

#: What is read must not depend on how the server or the account is set.
SETTINGS = (
    "SET SESSION TRANSACTION READ ONLY",
    "SET time_zone = '+00:00'",
    "SET sql_mode = ''",
    "SET lock_wait_timeout = 60",
)

#: What is told where rows of two moments may have been read as those of one.
LATER = (
    "a value stopped the driver, and what follows was read later:"
    " rows may be missing or twice, scan again"
)


class Reader:
    """Reads tables of one server, in any thread."""

    def __init__(self, options: Options, running: Running) -> None:
        self.options = options
        self._running = running
        self._children = Children(running)

    def read(
        self, server: Server, table: Table, partition: Partition, after: Mark | None
    ) -> Iterator[Batch | Unread]:
        """Read a table or a range of its keys, behind a record; outages are told."""
        yield from self._from(server, table, partition, after, quick=is_fast(table))

    def close(self) -> None:
        """Keep no process waiting."""
        self._children.close()

    def _from(
        self, server: Server, table: Table, partition: Partition, after: Mark | None, *, quick: bool
    ) -> Iterator[Batch | Unread]:
        if after and self._goes_on(table, after):
            yield from self._rows(server, table, partition, after, quick=quick)
        else:
            yield from skipped(self._rows(server, table, partition, None, quick=quick), after)

    def _goes_on(self, table: Table, after: Mark) -> bool:
        return self.options.sample is None and goes_on(table, after)

    def _later(
        self, server: Server, table: Table, partition: Partition, after: Mark
    ) -> Iterator[Batch | Unread]:
        """Read patiently what follows a value that surprised: another moment's rows.

        Where they can't be asked for by the key, as many as came before are left out.
        """
        if after.ordinal and not self._goes_on(table, after):
            yield Unread(table.dataset, Status.PARTIAL, LATER, partition.number)
        yield from self._from(server, table, partition, after, quick=False)

    def _rows(
        self, server: Server, table: Table, partition: Partition, after: Mark | None, *, quick: bool
    ) -> Iterator[Batch | Unread]:
        select = Select(table, self.options.digest_key)
        part, sample = KeyRange.of(partition.name), self.options.sample
        ordinal = start = after.ordinal if after else 0
        last = after.record if after else ""
        try:
            statements = [
                select.statement(part, after, sample, trusting=trusting)
                for trusting in (False, True)
            ]
            with closing(self._answers(server, table, *statements, quick=quick)) as answers:
                for answer in answers:
                    batch = select.batch(partition, ordinal, answer)
                    ordinal += answer.num_rows
                    last = batch.records[-1].as_py() if answer.num_rows else last
                    yield batch
        except Surprised:
            yield from self._later(server, table, partition, Mark(ordinal, last))
            return
        except Broken as broken:
            status = Status.PARTIAL if ordinal > start or start else Status.FAILED
            number = STOPPED if self._running.stopped else broken.number
            yield Unread(table.dataset, status, reason(number), partition.number)
        if sample is not None and ordinal >= sample:
            yield _missed(table, partition, ordinal)

    def _answers(
        self, server: Server, table: Table, sure: str, trusting: str, *, quick: bool
    ) -> Generator[pa.RecordBatch]:
        if not quick:
            yield from patient(self._running, server, table, sure, self._settings(server))
            return
        with self._children.lent() as child:  # it starts while we log in
            settings = self._settings(server)
            with closing(fast(child, server, table, trusting, settings)) as answers:
                yield from answers

    def _settings(self, server: Server) -> Sequence[str]:
        with self._running.connected(server) as connection:
            return [*SETTINGS, *self._patience(connection)]

    def _patience(self, connection: pymysql.Connection) -> Sequence[str]:
        """Return how this server is told how long a statement may run."""
        seconds = self.options.statement_timeout
        if seconds is None:
            return ()
        if "mariadb" in str(connection.get_server_info()).lower():
            return (f"SET max_statement_time = {seconds:f}",)
        return (f"SET max_execution_time = {int(seconds * 1000)}",)


def _missed(table: Table, partition: Partition, seen: int) -> Unread:
    """Say what a sample may miss: with 95 %, less than 3 / n of what none of n rows has."""
    words = f"only a sample of {seen:,} rows was read, as the settings ask"
    bound = min(1.0, 3 / seen) if seen and table.kind == "table" else None
    return Unread(table.dataset, Status.PARTIAL, words, partition.number, missed_at_most=bound)
