"""The rows of one table in a dump, made into pieces as they go by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
import pyarrow as pa

from connectors.place import Status
from connectors.readers import sql_copy
from connectors.readers.base import Gap, Piece
from connectors.readers.record import counted
from connectors.readers.sql_grammar import Grammar, names
from connectors.readers.sql_scan import Lines, Rows
from connectors.readers.sql_table import DumpTable
from connectors.readers.sql_values import Values
from connectors.sql import misread

_MOST_ROWS = 16_384
#: So many bytes are made into columns at once, at least.
_MUCH = 1 << 18
#: MySQL's types of bytes; a string in such a column is no text.
_BINARY = re.compile(r"(?:tiny|medium|long)?blob|(?:var)?binary|bit\b", re.IGNORECASE)
_COMMA, _CLOSE = b",)"
_ODD = "values aren't understood; they were read as they are written"


class Table:
    """Counts the rows of a table so far, and what was wrong with them."""

    def __init__(self, grammar: Grammar, table: DumpTable) -> None:
        self._grammar, self._table = grammar, table
        self._values = Values(escapes=grammar.escapes)
        self._rows = self._ragged = 0
        self._bytea = {one.name for one in table.fields if one.type.lower() == "bytea"}
        self._binary = {one.name for one in table.fields if _BINARY.match(one.type)}

    def pieces(self, part: Rows | Lines) -> Iterator[Piece]:
        """Make a part of a dump into pieces of bounded size."""
        found = self._copied(part) if isinstance(part, Lines) else self._inserted(part)
        for columns in found:
            batch = self._batch(part.columns, columns)
            for start in range(0, batch.num_rows, _MOST_ROWS):
                some = batch.slice(start, _MOST_ROWS)
                yield Piece(counted("row", self._rows + 1, some.num_rows), some)
                self._rows += some.num_rows

    def gaps(self) -> Iterator[Gap]:
        """Tell what was wrong."""
        values = self._values
        if self._ragged:
            reason = "records have fewer or more cells than the table has columns; all were kept"
            yield Gap(Status.PARTIAL, f"{self._ragged} {reason}", self._ragged)
        if words := misread(values.guessed, values.garbled):
            yield Gap(Status.PARTIAL, words, values.guessed + values.garbled)
        if values.odd:
            yield Gap(Status.PARTIAL, f"{values.odd} {_ODD}", values.odd)
        if self._table.broken:
            yield Gap(Status.PARTIAL, self._table.broken)

    def _batch(self, named: bytes | None, columns: Sequence[pa.StringArray]) -> pa.RecordBatch:
        known = self._table.columns(named, len(columns))
        declared = len(names(named)) if named else len(self._table.fields)
        if declared and len(columns) not in (declared, declared - len(self._table.computed)):
            self._ragged += len(columns[0])
        arrays = [
            sql_copy.bytea(one) if name in self._bytea else one
            for name, one in zip(known, columns, strict=True)
        ]
        return pa.RecordBatch.from_arrays(arrays, known)

    def _copied(self, part: Lines) -> Iterator[list[pa.StringArray]]:
        width = len(names(part.columns)) if part.columns else len(self._table.fields)
        columns = sql_copy.columns(part.body, width) if width else None
        if columns is not None:
            yield [self._values.text(one) for one in columns]
            return
        for _, some in groupby(sql_copy.rows(part.body), len):
            turned = zip(*some, strict=True)
            yield [self._values.text(pa.array(one, pa.binary())) for one in turned]

    def _inserted(self, part: Rows) -> Iterator[list[pa.StringArray]]:
        cells = self._grammar.cells(part.head).findall(part.body)
        raw = pa.array(cells, pa.binary())
        width = next(at for at, one in enumerate(cells, 1) if one.endswith(b")"))
        if _is_even(raw, width):
            yield self._columns(part, [raw.take(_places(raw, at, width)) for at in range(width)])
            return
        for _, some in groupby(_rows(cells), len):
            turned = zip(*some, strict=True)
            yield self._columns(part, [pa.array(one, pa.binary()) for one in turned])

    def _columns(self, part: Rows, raw: Sequence[pa.BinaryArray]) -> list[pa.StringArray]:
        known = self._table.columns(part.columns, len(raw))
        return [
            self._values.cells(one, is_binary=name in self._binary)
            for name, one in zip(known, raw, strict=True)
        ]


def gathered(parts: Iterator[Rows | Lines]) -> Iterator[Rows | Lines]:
    """Put together parts that are alike, for where each statement gives one row."""
    held: Rows | Lines | None = None
    bodies: list[bytes] = []
    size = 0
    for part in parts:
        if held is not None and (not _is_alike(held, part) or size > _MUCH):
            yield replace(held, body=_mark(held).join(bodies))
            held, bodies, size = None, [], 0
        held = held or part
        bodies.append(part.body)
        size += len(part.body)
    if held is not None:
        yield replace(held, body=_mark(held).join(bodies))


def _is_alike(one: Rows | Lines, other: Rows | Lines) -> bool:
    if isinstance(one, Rows) and isinstance(other, Rows):
        return one.head == other.head
    return isinstance(one, Lines) and isinstance(other, Lines) and one.columns == other.columns


def _mark(part: Rows | Lines) -> bytes:
    return b"," if isinstance(part, Rows) else b""


def _is_even(raw: pa.BinaryArray, width: int) -> bool:
    """Tell whether each cell that ends a row is the last of so many."""
    if len(raw) % width:
        return False
    _, edges, data = raw.buffers()
    ends = np.frombuffer(edges, np.int32)[1 : len(raw) + 1]
    marks = np.frombuffer(data, np.uint8)[ends - 1].reshape(-1, width)
    return bool(np.all(marks[:, -1] == _CLOSE) and np.all(marks[:, :-1] == _COMMA))


def _places(raw: pa.BinaryArray, at: int, width: int) -> pa.Array:
    return pa.array(np.arange(at, len(raw), width))


def _rows(cells: Sequence[bytes]) -> Iterator[list[bytes]]:
    row: list[bytes] = []
    for cell in cells:
        row.append(cell)
        if cell.endswith(b")"):
            yield row
            row = []
