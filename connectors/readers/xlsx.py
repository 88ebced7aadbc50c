"""Excel workbooks (Office Open XML, ECMA-376): each sheet a table, hidden sheets and rows too.

A field is ``sheet!header``, several header rows joined with ``/``. Merged cells count for the
header; below it a value stands where Excel keeps it. A record is ``{"sheet":"名簿","row":12}``,
Excel's own row. After the table come rows above the header, as field ``sheet!text``, 振り仮名 as
``sheet!phonetic``, and comments and text boxes, as ``sheet!comment`` and ``sheet!drawing``.
Formulas give the value last stored.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import BinaryIO, cast

from connectors.errors import Damaged
from connectors.place import Field, Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.damage import damage_told
from connectors.readers.package import Closed, package
from connectors.readers.parts import pieces, properties
from connectors.readers.sheet import Remark, Sheet, beside
from connectors.readers.xlsx_book import Book, SheetPart
from connectors.readers.xlsx_cell import CellText, Phonetics
from connectors.readers.xlsx_rows import Marks, marks, rows

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BROKEN = "This workbook is damaged; repair and save it in Excel."
_REMARKS = 10_000


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
            yield from _table(sheet, archive, texts, _marks(sheet, archive)).fields()


def _sheets(book: Book, archive: zipfile.ZipFile) -> Iterator[Piece | Gap]:
    with damage_told(_BROKEN):
        texts, kana = book.texts(), book.phonetics()
    for number, sheet in enumerate(book.sheets(), 1):
        try:
            with damage_told(f"sheet {number} is damaged; repair and save it in Excel"):
                yield from _sheet(sheet, archive, texts)
                yield from _phonetics(sheet, archive, kana)
                yield from beside(sheet.title, book.remarks(sheet))
        except Damaged as damage:
            yield Gap(Status.PARTIAL, str(damage))
    for what, times in book.others():
        yield Gap(Status.PARTIAL, f"{what} are not read", times)


def _sheet(sheet: SheetPart, archive: zipfile.ZipFile, texts: CellText) -> Iterator[Piece | Gap]:
    found = _marks(sheet, archive)
    yield from _table(sheet, archive, texts, found).read()
    if found.unsolved:
        reason = "formulas have no stored value; save the workbook in Excel"
        yield Gap(Status.PARTIAL, f"{found.unsolved} {reason}", found.unsolved)


def _marks(sheet: SheetPart, archive: zipfile.ZipFile) -> Marks:
    with archive.open(sheet.part) as part:
        return marks(cast("BinaryIO", part))


def _table(sheet: SheetPart, archive: zipfile.ZipFile, texts: CellText, found: Marks) -> Sheet:
    part = cast("BinaryIO", archive.open(sheet.part))
    return Sheet(sheet.title, rows(part, texts), found.merged)


def _phonetics(sheet: SheetPart, archive: zipfile.ZipFile, kana: Phonetics) -> Iterator[Piece]:
    if not kana.shared:
        return
    found = rows(cast("BinaryIO", archive.open(sheet.part)), kana)
    above = (Remark("phonetic", row, text) for row, cells in found for text in cells if text)
    while some := list(islice(above, _REMARKS)):
        yield from beside(sheet.title, some)
