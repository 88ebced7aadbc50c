"""A cell of a workbook as text, and the 振り仮名 (phonetic runs) that Excel keeps above it.

Excel stores the kana that somebody typed to get a name's kanji: the reading of a name that no
column may hold. Source: ECMA-376 part 1, 18.3.1.4 (c), 18.4.6 (rPh), 18.4.8 (si).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lxml.etree import _Element

from connectors.readers.excel_number import Format, shown


class CellText(Protocol):
    """Turns a ``c`` element into text."""

    def text(self, cell: _Element) -> str | None:
        """Return the text; ``None`` where there is none."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Texts:
    """Turns the cells of one workbook into text. No ``repr``: it holds the shared texts."""

    shared: Sequence[str]
    formats: Sequence[Format]
    epoch: datetime

    def text(self, cell: _Element) -> str | None:
        """Return the text of a ``c`` element; ``None`` where it is empty."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return plain(cell) or None
        value = _value(cell)
        if not value:
            return None
        if kind == "s":
            return self.shared[int(value)] or None
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value, cell) if kind == "n" else value

    def _number(self, value: str, cell: _Element) -> str:
        style = int(cell.get("s", 0))
        found = self.formats[style] if style < len(self.formats) else Format()
        number = float(value) if "." in value or "E" in value or "e" in value else int(value)
        return shown(number, found, self.epoch)


@dataclass(frozen=True, slots=True, repr=False)
class Phonetics:
    """Turns cells into their 振り仮名; ``shared`` has those of shared texts, by number."""

    shared: Mapping[int, str]

    def text(self, cell: _Element) -> str | None:
        """Return the kana above a cell; ``None`` where there are none."""
        if cell.get("t") == "inlineStr":
            return next((phonetic(each) for each in cell.iter("{*}is")), None)
        value = _value(cell) if cell.get("t") == "s" else None
        return self.shared.get(int(value)) if value else None


def plain(element: _Element) -> str:
    """Return the text of a string item; its ruby (``rPh``) is no part of it."""
    texts = element.iter("{*}t")
    return "".join(each.text or "" for each in texts if not _is_ruby(each))


def phonetic(item: _Element) -> str | None:
    """Return a string item with kana for what has some, as Excel's PHONETIC() does."""
    runs = [each for each in item if each.tag.endswith("}rPh")]
    if not runs:
        return None
    # Places count units of UTF-16, of which 𠮷 has two.
    base = plain(item).encode("utf-16-le")
    text, at = "", 0
    for run in runs:
        start, end = (2 * int(run.get(name, 0)) for name in ("sb", "eb"))
        kana = "".join(each.text or "" for each in run.iter("{*}t"))
        text += base[at:start].decode("utf-16-le", "replace") + kana
        at = max(at, end)
    return text + base[at:].decode("utf-16-le", "replace")


def _value(cell: _Element) -> str | None:
    return next((each.text for each in cell if each.tag.endswith("}v")), None)


def _is_ruby(text: _Element) -> bool:
    parent = text.getparent()
    return parent is not None and parent.tag.endswith("}rPh")
