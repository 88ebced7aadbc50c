"""Codes: valid ones pass the checks of others, near misses and decoys are what they claim."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from stdnum import ean, luhn
from stdnum.jp import cn, in_

from flows.demo import codes
from flows.demo.goods import order_number

NUMBERS = range(1, 500)


@pytest.mark.parametrize(
    ("make", "check"),
    [
        (codes.my_number, in_.is_valid),
        (codes.card_number, luhn.is_valid),
        (codes.corporate_number, cn.is_valid),
        (codes.jan, ean.is_valid),
        (order_number, in_.is_valid),
    ],
)
def test_check_digits_fit(make: Callable[[int], str], check: Callable[[str], bool]) -> None:
    """Another implementation accepts every number, and no two are equal."""
    made = list(map(make, NUMBERS))
    assert all(map(check, made))
    assert len(set(made)) == len(made)


def test_a_published_licence_number_is_made_alike() -> None:
    """A licence's eleventh digit follows from the ten before it, as in a published example."""
    made = codes.driver_license(3, 2001)
    total = sum(int(d) * w for d, w in zip(made, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    assert int(made[10]) == {11: 1, 10: 0}.get(11 - total % 11, 11 - total % 11)
    assert re.fullmatch(r"\d{12}", made)


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (codes.passport, r"[A-Z]{2}\d{7}"),
        (codes.pension_number, r"\d{4}-\d{6}"),
        (codes.residence_card, r"[A-Z]{2}\d{8}[A-Z]{2}"),
        (codes.permanent_resident, r"[A-Z]{2}\d{8}[A-Z]{2}"),
        (codes.bank_account, r"\d{4}-\d{3}-\d{7}"),
        (codes.savings_account, r"1\d{3}0-\d{7}1"),
        (codes.health_insurance, r"\d{8}-\d{4}-\d{1,6}"),
        (codes.foreign_passport, r"[ECM]\d{7,8}"),
        (codes.care_insurance, r"131\d{3}-0\d{9}"),
        (codes.elderly_insurance, r"39\d{6}-\d{8}"),
        (codes.employment_insurance, r"\d{4}-\d{6}-\d"),
    ],
)
def test_codes_without_check_digit_have_their_shape(make: Callable[[int], str], shape: str) -> None:
    """Passports, pension numbers and residence cards look like themselves."""
    assert all(re.fullmatch(shape, make(number)) for number in NUMBERS)


def test_near_misses_are_none_of_the_codes() -> None:
    """A near miss has a wrong check digit, an unknown office, or a character too few or many."""
    for number in NUMBERS:
        near = codes.near_misses(number)
        assert not in_.is_valid(near["個人番号"])
        assert not luhn.is_valid(near["カード番号"])
        assert near["免許証番号"].startswith("16")
        assert not re.fullmatch(r"[A-Z]{2}\d{7}", near["旅券番号"])
        assert not re.fullmatch(r"[A-Z]{2}\d{8}[A-Z]{2}", near["在留カード番号"])
        assert not re.fullmatch(r"\d{4}-?\d{6}", near["基礎年金番号"])
