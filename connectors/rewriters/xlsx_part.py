"""A sheet's part as bytes, cell by cell: what is written into one, all else left as it was.

A blanked cell keeps its place and its look and loses its value. A formula stays, for the
workbook lists which cells have one; its stored result goes.
Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.73 (row)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import unescape
from typing import BinaryIO
from xml.sax.saxutils import escape

from connectors.change import Why
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.xml_chunks import chunks

_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])[^>]*>")
_CELL = re.compile(rb"<((?:\w+:)?)c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\sr="([A-Z]+)(\d+)"')
_ROW_END = re.compile(rb"</(\w+:)?row>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_KIND = re.compile(rb'\st="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])(?:[^>]*/>|.*?</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
_INLINE = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ODD = re.compile(rb"<!\[CDATA\[|<!--|^\xff\xfe|^\xfe\xff|encoding=[\"'](?!utf-8)", re.IGNORECASE)
_UNREADABLE = "The sheet is written in a rare way; save it anew in Excel."
_TEXT_IN_FORMULA = "A formula names a text; change it in Excel."
_NO_TEXT = "The cell holds a number, a date or a formula; correct it in Excel."


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """A cell: its row and column from 1, and what is in it. No ``repr``: it holds a value."""

    row: int
    column: int
    prefix: bytes
    attributes: bytes
    content: bytes

    @property
    def kind(self) -> bytes:
        """Return the type: ``s`` shared text, ``n`` number and so on."""
        found = _KIND.search(self.attributes)
        return found[1] if found else b"n"

    @property
    def shared(self) -> int | None:
        """Return the number of the shared text it shows."""
        value = _VALUE.search(self.content)
        return int(value[1]) if value and self.kind == b"s" else None

    @property
    def text_here(self) -> str:
        """Return what stands in the cell itself, be it a number or an inline text."""
        found = _VALUE.findall(self.content) if self.kind != b"s" else []
        inline = b"".join(_INLINE.findall(self.content))
        return unescape((found[0] if found else inline).decode())

    def blank(self) -> bytes:
        """Return it without a value; raises ``Hindered`` where a formula holds a text."""
        formula = _FORMULA.search(self.content)
        if formula and '"' in unescape(formula[0].partition(b">")[2].decode()):
            raise Hindered(Why.BY_HAND, _TEXT_IN_FORMULA)
        return self._written(b"", formula[0] if formula else b"")

    def text(self, value: str) -> bytes:
        """Return it with a text, or with a number where it held a plain one."""
        if _FORMULA.search(self.content) or _CONTROL.search(value):
            raise Hindered(Why.WRONG_TYPE, _NO_TEXT)
        if self.kind == b"n" and _VALUE.search(self.content):
            if b' s="' in self.attributes or not _PLAIN_NUMBER.fullmatch(value):
                raise Hindered(Why.WRONG_TYPE, _NO_TEXT)
            return self._written(b"", self._element(b"v", value))
        inner = self._element(b"t", value).replace(b"t>", b't xml:space="preserve">', 1)
        start = b"<" + self.prefix + b"is>"
        return self._written(b' t="inlineStr"', start + inner + b"</" + start[1:])

    def _element(self, name: bytes, value: str) -> bytes:
        name = self.prefix + name + b">"
        return b"<" + name + escape(value).encode() + b"</" + name

    def _written(self, kind: bytes, inner: bytes) -> bytes:
        start = b"<" + self.prefix + b"c" + _KIND.sub(b"", self.attributes).rstrip() + kind
        return start + (b">" + inner + b"</" + self.prefix + b"c>" if inner else b"/>")


#: What a cell becomes; ``None`` leaves it.
Change = Callable[[Cell], bytes | None]
#: The columns of a row to which ``Change`` gives a value even where there is no cell.
Needed = Callable[[int], Collection[int]]


def rewritten(part: BinaryIO, change: Change, needed: Needed = lambda _row: ()) -> Iterator[bytes]:
    """Yield a part with its cells changed; raises ``Hindered`` where it can't be taken apart."""
    row = 0
    for chunk in chunks(part, b"row"):
        if _ODD.search(chunk):
            raise Hindered(Why.BY_HAND, _UNREADABLE)
        starts = [*_ROW.finditer(chunk)]
        ends = [*(each.start() for each in starts[1:]), len(chunk)]
        yield chunk[: starts[0].start()] if starts else chunk
        for start, end in zip(starts, ends, strict=bool(starts)):
            number = _NUMBER.search(start[0])
            row = int(number[1]) if number else row + 1
            inner = _row(chunk[start.end() : end], row, change)
            yield start[0] + (_with(inner, row, needed(row), change) if needed(row) else inner)


def _with(inner: bytes, row: int, needed: Collection[int], change: Change) -> bytes:
    """Put cells that are needed and aren't there in their places."""
    end = _ROW_END.search(inner)
    if end is None:  # a row without cells is no record
        return inner
    places = {found.start(): column for column, found in _columns(inner[: end.start()])}
    for column in sorted(set(needed) - set(places.values()), reverse=True):
        at = min((at for at, there in places.items() if there > column), default=end.start())
        name = b' r="' + _letters(column) + str(row).encode() + b'"'
        cell = change(Cell(row, column, end[1] or b"", name, b"")) or b""
        inner = inner[:at] + cell + inner[at:]
    return inner


def _columns(inner: bytes) -> Iterator[tuple[int, re.Match[bytes]]]:
    column = 0
    for found in _CELL.finditer(inner):
        reference = _REFERENCE.search(found[2])
        column = _column(reference[1]) if reference else column + 1
        yield column, found


def _row(inner: bytes, row: int, change: Change) -> bytes:
    column = 0

    def changed(found: re.Match[bytes]) -> bytes:
        nonlocal column
        prefix, attributes, content = found.groups(b"")
        reference = _REFERENCE.search(attributes)
        column = _column(reference[1]) if reference else column + 1
        new = change(Cell(row, column, prefix, attributes, content))
        return found[0] if new is None else new

    return _CELL.sub(changed, inner)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(column: int) -> bytes:
    """Return a column's name.

    >>> _letters(1), _letters(26), _letters(27), _letters(703)
    (b'A', b'Z', b'AA', b'AAA')
    """
    name = b""
    while column:
        column, letter = divmod(column - 1, 26)
        name = bytes([65 + letter]) + name
    return name
