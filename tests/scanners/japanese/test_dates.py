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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/04/1985", date(1985, 1, 4)),
        ("25/12/1985", date(1985, 12, 25)),
        ("01.04.1985", date(1985, 4, 1)),
        ("12-25-1985", date(1985, 12, 25)),
        ("1 Apr 1985", date(1985, 4, 1)),
        ("01-Apr-1985", date(1985, 4, 1)),
        ("1985 04 01", date(1985, 4, 1)),
        ("3600401", date(1985, 4, 1)),
        ("昭和六〇年四月一日", date(1985, 4, 1)),
        ("1985年4月1日(月)", date(1985, 4, 1)),
        ("西暦1985年4月1日", date(1985, 4, 1)),
    ],
)
def test_other_ways_to_write_a_day(text: str, day: date) -> None:
    """Months in front, behind and in English; eras by number; weekdays behind."""
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "overflow"),
    [
        *(("昭和64年1月7日", False), ("昭和64年1月8日", True), ("S65.1.1", True)),
        *(("平成31年4月30日", False), ("平成31年5月1日", True), ("令和60年1月1日", False)),
        *(("明治45年7月30日", False), ("大正15年12月26日", True), ("1990年1月1日", False)),
    ],
)
def test_a_day_past_its_era_is_marked(text: str, overflow: bool) -> None:
    """Forms printed before a change of era go on counting the old one."""
    assert [one.overflow for one in dates(text)] == [overflow]


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


@pytest.mark.parametrize(
    "text", ["昭和60年十十月一日", "昭和二三十年四月一日", "1985年二三十月1日"]
)
def test_what_is_no_number_is_no_date(text: str) -> None:
    """Numerals that make no number are left out and stop nobody."""
    assert parse_date(text) is None
    assert text not in {text[one.start : one.end] for one in dates(text)}
