"""Answers of MySQL or MariaDB as Arrow by PyMySQL: whatever they are, patiently, row by row.

What is large, or computed by a view, is read so; all else by :mod:`connectors.mysql_fast`. A server
that falls silent in the middle is waited for only so long, and not at all by whoever is stopped.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from threading import Thread

import pyarrow as pa
import pymysql
from pymysql.cursors import SSCursor

from connectors import mysql_server
from connectors.mysql_reason import LOST, Broken, code
from connectors.mysql_select import kinds
from connectors.mysql_server import Server, waiting
from connectors.mysql_stop import Running
from connectors.sql import MOST_BYTES, MOST_ROWS, Table


def patient(
    running: Running, server: Server, table: Table, statement: str, settings: Sequence[str]
) -> Generator[pa.RecordBatch]:
    """Read by PyMySQL, row by row, in batches of bounded size."""
    with running.connected(server, mysql_server.THINKING, cursorclass=SSCursor) as connection:
        cursor, ended = connection.cursor(), False
        try:
            for setting in (*settings, statement):
                cursor.execute(setting)
            for rows in _chunks(connection, cursor):
                yield _arrow(table, rows)
            ended = True
        except pymysql.Error as error:
            ended = True
            raise Broken(code(error) or LOST) from None
        finally:
            _forget(cursor)
            if running.stopped or not ended:
                given = server, connection.thread_id()
                Thread(target=_kill, args=given, daemon=True, name="farewell").start()
            with suppress(pymysql.Error, OSError):
                cursor.close()


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
    """Let nothing read on: the driver would, until all was sent, even from a lost connection."""
    if cursor._result is not None:  # noqa: SLF001 (it has no other way)
        cursor._result.unbuffered_active = False  # noqa: SLF001


def _kill(server: Server, thread: int) -> None:
    """End a query that nobody reads on: else a server that still thinks would think to its end."""
    with suppress(Exception), closing(server.connect()) as other, other.cursor() as cursor:
        cursor.execute("KILL QUERY %s", (thread,))
