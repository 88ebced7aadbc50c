"""Dates by era and by the western year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanners.japanese.dates import dates, parse_date

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
DAYS = st.dates(date(1873, 1, 1), date(2029, 12, 31))
ENGLISH = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}


@settings(deadline=None)
@given(DAYS, st.sampled_from(sorted(ERAS)))
def test_any_day_of_any_era(day: date, era: str) -> None:
    """A year of an era, past its end or not, is read as the western year."""
    year = day.year - ERAS[era]
    if 1 <= year <= 99:
        shown = "元" if year == 1 else str(year)
        assert parse_date(f"{era}{shown}年{day.month}月{day.day}日") == day
        assert parse_date(f"{era[0]}{year}.{day.month}.{day.day}") == day
        letter = next(letter for letter, name in ENGLISH.items() if name == era)
        assert parse_date(f"{letter}{year:02}{day:%m%d}") == day


@settings(deadline=None)
@given(DAYS)
def test_any_western_day(day: date) -> None:
    """Western forms are read, a midnight behind or not."""
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 00:00:00")
    assert {parse_date(day.strftime(form)) for form in forms} == {day}


@pytest.mark.parametrize("text", ["2023-02-29", "令和5年13月1日", "19851301", "1985-4", "", "0"])
def test_no_such_day(text: str) -> None:
    """What no calendar has is no date."""
    assert parse_date(text) is None


def test_dates_in_a_text() -> None:
    """Dates are found where they stand, each once."""
    text = "昭和六十年四月一日から2020/1/2まで、1.2.3.4や20201301は違う"
    assert [text[one.start : one.end] for one in dates(text)] == ["昭和六十年四月一日", "2020/1/2"]


@settings(deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    """Nothing crashes, and spans lie in the text."""
    assert all(0 <= one.start < one.end <= len(text) for one in dates(text))
