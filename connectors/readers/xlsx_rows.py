"""A sheet's part as rows: the cells in order, then the ranges of merged cells.

The part is parsed row by row, so that a sheet of a million rows takes no more memory than one.
Source: ECMA-376 part 1, 18.3.1.99 (worksheet).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from connectors.readers.sheet import Numbered, Range
from connectors.readers.xlsx_cell import CellText

_CHUNK = 1 << 20
_OVERLAP = 512
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')
_UNSOLVED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f[^>]*/>)(?:<(?:\w+:)?v\s*/>|<v></v>)?</(?:\w+:)?c>"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a part tells apart from its rows: merged cells, and formulas without a stored value."""

    merged: tuple[Range, ...]
    unsolved: int


def marks(part: BinaryIO) -> Marks:
    """Look through a part as bytes, because it names merged cells after all rows."""
    merged: list[Range] = []
    unsolved = 0
    for window, fresh in _windows(part):
        merged += [_range(each) for each in _MERGE.finditer(window) if each.end() > fresh]
        unsolved += sum(each.end() > fresh for each in _UNSOLVED.finditer(window))
    return Marks(tuple(merged), unsolved)


def rows(part: BinaryIO, texts: CellText) -> Iterator[Numbered]:
    """Yield the rows that hold something."""
    number = 0
    for row in elements(part, "row"):
        number = int(row.get("r", number + 1))
        cells = _cells(row, texts)
        if any(cells):
            yield number, cells


def elements(part: BinaryIO, name: str) -> Iterator[etree._Element]:
    """Yield the elements of that name, each valid until the next is asked for."""
    parser = etree.iterparse(
        part, tag=f"{{*}}{name}", resolve_entities=False, no_network=True, huge_tree=True
    )
    for _, element in parser:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _cells(row: etree._Element, texts: CellText) -> list[str | None]:
    cells: list[str | None] = []
    for cell in row:
        at = _column(cell.get("r", "")) or len(cells) + 1
        text = texts.text(cell)
        if text is not None:
            cells += [None] * (at - len(cells) - 1)
            cells.append(text)
    return cells


def _windows(part: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield overlapping windows and how many bytes of each were in the one before."""
    kept = b""
    while chunk := part.read(_CHUNK):
        yield kept + chunk, len(kept)
        kept = (kept + chunk)[-_OVERLAP:]


def _range(found: re.Match[bytes]) -> Range:
    left, top, right, bottom = (each.decode() for each in found.groups())
    return Range(int(top), _column(left), int(bottom), _column(right))


def _column(reference: str) -> int:
    """Return the number of a column, from 1, by its letters; 0 without any.

    >>> _column("AB12")
    28
    """
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter) - 64
    return number
