"""漢数字 (numerals in kanji) up to 999, in words (百二十三) and figure by figure (一二三)."""

from __future__ import annotations

import re

_VALUES = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_UNITS = re.compile("[十百]")


def kanji_number(text: str) -> int:
    """Read a number; of what is none (十十) as much as makes sense.

    >>> kanji_number("二十三"), kanji_number("三八"), kanji_number("百二")
    (23, 38, 102)
    """
    if not _UNITS.search(text):
        return int("".join(str(_VALUES[char]) for char in text))
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = _VALUES.get(hundreds, 1) * 100 if hundred else 0
    return total + (_VALUES.get(tens, 1) * 10 if ten else 0) + _VALUES.get(ones, 0)
