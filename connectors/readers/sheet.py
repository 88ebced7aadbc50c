"""A sheet of a workbook as a table: its header, the rows below, and what stands above.

A field is ``sheet!header``, several header rows joined with ``/``; merged cells count for the
header. A record is ``{"sheet":"名簿","row":12}``, Excel's own row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import pyarrow as pa

from connectors.readers.base import Piece
from connectors.readers.csv_rows import unused
from connectors.readers.header import HEAD_ROWS, Header, find
from connectors.readers.record import in_sheet

#: A row of a sheet: Excel's number and the texts from column A on.
Numbered = tuple[int, list[str | None]]

_ROWS = 5_000
_CELLS = 1 << 18


@dataclass(frozen=True, slots=True)
class Range:
    """Merged cells, from row and column to row and column, all counted from 1 and included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, repr=False)
class Remark:
    """Text beside the cells of a sheet: a comment, a text box; ``row`` is where it is pinned."""

    kind: str
    row: int
    text: str


class Sheet:
    """One sheet, of whose ``rows``, those with something in them, only the head is held."""

    def __init__(self, title: str, rows: Iterator[Numbered], merged: Sequence[Range]) -> None:
        self._title = title
        self._rest = rows
        self._head = list(islice(rows, HEAD_ROWS))
        self._header = _header(self._head, merged)

    def fields(self) -> list[str]:
        """Name the columns, but for those without header and values."""
        body = self._head[self._header.titles + self._header.rows :]
        used = {at for _, row in body for at, cell in enumerate(row) if cell}
        names = enumerate(self._header.names)
        return [f"{self._title}!{name}" for at, name in names if at in used or name != f"c{at + 1}"]

    def read(self) -> Iterator[Piece]:
        """Read the rows below the header, then those above it."""
        body = chain(self._head[self._header.titles + self._header.rows :], self._rest)
        while some := _some(body):
            yield self._piece(some)
        titles = self._head[: self._header.titles]
        texts = ("\t".join(cell for cell in row if cell) for _, row in titles)
        rows = (number for number, _ in titles)
        yield from beside(
            self._title, [Remark("text", *each) for each in zip(rows, texts, strict=True)]
        )

    def columns(self, width: int) -> list[str]:
        """Name the first ``width`` columns."""
        known = self._header.names
        return unused(known, [f"c{at}" for at in range(len(known) + 1, width + 1)])

    def _piece(self, some: Sequence[Numbered]) -> Piece:
        names = self.columns(max(len(row) for _, row in some))
        padded = ([*row, *[None] * (len(names) - len(row))] for _, row in some)
        columns = [pa.array(cells, pa.string()) for cells in zip(*padded, strict=True)]
        named = [
            (f"{self._title}!{name}", column)
            for at, (name, column) in enumerate(zip(names, columns, strict=True), 1)
            if name != f"c{at}" or column.null_count < len(column)
        ]
        values = pa.RecordBatch.from_arrays(
            [column for _, column in named], [name for name, _ in named]
        )
        return Piece(in_sheet(self._title, _numbers(number for number, _ in some)), values)


def beside(title: str, remarks: Iterable[Remark]) -> Iterator[Piece]:
    """Yield what stands beside the cells, a field ``sheet!kind`` for each kind."""
    remarks = list(remarks)
    for kind in sorted({each.kind for each in remarks}):
        some = [each for each in remarks if each.kind == kind]
        texts = pa.array([each.text for each in some], pa.string())
        values = pa.RecordBatch.from_arrays([texts], [f"{title}!{kind}"])
        yield Piece(in_sheet(title, _numbers(each.row for each in some)), values)


def fill(head: Sequence[Numbered], merged: Sequence[Range]) -> None:
    """Give every cell of a merged range the text of its first, in the rows at hand."""
    by_number = dict(head)
    for each in merged:
        text = _at(by_number.get(each.top), each.left)
        for number, row in head:
            if text and each.top <= number <= each.bottom:
                row.extend([None] * (each.right - len(row)))
                row[each.left - 1 : each.right] = [text] * (each.right - each.left + 1)


def _header(head: Sequence[Numbered], merged: Sequence[Range]) -> Header:
    copies = [(number, list(row)) for number, row in head]
    last = head[-1][0] if head else 0
    in_head = [each for each in merged if each.top <= last]
    fill(copies, in_head)
    return find([row for _, row in copies], merged=bool(in_head))


def _some(body: Iterable[Numbered]) -> list[Numbered]:
    taken: list[Numbered] = []
    cells = 0
    for each in body:
        taken.append(each)
        cells += len(each[1])
        if len(taken) >= _ROWS or cells >= _CELLS:
            break
    return taken


def _at(row: list[str | None] | None, column: int) -> str | None:
    return row[column - 1] if row is not None and column <= len(row) else None


def _numbers(numbers: Iterable[int]) -> pa.Array:
    return pa.array(list(numbers), pa.int64())
