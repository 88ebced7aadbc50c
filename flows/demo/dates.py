"""生年月日 (birth dates) as Japanese systems write them, western and by era.

Era starts: Unicode CLDR, supplemental/calendarData (明治 to 令和).

>>> born = date(1989, 1, 8)
>>> [written(born, style) for style in Style]
['1989-01-08', '1989/1/8', '19890108', '1989年1月8日', '平成元年1月8日', 'H1.1.8']
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from typing import assert_never

_ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
)

#: The day on which the company was made up; nothing in it is later.
TODAY = date(2024, 10, 1)


class Style(StrEnum):
    """A way to write a date."""

    ISO = "iso"
    SLASH = "slash"
    COMPACT = "compact"
    KANJI = "kanji"
    ERA = "era"
    ERA_LETTER = "era letter"


def written(day: date, style: Style) -> str:
    """Write a date (from 1912-07-30 on) in a style."""
    match style:
        case Style.ISO:
            return day.isoformat()
        case Style.SLASH:
            return f"{day.year}/{day.month}/{day.day}"
        case Style.COMPACT:
            return f"{day:%Y%m%d}"
        case Style.KANJI:
            return f"{day.year}年{day.month}月{day.day}日"
        case Style.ERA:
            name, _, year = era(day)
            return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
        case Style.ERA_LETTER:
            _, letter, year = era(day)
            return f"{letter}{year}.{day.month}.{day.day}"
    assert_never(style)


def era(day: date) -> tuple[str, str, int]:
    """Return the era's name, its letter, and the year within it."""
    start, name, letter = next(entry for entry in _ERAS if entry[0] <= day)
    return name, letter, day.year - start.year + 1


def age(born: date, on: date = TODAY) -> int:
    """Return the age in full years.

    >>> age(date(2000, 10, 2)), age(date(2000, 10, 1))
    (23, 24)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def day(draws: Random, first: date) -> date:
    """Draw a day before today."""
    return first + timedelta(days=draws.randrange((TODAY - first).days))


def moment(draws: Random, first: date) -> datetime:
    """Draw a moment before today, without a zone, as most systems keep it."""
    seconds = draws.randrange((TODAY - first).days * 86_400)
    return datetime.combine(first, time()) + timedelta(seconds=seconds)


def at(day: date, after: timedelta) -> datetime:
    """Return the moment so long after midnight, without a zone."""
    return datetime.combine(day, time()) + after
