"""The numbering plan is the one that ``phonenumbers`` judges by."""

from __future__ import annotations

import phonenumbers
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanners.finding import Entity
from scanners.recognizers.registry import recognizer

_JAPAN = 81
NUMBERS = st.from_regex(r"0[0-9]{8,10}", fullmatch=True)


@settings(max_examples=500, deadline=None)
@given(NUMBERS)
@example("01040310000")
def test_the_plan_is_that_of_phonenumbers(number: str) -> None:
    """A number of ten or eleven digits fits if and only if ``phonenumbers`` calls it valid."""
    # The plan knows no number that begins with two zeros, which phonenumbers would drop.
    expected = _is_valid(number) and number[1] != "0"
    assert recognizer(Entity.PHONE_NUMBER).fits(number) == expected


def _is_valid(number: str) -> bool:
    try:
        read = phonenumbers.parse(number, "JP")
    except phonenumbers.NumberParseException:
        return False
    # 010 is how Japan dials abroad: 010-40-310000 is a number of Romania's plan.
    return read.country_code == _JAPAN and phonenumbers.is_valid_number(read)
