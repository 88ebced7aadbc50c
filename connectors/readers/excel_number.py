"""A number in a workbook's cell as the text a person sees, where that is more than the number.

``600001`` under the format ``0000000`` is the postal code ``0600001``, ``9012345678`` under
``000-0000-0000`` a telephone number and ``31138`` under ``ggge"年"m"月"d"日"`` a day in 1985, given
in ISO 8601. Source: ECMA-376 part 1, 18.8.30 (numFmt); .xls has the same formats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

#: The day before Excel's first, and that of old workbooks of the Macintosh; Excel knows no zone.
SINCE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
SINCE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001

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


def shown(number: float, found: Format, epoch: datetime) -> str:
    """Write a number as its format shows it.

    >>> shown(600001, Format(padding="0000000"), SINCE_1900)
    '0600001'
    """
    if found.look is not Look.PLAIN:
        return moment(float(number), epoch, found.look)
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
        early = epoch == SINCE_1900 and 0 < serial < 60  # noqa: PLR2004
        when = epoch + span + timedelta(days=1 if early else 0)
    except OverflowError:
        return str(serial)
    return when.date().isoformat() if when.time() == time() else when.isoformat()
