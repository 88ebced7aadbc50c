"""対 (pairs): what two columns of a table show together, row by row.

Somebody is born before whatever else is dated in their record, and an age is the years since a
birth. Shares of rows only, no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from scanners.japanese.dates import parse_date
from scanners.normalize import fold_values
from scanners.profile import Profile
from scanners.values import Kind, as_text

#: Rows looked at.
_ROWS = 300
#: Share of a column's values that must be dates to compare them, and of whole numbers to 120.
_DATES, _OLDEST = 0.9, 120
#: Characters of an age: 100歳.
_LONGEST = 4
#: Pairs of fewer rows show nothing.
_LEAST = 10

Days = Mapping[int, Sequence[date | None]]


def paired(head: pa.RecordBatch, columns: Sequence[Profile]) -> list[Profile]:
    """Return the profiles, in the order of the head, with what they show beside each other."""
    days = {
        at: _days(head.column(at)) for at, one in enumerate(columns) if one.years.dated >= _DATES
    }
    if not days:
        return list(columns)
    return [_beside(head, at, one, days) for at, one in enumerate(columns)]


def _beside(head: pa.RecordBatch, at: int, column: Profile, days: Days) -> Profile:
    if at in days:
        return replace(column, later=dict(_later(at, days)))
    numbers = column.kind in {Kind.TEXT, Kind.NUMBER} and 0 < column.length <= _LONGEST
    return replace(column, born=dict(_born(_numbers(head.column(at)), days))) if numbers else column


def _later(at: int, days: Days) -> Iterator[tuple[int, float]]:
    for other, theirs in days.items():
        both = [(a, b) for a, b in zip(days[at], theirs, strict=True) if a and b]
        if other != at and len(both) >= _LEAST:
            yield other, _rounded(sum(a < b for a, b in both) / len(both))


def _born(ages: Sequence[int | None], days: Days) -> Iterator[tuple[int, float]]:
    """Yield the columns of dates to which these ages go: all of one day, or of the day before."""
    for other, theirs in days.items():
        sums = [day.year + age for age, day in zip(ages, theirs, strict=True) if age and day]
        if len(sums) >= _LEAST:
            usual = max(set(sums), key=sums.count)
            beside = max(sums.count(usual - 1), sums.count(usual + 1))
            yield other, _rounded((sums.count(usual) + beside) / len(sums))


def _rounded(share: float) -> float:
    return round(share, 3)


def _days(column: pa.Array) -> list[date | None]:
    texts = as_text(column.slice(0, _ROWS))
    return [parse_date(text) if text else None for text in fold_values(texts).to_pylist()]


def _numbers(column: pa.Array) -> list[int | None]:
    texts = as_text(column.slice(0, _ROWS))
    return [_number(text or "") for text in fold_values(texts).to_pylist()]


def _number(text: str) -> int | None:
    digits = text.strip().rstrip("歳才 ")
    return int(digits) if digits.isdecimal() and int(digits) <= _OLDEST else None
