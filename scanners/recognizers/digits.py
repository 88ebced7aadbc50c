r"""数字列 (runs of digits): what recognizers of numbers share.

``\b`` fails beside kanji and kana, which count as letters, so bounds are looked for in digits and
ASCII letters alone.
"""

from __future__ import annotations

import re

from scanners.normalize import HYPHEN

#: No digit or letter, nor a digit and a separator, stands directly before or after.
BOUND_LEFT = rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z]{HYPHEN})(?<![0-9][.,/:_])"
BOUND_RIGHT = rf"(?![0-9A-Za-z])(?!{HYPHEN}[0-9A-Za-z])(?![.,/:_][0-9])"

# Texts that are joined stay joined.
_NOT_A_DIGIT = re.compile(r"[^0-9\0]+")


def digits(value: str) -> str:
    """Return the ASCII digits of a folded value."""
    return _NOT_A_DIGIT.sub("", value)


def monotone(number: str) -> bool:
    """Tell whether all digits are one: a placeholder."""
    return len(set(number)) == 1
