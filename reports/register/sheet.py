"""A sheet of the register: text that stays text, a heading that stays in sight, A4 landscape.

A value that came from a scanned source may begin with ``=``: every text is written as a string
cell with Excel's quote prefix, so that it is no formula now nor after someone edits the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | int | date | None

_A4 = 9
_LINE, _AIR, _TALLEST = 13.0, 6.0, 400.0  # points; Excel has no row above 409
_MOST = 32_000  # Excel holds 32,767 characters in a cell
_FONT = "游ゴシック"
_INK, _HEAD, _RULE, _YELLOW, _RED = "#1F2328", "#E8EDF1", "#BFC5CC", "#FFF4C2", "#A63A22"


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook being written, with the formats of its cells by name."""

    workbook: Workbook
    formats: Mapping[str, Format]
    fill: str
    footer: str

    @classmethod
    def open(cls, path: str, fill: str, footer: str, made: datetime) -> Book:
        """Begin a workbook; ``fill`` is the word in a cell that waits for people."""
        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        workbook = Workbook(path, {**safe, "remove_timezone": True})
        workbook.set_properties({"created": made.replace(tzinfo=None), "comments": "Shozai"})
        return cls(workbook, _formats(workbook), fill, footer)

    def table(
        self,
        name: str,
        columns: Mapping[str, float],
        rows: Iterable[Sequence[Value]],
        across: int = 1,
    ) -> None:
        """Add a sheet with a heading that is frozen, filtered and printed on every page.

        It is printed ``across`` pages wide, the first two columns on each of them.
        """
        sheet = self.page(name)
        for number, (heading, width) in enumerate(columns.items()):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, heading, self.formats["head"])
        last = 0
        for last, row in enumerate(rows, 1):
            self.row(sheet, last, row)
            sheet.set_row(last, _height(row, columns.values()))
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)
        sheet.fit_to_pages(across, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        self.mark(sheet, max(last, 1), len(columns))

    def page(self, name: str) -> Worksheet:
        """Add an empty sheet, set up to be printed."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer(f"&L&8{_literal(self.footer)}&R&8&A　&P / &N")
        return sheet

    def row(self, sheet: Worksheet, row: int, values: Sequence[Value]) -> None:
        """Write a row of cells, each in the format of its kind."""
        for column, value in enumerate(values):
            self.cell(sheet, row, column, value)

    def cell(self, sheet: Worksheet, row: int, column: int, value: Value, style: str = "") -> None:
        """Write one cell; text never becomes anything but text."""
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self.formats[style or "date"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.formats[style or "number"])
        else:
            sheet.write_string(row, column, (value or "")[:_MOST], self.formats[style or "text"])

    def mark(self, sheet: Worksheet, last: int, columns: int) -> None:
        """Colour the cells that wait for people, until they are filled in."""
        rule = {"type": "cell", "criteria": "==", "value": f'"{self.fill}"'}
        paint = {**rule, "format": self.formats["fill"]}
        sheet.conditional_format(1, 0, last, columns - 1, paint)


def _height(values: Iterable[Value], widths: Iterable[float]) -> float:
    """Return the height in points that shows every line of the row."""
    lines = (_lines(str(value), width) for value, width in zip(values, widths, strict=True))
    return min(max(lines) * _LINE + _AIR, _TALLEST)


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(_columns(line) / (width - 1))) for line in text.split("\n"))


def _columns(text: str) -> float:
    """Return the width of a text at 9 points, in columns' units of 11 points."""
    return sum(1.75 if east_asian_width(one) in "WFA" else 0.9 for one in text)


def _literal(text: str) -> str:
    return text.replace("&", "&&")


def _formats(workbook: Workbook) -> dict[str, Format]:
    base: dict[str, Any] = {"font_name": _FONT, "font_size": 9, "font_color": _INK}
    body = {**base, "valign": "top", "text_wrap": True, "border": 1, "border_color": _RULE}
    text = {**body, "num_format": "@", "quote_prefix": True}
    styles: dict[str, dict[str, Any]] = {
        "head": {**body, "bold": True, "bg_color": _HEAD, "valign": "vcenter", "align": "center"},
        "text": text,
        "number": {**body, "num_format": "#,##0"},
        "date": {**body, "num_format": "yyyy-mm-dd", "align": "left"},
        "fill": {"bg_color": _YELLOW},
        "title": {**base, "font_size": 18, "bold": True},
        "label": {**text, "bg_color": _HEAD},
        "section": {**base, "font_size": 11, "bold": True},
        "note": {**base, "text_wrap": True, "valign": "top", "quote_prefix": True},
        "warning": {**base, "text_wrap": True, "valign": "top", "font_color": _RED},
    }
    return {name: workbook.add_format(style) for name, style in styles.items()}
