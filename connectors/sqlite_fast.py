"""SQLite's tables through Arrow (ADBC), many times as fast as through Python: where that is exact.

What isn't plainly of the kind that its column holds is left to the patient way of
:mod:`connectors.sqlite_select`: numbers of two kinds, bytes, text that isn't UTF-8 or holds control
characters. While one batch is looked at, SQLite reads the next in a thread of its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from connectors.sql import MOST_BYTES, MOST_ROWS, Table, quoted
from connectors.sqlite_plain import Affinity, column, items, met, narrowed

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

_MOST_COLUMNS = 600  # SQLite allows 2,000; a number's may take three
_LEAST_ROWS = 256
_PEEKED = 64
_AHEAD = 2


@dataclass(frozen=True, slots=True, repr=False)
class Plain:
    """Rows whose values are plainly of their columns' kinds, and their numbers; no ``repr``."""

    columns: list[pa.Array]
    rowids: pa.Int64Array


class Fast:
    """Reads a table with row numbers whose columns all declare what they hold."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._kinds = [Affinity.of(one.type) for one in table.fields]
        self._trusting = Affinity.NUMERIC in self._kinds

    @property
    def fits(self) -> bool:
        """Whether the table can be read so at all."""
        plain = Affinity.NONE not in self._kinds and len(self._kinds) <= _MOST_COLUMNS
        return plain and bool(self._table.rowid) and self._table.kind == "table"

    def read(
        self, uri: str, where: str, bytes_each: int, still: Callable[[], bool]
    ) -> Iterator[Plain | None]:
        """Run the query on a file; ``None`` where the patient way must go on.

        ``still`` tells whether it is still the moment that is to be read.
        """
        from adbc_driver_manager import Error
        from adbc_driver_sqlite import StatementOptions, dbapi

        rows = max(_LEAST_ROWS, min(MOST_ROWS, MOST_BYTES // 4 // max(1, bytes_each)))
        size = {StatementOptions.BATCH_ROWS.value: str(rows)}
        try:
            with closing(dbapi.connect(uri)) as base, base.cursor(adbc_stmt_kwargs=size) as cursor:
                # The file may be somebody else's: nothing in its schema calls what has effects.
                cursor.execute("PRAGMA trusted_schema = OFF")
                kinds = self._expected(base, where)
                cursor.execute(self._statement(where, kinds))
                with closing(_ahead(cursor.fetch_record_batch())) as answers:
                    yield from _plain(answers, kinds) if still() else [None]
        except (Error, OSError, pa.ArrowException):
            yield None

    def _expected(self, base: Connection, where: str) -> list[Affinity]:
        """Look at the first rows, the first time; where they deceived, expect anything after."""
        if not self._trusting:
            return self._kinds
        self._trusting = False
        names = [quoted(one.name) for one in self._table.fields]
        kinds = ", ".join(map(met, names))
        query = f"SELECT {kinds} FROM ({self._rows(names, where)} LIMIT {_PEEKED})"  # noqa: S608 (quoted)
        with base.cursor() as cursor:
            cursor.execute(query)
            seen = cursor.fetchone() or ()
        return list(map(narrowed, self._kinds, seen))

    def _statement(self, where: str, kinds: Sequence[Affinity]) -> str:
        """Return the query: a row that shows each column's kind, then the table's."""
        pairs = zip(self._table.fields, kinds, strict=True)
        asked = [item for field, kind in pairs for item in items(quoted(field.name), kind)]
        first = ", ".join([one for _, one in asked] + ["0"])
        rows = self._rows([*(one for one, _ in asked), self._table.rowid], where)
        return f"SELECT {first} UNION ALL SELECT * FROM ({rows})"  # noqa: S608 (quoted)

    def _rows(self, terms: Sequence[str], where: str) -> str:
        return (
            f"SELECT {', '.join(terms)} FROM {quoted(self._table.name)} NOT INDEXED"  # noqa: S608 (quoted)
            f" WHERE {where} ORDER BY {self._table.rowid}"
        )


def _ahead(answers: pa.RecordBatchReader) -> Generator[pa.RecordBatch]:
    """Read two batches ahead; an error comes when its batch is asked for."""
    batches = (one for one in answers)  # after an error it is at its end, whatever the driver does
    with ThreadPoolExecutor(1, "ahead") as worker:
        coming = deque(worker.submit(next, batches, None) for _ in range(_AHEAD))
        try:
            while (batch := coming.popleft().result()) is not None:
                coming.append(worker.submit(next, batches, None))
                yield batch
        finally:
            worker.shutdown(wait=True, cancel_futures=True)


def _plain(answers: Iterator[pa.RecordBatch], kinds: Sequence[Affinity]) -> Iterator[Plain | None]:
    skip = 1
    for answer in answers:
        columns = iter(answer.slice(skip).columns)
        skip = 0
        values = [column(kind, columns) for kind in kinds]
        rowids = next(columns)
        if any(one is None for one in values) or not _rising(rowids):
            yield None
            return
        if len(rowids):
            yield Plain(values, rowids)


def _rising(rowids: pa.Array) -> bool:
    numbers = rowids.to_numpy()
    return rowids.type == pa.int64() and bool(np.all(numbers[1:] > numbers[:-1]))
