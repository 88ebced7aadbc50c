"""SQLite's tables through Arrow (ADBC), six times as fast as through Python: where that is exact.

A column here may hold values of any kind, but what it declares makes some kinds impossible
(https://www.sqlite.org/datatype3.html#type_affinity): text in a column of text is never a number.
The driver types a column by the first rows it sees, so a row of our own goes first, and what then
isn't plainly of the kind is left to the patient way of :mod:`connectors.sqlite_select`: numbers of
two kinds, bytes, text that isn't UTF-8 or holds control characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa

from connectors.sql import MOST_BYTES, MOST_ROWS, Table, quoted

_FIRST = {"INTEGER": "0", "REAL": "0.0", "TEXT": "''"}
_TYPES = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string()}
_MOST_COLUMNS = 600  # SQLite allows 2,000; a number's takes three
_LEAST_ROWS = 256
# What makes the patient way write bytes as hex.
_CONTROL = np.isin(np.arange(256), [*range(9), *range(14, 32), 127])


class Affinity(StrEnum):
    """What a column makes of the values put into it."""

    INTEGER = "INTEGER"
    TEXT = "TEXT"
    NONE = "NONE"
    REAL = "REAL"
    NUMERIC = "NUMERIC"

    @classmethod
    def of(cls, declared: str) -> Affinity:
        """Tell by the declared type: https://www.sqlite.org/datatype3.html#determination_of_column_affinity."""
        upper = declared.upper()
        for words, affinity in _AFFINITIES:
            if any(word in upper for word in words):
                return affinity
        return cls.NUMERIC if upper else cls.NONE


_AFFINITIES = (
    (("INT",), Affinity.INTEGER),
    (("CHAR", "CLOB", "TEXT"), Affinity.TEXT),
    (("BLOB",), Affinity.NONE),
    (("REAL", "FLOA", "DOUB"), Affinity.REAL),
)


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
                cursor.execute(self.statement(where))
                answers = cursor.fetch_record_batch()
                yield from self._plain(answers) if still() else [None]
        except (Error, OSError, pa.ArrowException):
            yield None

    def statement(self, where: str) -> str:
        """Return the query: a row that shows each column's kind, then the table's."""
        pairs = zip(self._table.fields, self._kinds, strict=True)
        items = [item for field, kind in pairs for item in _items(quoted(field.name), kind)]
        first = ", ".join([one for _, one in items] + ["0"])
        rows = ", ".join([one for one, _ in items] + [self._table.rowid])
        return (
            f"SELECT {first} UNION ALL SELECT * FROM (SELECT {rows} FROM {quoted(self._table.name)}"  # noqa: S608 (quoted)
            f" NOT INDEXED WHERE {where} ORDER BY {self._table.rowid})"
        )

    def _plain(self, answers: Iterator[pa.RecordBatch]) -> Iterator[Plain | None]:
        skip = 1
        for answer in answers:
            columns = iter(answer.slice(skip).columns)
            skip = 0
            values = [self._column(kind, columns) for kind in self._kinds]
            rowids = next(columns)
            if any(one is None for one in values) or not _rising(rowids):
                yield None
                return
            if len(rowids):
                yield Plain(values, rowids)

    def _column(self, kind: Affinity, columns: Iterator[pa.Array]) -> pa.Array | None:
        if kind is Affinity.NUMERIC:
            return _number(*(_checked(Affinity(one), next(columns)) for one in _FIRST))
        return _checked(kind, next(columns))


def _items(name: str, kind: Affinity) -> list[tuple[str, str]]:
    """Return what is asked for a column, with the value that types it."""
    if kind is not Affinity.NUMERIC:
        return [(name, _FIRST[kind])]
    return [
        (f"CASE typeof({name}) WHEN 'integer' THEN {name} END", "0"),
        (f"CASE typeof({name}) WHEN 'real' THEN {name} END", "0.0"),
        (f"CASE WHEN typeof({name}) IN ('text', 'blob') THEN {name} END", "''"),
    ]


def _number(
    whole: pa.Array | None, half: pa.Array | None, text: pa.Array | None
) -> pa.Array | None:
    """Take the one kind that there is; mixed ones are left."""
    if whole is None or half is None or text is None:
        return None
    there = [one for one in (whole, half, text) if one.null_count < len(one)]
    return None if len(there) > 1 else (there or [text])[0]


def _checked(kind: Affinity, column: pa.Array) -> pa.Array | None:
    """Return a column of one kind as the patient way would give it; ``None`` in any doubt."""
    if column.type != _TYPES[kind]:
        return None
    if kind is Affinity.TEXT:
        return column if _is_text(column) else None
    return column.cast(pa.string()) if column.null_count == len(column) else column


def _is_text(column: pa.StringArray) -> bool:
    """Whether it is UTF-8 without control characters, which bytes might be."""
    _, offsets, data = column.buffers()
    if data is None or not len(column):
        return True
    edges = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    raw = np.frombuffer(data, np.uint8)[edges[0] : edges[-1]]
    if _CONTROL[raw].any():
        return False
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _rising(rowids: pa.Array) -> bool:
    numbers = rowids.to_numpy()
    return rowids.type == pa.int64() and bool(np.all(numbers[1:] > numbers[:-1]))
