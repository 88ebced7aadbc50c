"""The statement that reads a table through any SQLAlchemy dialect, and its batches.

A batch's column is typed by what it holds: whole numbers, halves, truth values, else text; bytes
come as hex, what is nested as JSON. A table without a key is read in the order of all columns that
can be ordered, so that equal rows come one after the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pyarrow as pa
from sqlalchemy import Connection, select

from connectors import record
from connectors.place import Batch, Partition
from connectors.sql import MOST_BYTES, MOST_ROWS, Table
from connectors.sql_dialect import relation

_PLAIN: dict[type, pa.DataType] = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_UNORDERED = ("JSON", "LOB", "XML", "BYTEA", "BINARY", "IMAGE", "TEXT", "GEO", "ARRAY", "RAW")
_ROWS_AT_ONCE = 1_000


class Select:
    """Reads one table: ``chunks`` of rows of bounded size, each made a ``batch``."""

    def __init__(self, table: Table, digest_key: bytes) -> None:
        self._table = table
        self._names = [one.name for one in table.fields]
        self._digests = None if table.key else record.Digests(digest_key)

    def chunks(self, connection: Connection) -> Iterator[list[Sequence[object]]]:
        """Run the query and give its rows, a batch at a time."""
        source = relation(self._table)
        query = select(*source.c).order_by(*(source.c[name] for name in self._order()))
        streamed = connection.execution_options(stream_results=True, yield_per=_ROWS_AT_ONCE)
        rows: list[Sequence[object]] = []
        weight = 0
        for row in streamed.execute(query):
            rows.append(tuple(row))
            weight += sum(len(value) for value in row if isinstance(value, str | bytes))
            if len(rows) == MOST_ROWS or weight > MOST_BYTES // 4:
                yield rows
                rows, weight = [], 0
        if rows:
            yield rows

    def batch(self, partition: Partition, ordinal: int, rows: Sequence[Sequence[object]]) -> Batch:
        """Turn rows into columns and name each."""
        columns = [_column(values) for values in zip(*rows, strict=True)]
        values = pa.RecordBatch.from_arrays(columns, self._names)
        return Batch(partition, ordinal, self._records(rows), values)

    def _order(self) -> list[str]:
        if self._table.key:
            return list(self._table.key)
        fields = self._table.fields
        return [one.name for one in fields if not any(word in one.type for word in _UNORDERED)]

    def _records(self, rows: Sequence[Sequence[object]]) -> pa.StringArray:
        if self._digests:
            texts = [json.dumps([_text(value) for value in row]) for row in rows]
            return self._digests.names(pa.array(texts, pa.string()))
        places = [self._names.index(name) for name in self._table.key]
        literals = [[record.literal(_plain(row[place])) for row in rows] for place in places]
        return record.by_key(self._table.key, [pa.array(one, pa.string()) for one in literals])


def _column(values: Sequence[object]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    kind = _PLAIN.get(next(iter(kinds)), pa.string()) if len(kinds) == 1 else pa.string()
    if kind != pa.string():
        try:
            return pa.array(values, kind)
        except (pa.ArrowInvalid, OverflowError):
            pass  # a number too large for Arrow's is text
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else _text(value)
