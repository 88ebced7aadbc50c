"""The statement that reads an SQLite table whole, and the batches its rows become.

A column here holds values of any kind, whatever it declares: https://www.sqlite.org/datatype3.html.
A batch's column is typed by what it holds: whole numbers, halves, or text; where kinds are mixed,
each value is written as text. Bytes that are UTF-8 text are text, others hex. Text that isn't
UTF-8, as old Windows programs leave it, is read as CP932 and counted.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Iterator, Sequence
from types import NoneType

import pyarrow as pa
import pyarrow.compute as pc

from connectors import record
from connectors.place import Batch, Partition
from connectors.sql import MOST_BYTES, MOST_ROWS, Table, decoded, quoted, read_text

# Text is asked for as ``bytearray``: that keeps it apart from blobs, which come as ``bytes``, and
# lets Arrow check its encoding, which is a third faster than making Python's strings.
_Value = int | float | bytes | bytearray | None
Row = tuple[_Value, ...]
_TEXT = re.compile(r"[^\x00-\x08\x0e-\x1f\x7f]*")


class Select:
    """Reads one table: ``chunks`` of rows of bounded size, each made a ``batch``.

    ``guessed`` and ``garbled`` count values that weren't UTF-8.
    """

    def __init__(self, table: Table, digest_key: bytes) -> None:
        self.guessed = self.garbled = 0
        self.table = table
        self.names = [one.name for one in table.fields]
        self._nameless = not (table.key or table.rowid)
        self._digests = record.Digests(digest_key) if self._nameless else None

    def statement(self, where: str = "TRUE", most: int = -1) -> str:
        """Return the query: the fields, then what names a row where no field does."""
        extra = self._extra()
        items = ", ".join([*map(quoted, self.names), *extra])
        order = ", ".join(extra or map(quoted, self.table.key))
        limit = f" LIMIT {most}" if most >= 0 else ""
        return (
            f"SELECT {items} FROM {quoted(self.table.name)} WHERE {where} ORDER BY {order}{limit}"  # noqa: S608 (quoted)
        )

    def chunks(
        self, connection: sqlite3.Connection, where: str = "TRUE", most: int = -1
    ) -> Iterator[list[Row]]:
        """Run the query and give its rows, a batch at a time; at most so many, if it is told."""
        connection.text_factory = bytearray
        rows: list[Row] = []
        weight = 0
        for row in connection.execute(self.statement(where, most)):
            rows.append(row)
            weight += _weight(row)
            if len(rows) == MOST_ROWS or weight > MOST_BYTES // 2:
                yield rows
                rows, weight = [], 0
        if rows:
            yield rows

    def batch(self, partition: Partition, ordinal: int, rows: Sequence[Row]) -> Batch:
        """Turn rows into columns and name each."""
        columns = list(zip(*rows, strict=True))
        values = self._values(columns)
        return Batch(partition, ordinal, self._records(columns, values.columns), values)

    def values(self, rows: Sequence[Row]) -> pa.RecordBatch:
        """Turn rows into columns."""
        return self._values(list(zip(*rows, strict=True)))

    def _values(self, columns: Sequence[Sequence[_Value]]) -> pa.RecordBatch:
        arrays = [self._column(column) for column in columns[: len(self.names)]]
        return pa.RecordBatch.from_arrays(arrays, self.names)

    def _extra(self) -> list[str]:
        if self._nameless:
            return [_joined([f"quote({quoted(name)})" for name in self.names])]
        return [self.table.rowid] if self.table.rowid else []

    def _column(self, values: Sequence[_Value]) -> pa.Array:
        kinds = _kinds(values)
        if kinds == {int}:
            return pa.array(values, pa.int64())
        if kinds == {float}:
            return pa.array(values, pa.float64())
        raw = values if kinds <= {bytearray} else [_raw(value) for value in values]
        read = decoded(pa.array(raw, pa.binary()))
        self.guessed += read.guessed
        self.garbled += read.garbled
        return read.text

    def named(self, values: Sequence[pa.Array], rowids: pa.Array) -> pa.StringArray | None:
        """Name rows of plain values; ``None`` where Arrow would write a key otherwise: halves."""
        key = [values[place] for place in self._places]
        if any(pa.types.is_floating(one.type) for one in key):
            return None
        return self._by_key([record.literals(one) for one in key], key, rowids)

    @property
    def _places(self) -> list[int]:
        return [self.names.index(name) for name in self.table.key]

    def _records(self, columns: Sequence[Sequence[_Value]], values: list[pa.Array]) -> pa.Array:
        if self._digests:
            return self._digests.names(pa.array(columns[-1], pa.binary()))
        rowids = pa.array(columns[-1], pa.int64()) if self.table.rowid else None
        literals = [_literals(columns[place], values[place]) for place in self._places]
        return self._by_key(literals, [values[place] for place in self._places], rowids)

    def _by_key(
        self, literals: list[pa.StringArray], key: list[pa.Array], rowids: pa.Array | None
    ) -> pa.StringArray:
        if not key:
            return record.by_rowid(rowids)
        names = record.by_key(self.table.key, literals)
        if rowids is None or not any(one.null_count for one in key):
            return names
        # SQLite lets a primary key be null in several rows; such a row only its number tells.
        null = functools.reduce(pc.or_, [one.is_null() for one in key])
        return pc.if_else(null, record.by_rowid(rowids), names)


def _weight(row: Row) -> int:
    """Return the bytes a row's text and blobs come to; a photograph weighs more than its row."""
    weight = 0
    for value in row:
        # isinstance would cost twice as much, and this runs for every value.
        if value.__class__ is bytearray:
            weight += len(value)
        elif value.__class__ is bytes:
            weight += 2 * len(value)  # as hex
    return weight


def _joined(terms: Sequence[str]) -> str:
    """Join expressions with ``||``, nested evenly: SQLite allows 1,000 levels and 2,000 columns."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return f"({_joined(terms[:half])}||','||{_joined(terms[half:])})"


def _kinds(values: Sequence[_Value]) -> set[type]:
    return set(map(type, values)) - {NoneType}


def _raw(value: _Value) -> bytes | bytearray | None:
    if isinstance(value, bytes):
        return _text_of(value).encode()
    return value if value is None or isinstance(value, bytearray) else repr(value).encode()


def _text_of(blob: bytes) -> str:
    """Return bytes as text where they are UTF-8 without control characters, else as hex."""
    try:
        text = blob.decode()
    except UnicodeDecodeError:
        return blob.hex()
    return text if _TEXT.fullmatch(text) else blob.hex()


def _literals(values: Sequence[_Value], column: pa.Array) -> pa.StringArray:
    kinds = _kinds(values)
    if kinds <= {int} or kinds <= {bytearray}:
        return record.literals(column)
    return pa.array([record.literal(_plain(value)) for value in values], pa.string())


def _plain(value: _Value) -> int | float | bytes | str | None:
    return read_text(bytes(value))[0] if isinstance(value, bytearray) else value
