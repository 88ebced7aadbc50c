"""Answers of MySQL or MariaDB as Arrow: fast by ConnectorX, or patiently by PyMySQL.

ConnectorX (Rust) reads about ten times as fast, but where a value surprises it, it panics and
prints that value to the terminal; so it is given only statements whose columns are whole numbers,
doubles and text (:mod:`connectors.mysql_select`), and only base tables, whose columns can't fail.
It makes batches of so many rows, however large, so rows that may be very large aren't for it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from typing import cast

import pyarrow as pa
import pymysql
from pymysql.cursors import SSCursor

from connectors.mysql_select import kinds
from connectors.mysql_server import Server, code
from connectors.sql import MOST_BYTES, MOST_ROWS, Table

_LARGE = {"mediumtext", "longtext", "mediumblob", "longblob", "json"}
_OF_TEXT = {"text": 2**16, "blob": 2**17}
_DECLARED = re.compile(r"\w+\((\d+)\)")
_LEAST_ROWS = 64
_LOST = 2013


class Broken(Exception):
    """An answer that ended before its end; ``number`` is the server's of its error."""

    def __init__(self, number: int) -> None:
        super().__init__(f"error {number}")
        self.number = number


def is_fast(table: Table, server: Server) -> bool:
    """Tell whether ConnectorX may read it: not views, not rows of any size, not over TLS."""
    return table.kind == "table" and not server.tls and not _LARGE.intersection(table.base)


def fast(
    server: Server, table: Table, statement: str, settings: Sequence[str]
) -> Generator[pa.RecordBatch]:
    """Read by ConnectorX; whoever calls has logged in before, as it would try for 30 s."""
    from connectorx import read_sql

    try:
        answer = read_sql(
            server.url,
            statement,
            return_type="arrow_stream",
            batch_size=_rows(table),
            pre_execution_query=list(settings),
        )
    except RuntimeError as error:
        raise Broken(_number(error)) from None
    yield from _joined(_unbroken(cast("Iterator[pa.RecordBatch]", answer)))


def patient(
    server: Server, table: Table, statement: str, settings: Sequence[str]
) -> Generator[pa.RecordBatch]:
    """Read by PyMySQL, row by row, in batches of bounded size."""
    with closing(server.connect(cursorclass=SSCursor)) as connection:
        cursor, ended = connection.cursor(), False
        try:
            for setting in (*settings, statement):
                cursor.execute(setting)
            for rows in _chunks(cursor):
                yield _arrow(table, rows)
            ended = True
        except pymysql.Error as error:
            ended = True
            _forget(cursor)
            raise Broken(code(error) or _LOST) from None
        finally:
            if not ended:
                _kill(server, connection.thread_id())
            with suppress(pymysql.Error, OSError):
                cursor.close()  # reads what was sent already


def _rows(table: Table) -> int:
    """Return for how many rows a batch stays bounded, were each as large as is declared."""
    worst = sum(
        _OF_TEXT.get(base) or 4 * _length(field.type)
        for field, base in zip(table.fields, table.base, strict=True)
    )
    return max(_LEAST_ROWS, min(MOST_ROWS, 4 * MOST_BYTES // max(1, worst)))


def _length(declared: str) -> int:
    found = _DECLARED.match(declared)
    return int(found[1]) if found else 16


def _unbroken(answer: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Pass batches on; a panic of Rust's is no ``Exception``, so all are looked at."""
    while True:
        try:
            batch = next(answer)
        except StopIteration:
            return
        except BaseException as error:
            if type(error).__name__ == "PanicException" or isinstance(error, RuntimeError):
                raise Broken(_number(error)) from None
            raise
        yield batch


def _number(error: BaseException) -> int:
    found = re.search(r"ERROR (\d+)", str(error))
    return int(found[1]) if found else _LOST


def _joined(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Put small batches together."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        rows, size = (sum(many) for many in zip((0, 0), *map(_size, [*held, batch]), strict=True))
        if held and (rows > MOST_ROWS or size > MOST_BYTES):
            yield pa.concat_batches(held)
            held = []
        held.append(batch)
    if held:
        yield pa.concat_batches(held)


def _size(batch: pa.RecordBatch) -> tuple[int, int]:
    return batch.num_rows, batch.nbytes


def _chunks(cursor: SSCursor) -> Iterator[list[tuple[object, ...]]]:
    rows: list[tuple[object, ...]] = []
    weight = 0
    for row in iter(cursor.fetchone, None):
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
