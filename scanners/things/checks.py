"""検査 (checks) of numbers that are nobody's, on folded text without separators.

Corporate numbers, goods and books by ``python-stdnum``. 全国地方公共団体コード: modulus 11, weights
6 to 2 (総務省; 131016, 011002 and 271004 verify). Salesforce: the last three characters of 18 say
which of the 15 before are capitals. Times: a calendar's ranges.
"""

from __future__ import annotations

import re

from stdnum import ean, isbn
from stdnum.jp import cn

_TIME = re.compile(
    r"(?:19[7-9]|20[0-9])[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,6})?)?"
)
#: Seconds since 1970, of the years 2001 to 2096; with three, six or nine more digits.
_EPOCH = re.compile(r"[1-3][0-9]{9}(?:[0-9]{3}){0,3}")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_LONG, _SHORT_EAN = 18, 8


def is_corporate(number: str) -> bool:
    """Tell whether 13 digits are a 法人番号, with or without the T of an invoice number."""
    return bool(cn.is_valid(number.removeprefix("T")))


def is_goods(number: str) -> bool:
    """Tell whether digits are a JAN, EAN or UPC code."""
    full = number if len(number) == _SHORT_EAN else number.zfill(13)
    return number.isdecimal() and bool(ean.is_valid(full))


def is_book(number: str) -> bool:
    """Tell whether the text is an ISBN of 10 or 13 digits."""
    return bool(isbn.is_valid(number))


def is_municipality(number: str) -> bool:
    """Tell whether six digits are a code of a prefecture or municipality.

    >>> is_municipality("131016"), is_municipality("131017")
    (True, False)
    """
    if len(number) != 6 or not number.isdecimal():  # noqa: PLR2004 - five and the check digit
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, (6, 5, 4, 3, 2), strict=False))
    return (11 - total % 11) % 10 == int(number[5])


def is_time(number: str) -> bool:
    """Tell whether 12 or more digits are a day with a time."""
    return _TIME.fullmatch(number) is not None


def is_epoch(number: str) -> bool:
    """Tell whether digits are seconds since 1970, or thousandths, millionths or milliardths."""
    return _EPOCH.fullmatch(number) is not None


def is_salesforce(code: str) -> bool:
    """Tell whether 18 letters and digits end in the three that say what is a capital.

    >>> is_salesforce("001D000000IRFmaIAH"), is_salesforce("001D000000IRFmaIAX")
    (True, False)
    """
    if len(code) != _LONG or not code.isascii() or not code.isalnum():
        return False
    return "".join(map(_capitals, (code[:5], code[5:10], code[10:15]))) == code[15:].upper()


def _capitals(five: str) -> str:
    return _ALPHABET[sum(1 << at for at, char in enumerate(five) if char.isupper())]
