"""A sheet's part as bytes, cell by cell: what is written into one, all else left as it was.

A blanked cell keeps its place and its look and loses its value. A formula stays, for the
workbook lists which cells have one; its stored result goes.
Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.73 (row)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
_NUMBER = re.compile(rb'\sr="(\d+)"')
_KIND = re.compile(rb'\st="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])(?:[^>]*/>|.*?</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
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


def rewritten(part: BinaryIO, change: Change) -> Iterator[bytes]:
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
            yield start[0] + _row(chunk[start.end() : end], row, change)


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
