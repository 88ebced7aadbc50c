"""Excel (.xlsx) as offices draw a 名簿: two header rows, headings merged over their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from flows.demo.mark import Cell, plain, text
from flows.demo.scribe import Scribe

_MADE = datetime(2024, 10, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """A sheet: its name, its headings (group and column; no group is ""), and its rows."""

    name: Cell
    headings: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[Cell]]


def write(scribe: Scribe, path: Cell, sheets: Sequence[Sheet], *, author: str = "") -> None:
    """Write a workbook; field ``名簿!氏名/漢字``, record ``{"sheet":"名簿","row":3}``."""
    place = scribe.path(path)
    # In memory the library stamps every part of the file with 1980, not with now.
    book = xlsxwriter.Workbook(str(place), {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": _MADE, "author": author})
    for sheet in sheets:
        _write_sheet(scribe, text(path), book, sheet)
    book.close()


def _write_sheet(scribe: Scribe, dataset: str, book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    name = text(sheet.name)
    page = book.add_worksheet(name)
    scribe.name(dataset, sheet.name)
    _write_headings(page, sheet.headings, book.add_format({"align": "center", "border": 1}))
    fields = [f"{name}!{'/'.join(filter(None, heading))}" for heading in sheet.headings]
    for row, cells in enumerate(sheet.rows, 2):
        page.write_row(row, 0, list(map(plain, cells)))
        record = f'{{"sheet":"{name}","row":{row + 1}}}'
        scribe.note(dataset, record, dict(zip(fields, cells, strict=True)))


def _write_headings(
    page: xlsxwriter.worksheet.Worksheet,
    headings: Sequence[tuple[str, str]],
    style: xlsxwriter.format.Format,
) -> None:
    for column, (group, heading) in enumerate(headings):
        if not group:
            page.merge_range(0, column, 1, column, heading, style)
            continue
        page.write(1, column, heading, style)
        groups = [other for other, _ in headings]
        if column == groups.index(group):
            _write_group(page, group, column, groups.count(group), style)


def _write_group(
    page: xlsxwriter.worksheet.Worksheet,
    group: str,
    column: int,
    width: int,
    style: xlsxwriter.format.Format,
) -> None:
    if width == 1:  # Excel knows no merged single cell
        page.write(0, column, group, style)
    else:
        page.merge_range(0, column, 0, column + width - 1, group, style)
