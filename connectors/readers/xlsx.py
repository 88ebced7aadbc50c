"""Excel workbooks (Office Open XML, ECMA-376): each sheet a table, hidden sheets and rows too.

A field is ``sheet!header``, several header rows joined with ``/``. Merged cells count for the
header; below it a value stands where Excel keeps it. A record is ``{"sheet":"名簿","row":12}``,
Excel's own row. After the table come rows above the header, as field ``sheet!text``, and comments
and text boxes, as ``sheet!comment`` and ``sheet!drawing``. Formulas give the value last stored.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import BinaryIO, cast

import pyarrow as pa

from connectors.errors import Damaged
from connectors.place import Field, Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.csv_rows import unused
from connectors.readers.damage import damage_told
from connectors.readers.header import HEAD_ROWS, Header, find
from connectors.readers.package import Closed, package
from connectors.readers.parts import pieces, properties
from connectors.readers.record import in_sheet
from connectors.readers.xlsx_book import Book, SheetPart
from connectors.readers.xlsx_cell import Texts
from connectors.readers.xlsx_rows import Numbered, Range, fill, marks, rows

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BROKEN = "This workbook is damaged; repair and save it in Excel."
_ROWS = 5_000
_CELLS = 1 << 18


class XlsxReader:
    """Reads the sheets one by one, row by row."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Read the first rows of every sheet; all fields are text."""
        try:
            with _open(file) as (book, archive):
                names = list(_fields(book, archive))
        except Closed:
            return Layout(_TYPE)
        return Layout(_TYPE, tuple(Field(name, "string") for name in names))

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read all rows with something in them; a damaged sheet doesn't stop the others."""
        try:
            with _open(file) as (book, archive):
                yield from _sheets(book, archive)
                yield from pieces(properties(book.properties()))
        except Closed as closed:
            yield Gap(Status.SKIPPED, str(closed))


class _Table:
    """One sheet as a table: its header, its rows, the rows above."""

    def __init__(self, sheet: SheetPart, archive: zipfile.ZipFile, texts: Texts) -> None:
        self._sheet = sheet.title
        with archive.open(sheet.part) as part:
            self._marks = marks(cast("BinaryIO", part))
        self._rest = rows(cast("BinaryIO", archive.open(sheet.part)), texts)
        self._head = list(islice(self._rest, HEAD_ROWS))
        self._header = _header(self._head, self._marks.merged)

    def fields(self) -> list[str]:
        """Name the columns, but for those without header and values."""
        body = self._head[self._header.titles + self._header.rows :]
        used = {at for _, row in body for at, cell in enumerate(row) if cell}
        names = enumerate(self._header.names)
        return [f"{self._sheet}!{name}" for at, name in names if at in used or name != f"c{at + 1}"]

    def read(self) -> Iterator[Piece | Gap]:
        """Read the rows below the header, then those above it."""
        body = chain(self._head[self._header.titles + self._header.rows :], self._rest)
        while some := _some(body):
            yield self._piece(some)
        if titles := self._head[: self._header.titles]:
            texts = ["\t".join(cell for cell in row if cell) for _, row in titles]
            yield _text(self._sheet, "text", [number for number, _ in titles], texts)
        if unsolved := self._marks.unsolved:
            reason = "formulas have no stored value; save the workbook in Excel"
            yield Gap(Status.PARTIAL, f"{unsolved} {reason}", unsolved)

    def _piece(self, some: Sequence[Numbered]) -> Piece:
        names = self._names(max(len(row) for _, row in some))
        padded = ([*row, *[None] * (len(names) - len(row))] for _, row in some)
        columns = [pa.array(cells, pa.string()) for cells in zip(*padded, strict=True)]
        named = [
            (f"{self._sheet}!{name}", column)
            for at, (name, column) in enumerate(zip(names, columns, strict=True), 1)
            if name != f"c{at}" or column.null_count < len(column)
        ]
        values = pa.RecordBatch.from_arrays(
            [column for _, column in named], [name for name, _ in named]
        )
        return Piece(in_sheet(self._sheet, _numbers(number for number, _ in some)), values)

    def _names(self, width: int) -> list[str]:
        known = self._header.names
        return unused(known, [f"c{at}" for at in range(len(known) + 1, width + 1)])


@contextmanager
def _open(file: BinaryIO) -> Iterator[tuple[Book, zipfile.ZipFile]]:
    file.seek(0)
    with package(file) as parts, zipfile.ZipFile(file) as archive:
        yield Book(parts, archive), archive


def _fields(book: Book, archive: zipfile.ZipFile) -> Iterator[str]:
    with damage_told(_BROKEN):
        texts = book.texts()
    for sheet in book.sheets():
        # Of a damaged sheet the reading tells.
        with suppress(Damaged), damage_told(_BROKEN):
            yield from _Table(sheet, archive, texts).fields()


def _sheets(book: Book, archive: zipfile.ZipFile) -> Iterator[Piece | Gap]:
    with damage_told(_BROKEN):
        texts = book.texts()
    for number, sheet in enumerate(book.sheets(), 1):
        try:
            with damage_told(f"sheet {number} is damaged; repair and save it in Excel"):
                yield from _Table(sheet, archive, texts).read()
                yield from _remarks(book, sheet)
        except Damaged as damage:
            yield Gap(Status.PARTIAL, str(damage))
    for what, times in book.others():
        yield Gap(Status.PARTIAL, f"{what} are not read", times)


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


def _remarks(book: Book, sheet: SheetPart) -> Iterator[Piece]:
    remarks = list(book.remarks(sheet))
    for kind in sorted({each.kind for each in remarks}):
        some = [each for each in remarks if each.kind == kind]
        numbers, texts = [each.row for each in some], [each.text for each in some]
        yield _text(sheet.title, kind, numbers, texts)


def _text(sheet: str, field: str, numbers: Sequence[int], texts: Sequence[str]) -> Piece:
    values = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], [f"{sheet}!{field}"])
    return Piece(in_sheet(sheet, _numbers(numbers)), values)


def _numbers(numbers: Iterable[int]) -> pa.Array:
    return pa.array(list(numbers), pa.int64())
