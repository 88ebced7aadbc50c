"""A cell of a workbook as the text a person sees, where that is more than the number behind it.

``600001`` under the format ``0000000`` is the postal code ``0600001``, ``9012345678`` under
``000-0000-0000`` a telephone number and ``31138`` under ``ggge"年"m"月"d"日"`` a day in 1985, given
in ISO 8601. Source: ECMA-376 part 1, 18.3.1.4 (c), 18.8.30 (numFmt).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

from lxml.etree import _Element

#: A format that pads with zeros, perhaps grouped by hyphens, perhaps after a locale.
_PADDED = re.compile(r'(?:\[[^\]]*\])?((?:0|\\?[-() ]|"[-() ]")+)(?:;.*)?')
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DATE_PART = re.compile(r"[dmhysgera]", re.IGNORECASE)
_DURATION = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_GENERAL = re.compile(r"(?i)general|g/標準|標準")

#: Formats that are known by number only: dates everywhere, and those of Japanese Excel.
_BUILT_IN = (
    dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd")
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), "h:mm:ss")
    | dict.fromkeys((34, 35, 55, 56), "yyyy-mm-dd")
    | {46: "[h]:mm:ss"}
)


class Look(Enum):
    """How a number is shown."""

    PLAIN = "plain"
    DATE = "date"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Format:
    """A number format; ``padding`` is one like ``000-0000``."""

    look: Look = Look.PLAIN
    padding: str | None = None


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
        value = next((each.text for each in cell if each.tag.endswith("}v")), None)
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
        if found.look is not Look.PLAIN:
            return moment(float(value), self.epoch, found.look)
        number = float(value) if "." in value or "E" in value or "e" in value else int(value)
        if isinstance(number, float) and not number.is_integer():
            return repr(number)
        return padded(int(number), found.padding) if found.padding else str(int(number))


def format_of(number: int, code: str | None) -> Format:
    """Read a format by its number and, where the workbook gives one, its code."""
    code = _BUILT_IN.get(number, "") if code is None else code
    first = code.split(";")[0]
    if _DURATION.search(first):
        return Format(Look.DURATION)
    bare = _GENERAL.sub("", _QUOTED.sub("", first))
    if _DATE_PART.search(bare):
        return Format(Look.DATE)
    found = _PADDED.fullmatch(code)
    return Format(padding=re.sub(r'[\\"]', "", found[1]) if found and "00" in found[1] else None)


def plain(element: _Element) -> str:
    """Return the text of a string item; its ruby (``rPh``) is no part of it."""
    texts = element.iter("{*}t")
    return "".join(each.text or "" for each in texts if not _is_ruby(each))


def _is_ruby(text: _Element) -> bool:
    parent = text.getparent()
    return parent is not None and parent.tag.endswith("}rPh")


def padded(value: int, pattern: str) -> str:
    """Fill the zeros of ``pattern`` with the digits of ``value``, from the right.

    >>> padded(9012345678, "000-0000-0000")
    '090-1234-5678'
    """
    digits = str(abs(value)).zfill(pattern.count("0"))
    text = ""
    for character in reversed(pattern):
        text = (digits[-1:] if character == "0" else character) + text
        digits = digits[:-1] if character == "0" else digits
    return ("-" if value < 0 else "") + digits + text


def moment(serial: float, epoch: datetime, look: Look) -> str:
    """Write Excel's count of days since ``epoch`` in ISO 8601; midnight is a day.

    >>> moment(31138, datetime(1899, 12, 30), Look.DATE)
    '1985-04-01'
    """
    span = timedelta(seconds=round(serial * 86_400))
    if look is Look.DURATION:
        return str(span)
    if 0 < serial < 1:
        return (datetime.min + span).time().isoformat()  # noqa: DTZ901  # a time of day alone
    try:
        # Excel takes 1900 for a leap year, so its first 59 days are one too low.
        when = epoch + span + timedelta(days=1 if 0 < serial < 60 else 0)  # noqa: PLR2004
    except OverflowError:
        return str(serial)
    return when.date().isoformat() if when.time() == time() else when.isoformat()
