"""Elements of an XML part emptied of their texts, every other byte as it was.

Elements are counted as they open, from 0: a tree of the same part counts them alike.
Source: XML 1.0, 3.1 (tags)
"""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.parsers import expat

from connectors.change import Why
from connectors.rewriters.hindered import Hindered

_TAG = re.compile(rb"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_ODD = re.compile(
    rb"<!DOCTYPE|\A\xff\xfe|\A\xfe\xff|encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE
)
_UNREADABLE = "The file's XML is written in a rare way; save it anew where it was made."


def without_texts(part: bytes, numbers: Collection[int]) -> bytes:
    """Return a part with these elements empty; raises ``Hindered`` where its bytes don't tell."""
    if _ODD.search(part[:1024]):
        raise Hindered(Why.BY_HAND, _UNREADABLE)
    pieces, at = [], 0
    for start, end in _Places(numbers).found(part):
        pieces.append(part[at:start])
        at = end
    return b"".join([*pieces, part[at:]])


class _Places:
    """Where the contents of some elements begin and end; these hold no others."""

    def __init__(self, numbers: Collection[int]) -> None:
        self._numbers = numbers
        self._number = -1
        self._start: int | None = None
        self._places: list[tuple[int, int]] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close

    def found(self, part: bytes) -> list[tuple[int, int]]:
        try:
            self._parser.Parse(part, True)  # its last piece
        except expat.ExpatError:
            raise Hindered(Why.BY_HAND, _UNREADABLE) from None
        return [(self._behind(part, start), end) for start, end in self._places if start < end]

    def _open(self, _name: str, _attributes: dict[str, str]) -> None:
        self._number += 1
        if self._start is not None:
            raise Hindered(Why.BY_HAND, _UNREADABLE)
        if self._number in self._numbers:
            self._start = self._parser.CurrentByteIndex

    def _close(self, _name: str) -> None:
        if self._start is not None:
            self._places.append((self._start, self._parser.CurrentByteIndex))
            self._start = None

    def _behind(self, part: bytes, start: int) -> int:
        tag = _TAG.match(part, start)
        if tag is None:
            raise Hindered(Why.BY_HAND, _UNREADABLE)
        return tag.end()
