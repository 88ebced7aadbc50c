"""Excel workbooks of before 2007 (.xls, BIFF 5 and 8, MS-XLS): each sheet a table, hidden ones too.

Datasets, fields and records are as in .xlsx: ``sheet!header``, ``{"sheet":"名簿","row":12}``,
comments as ``sheet!comment``. Formulas give the value last stored. Phonetic runs, text boxes and
embedded files aren't read, nor what a chart keeps.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as Page

from connectors.errors import Damaged
from connectors.place import Field, Status
from connectors.readers import ole
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.excel_number import SINCE_1900, SINCE_1904, Format, format_of, shown
from connectors.readers.parts import pieces, properties
from connectors.readers.sheet import Numbered, Range, Remark, Sheet, beside

MEDIA_TYPE = ole.EXCEL
LARGEST = 512 * 1024 * 1024

_BROKEN = "This workbook is damaged; repair and save it in Excel."
#: Formats below are known by their number alone.
_OWN_FORMATS = 164
_UNICODE_SINCE = 80


class _Closed(Exception):  # never leaves this module
    """The workbook can't be read although it isn't broken; the message is the gap's reason."""


class XlsReader:
    """Reads the sheets one by one."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Read the head of every sheet; all fields are text."""
        try:
            with _opened(file) as book:
                names = [name for page in _pages(book) for name in _table(book, page).fields()]
        except _Closed:
            return Layout(MEDIA_TYPE)
        return Layout(MEDIA_TYPE, tuple(Field(name, "string") for name in names))

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read all rows with something in them, then comments, then who wrote it."""
        try:
            with _opened(file) as book:
                for page in _pages(book):
                    yield from _table(book, page).read()
                    yield from beside(page.name, _comments(page))
        except _Closed as closed:
            yield Gap(Status.SKIPPED, str(closed))
            return
        yield from pieces(properties(ole.properties(file)))


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Book]:
    file.seek(0)
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _Closed(f"larger than {LARGEST >> 20} MiB")
    book = _book(data)
    if book.biff_version < _UNICODE_SINCE and not book.codepage:
        book = _book(data, "cp932")
    with book:
        yield book


def _book(data: bytes, encoding: str | None = None) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            encoding_override=encoding,
            logfile=io.StringIO(),  # it tells what it stumbles over, values included
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise _Closed("encrypted") from None
        raise Damaged(_BROKEN) from None
    except Exception:  # noqa: BLE001  # xlrd asserts, and raises whatever broken bytes lead to
        raise Damaged(_BROKEN) from None


def _pages(book: Book) -> Iterator[Page]:
    """Yield the sheets one by one, of which one is in memory."""
    for number in range(book.nsheets):
        try:
            page = book.sheet_by_index(number)
        except Exception:  # noqa: BLE001  # see above
            raise Damaged(f"sheet {number + 1} is damaged; repair and save it in Excel") from None
        yield page
        book.unload_sheet(number)


def _table(book: Book, page: Page) -> Sheet:
    merged = [
        Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in page.merged_cells
    ]
    return Sheet(page.name, _rows(book, page), merged)


def _rows(book: Book, page: Page) -> Iterator[Numbered]:
    epoch = SINCE_1904 if book.datemode else SINCE_1900
    formats = [_format(book, each.format_key) for each in book.xf_list]
    for at in range(page.nrows):
        cells = [_text(cell, formats, epoch) for cell in page.row(at)]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield at + 1, cells


def _format(book: Book, key: int) -> Format:
    found = book.format_map.get(key) if key >= _OWN_FORMATS else None
    return format_of(key, found.format_str if found else None)


def _text(cell: Cell, formats: list[Format], epoch: datetime) -> str | None:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value) or None
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return shown(cell.value, formats[cell.xf_index], epoch)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "")) or None
    return None


def _comments(page: Page) -> Iterator[Remark]:
    for (row, _), note in sorted(page.cell_note_map.items()):
        if note.text.strip():
            yield Remark("comment", row + 1, note.text)
