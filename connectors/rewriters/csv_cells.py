"""Cells of one record of a table in text: where each stands, and how a new value is written.

The same cells as Python's parser makes: a quote opens a cell only at its beginning, what follows
the closing one belongs to the cell too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from connectors.readers.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's characters, quotes included, from ``start`` to before ``end`` in its record."""

    start: int
    end: int
    quoted: bool


def cells(record: str, dialect: Dialect, *, quoted: bool = True) -> list[Cell]:
    """Find the cells of a record; ``quoted`` is false where a quote in it is a character."""
    pattern = _cell(dialect, quoted)
    found: list[Cell] = []
    at = 0
    while True:
        cell = pattern.match(record, at)
        if cell is None:  # the pattern also matches nothing
            return found
        opens = quoted and record.startswith(dialect.quote, at)
        found.append(Cell(at, cell.end(), opens))
        at = cell.end() + 1
        if record[cell.end() : at] != dialect.delimiter:
            return found


def written(value: str, dialect: Dialect, *, quoted: bool) -> str:
    """Write a value as a cell, in quotes if its neighbour was or if it needs them."""
    quote, escape = dialect.quote, dialect.escape
    if not quoted and not any(sign in value for sign in special(dialect)):
        return value
    if escape:
        value = value.replace(escape, escape * 2)
        return quote + value.replace(quote, escape + quote) + quote
    return quote + value.replace(quote, quote * 2) + quote


def special(dialect: Dialect) -> tuple[str, ...]:
    """Return the characters that mean something in a cell without quotes."""
    return (dialect.delimiter, dialect.quote, dialect.escape or "\n", "\r", "\n")


@cache
def _cell(dialect: Dialect, quoted: bool) -> re.Pattern[str]:
    quote, end = re.escape(dialect.quote), re.escape(dialect.delimiter) + r"\r\n"
    escape = re.escape(dialect.escape) if dialect.escape else ""
    escaped = f"|{escape}." if escape else ""
    inside = f"{quote}(?:[^{quote}{escape}]++|{quote}{quote}{escaped})*+(?:{quote}|\\Z)"
    opening = f"(?:{inside})?+" if quoted else ""
    return re.compile(f"{opening}(?:[^{end}{escape}]++{escaped})*+", re.DOTALL)
