"""Answers of MySQL or MariaDB as Arrow by PyMySQL: whatever they are, patiently, row by row.

What is large, or computed by a view, is read so; all else by :mod:`connectors.mysql_fast`. A server
that falls silent in the middle is waited for only so long.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress

import pyarrow as pa
import pymysql
from pymysql.cursors import SSCursor

from connectors import mysql_server
from connectors.mysql_reason import LOST, code
from connectors.mysql_select import kinds
from connectors.mysql_server import Server, waiting
from connectors.sql import MOST_BYTES, MOST_ROWS, Table


class Broken(Exception):
    """An answer that ended before its end; ``number`` is the server's of its error."""

    def __init__(self, number: int) -> None:
        super().__init__(f"error {number}")
        self.number = number


def patient(
    server: Server, table: Table, statement: str, settings: Sequence[str]
) -> Generator[pa.RecordBatch]:
    """Read by PyMySQL, row by row, in batches of bounded size."""
    with closing(server.connect(mysql_server.THINKING, cursorclass=SSCursor)) as connection:
        cursor, ended = connection.cursor(), False
        try:
            for setting in (*settings, statement):
                cursor.execute(setting)
            for rows in _chunks(connection, cursor):
                yield _arrow(table, rows)
            ended = True
        except pymysql.Error as error:
            ended = True
            _forget(cursor)
            raise Broken(code(error) or LOST) from None
        finally:
            if not ended:
                _kill(server, connection.thread_id())
            with suppress(pymysql.Error, OSError):
                cursor.close()  # reads what was sent already


def _chunks(connection: pymysql.Connection, cursor: SSCursor) -> Iterator[list[tuple[object, ...]]]:
    rows: list[tuple[object, ...]] = []
    weight = 0
    for row in iter(cursor.fetchone, None):
        waiting(connection, mysql_server.FLOWING)
        rows.append(row)
        weight += sum(len(value) for value in row if isinstance(value, str))
        if len(rows) == MOST_ROWS or weight > MOST_BYTES // 4:
            yield rows
            rows, weight = [], 0
    if rows:
        yield rows


def _arrow(table: Table, rows: Sequence[tuple[object, ...]]) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True))
    types = [*kinds(table), *([] if table.key else [pa.string()])]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, [f"c{place}" for place in range(len(arrays))])


def _forget(cursor: SSCursor) -> None:
    """Let nothing read on after an error: the driver would, even from a connection that is lost."""
    if cursor._result is not None:  # noqa: SLF001 (it has no other way)
        cursor._result.unbuffered_active = False  # noqa: SLF001


def _kill(server: Server, thread: int) -> None:
    """End a query that nobody reads on: else closing waits until all of it was sent."""
    with suppress(Exception), closing(server.connect()) as other, other.cursor() as cursor:
        cursor.execute("KILL QUERY %s", (thread,))
