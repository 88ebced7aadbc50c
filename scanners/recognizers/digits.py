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
_AFTER_NO = r"(?<=^[Nn][Oo])|(?<=[^0-9A-Za-z][Nn][Oo])"
#: The same for a number that a word must name: № (folded: No) may touch it, and a list go on.
LABELLED_LEFT = rf"(?:(?<![0-9A-Za-z])(?<![0-9A-Za-z]{HYPHEN})(?<![0-9][./:_])|{_AFTER_NO})"
LABELLED_RIGHT = rf"(?![0-9A-Za-z])(?!{HYPHEN}[0-9A-Za-z])(?![./:_][0-9])"
#: The same for a number with letters.
ALONE_LEFT = rf"(?:(?<![0-9A-Za-z_])(?<![0-9A-Za-z]-)|{_AFTER_NO})"
ALONE_RIGHT = r"(?![0-9A-Za-z_])(?!-[0-9A-Za-z])"

# Texts that are joined stay joined.
_NOT_A_DIGIT = re.compile(r"[^0-9\0]+")


def digits(value: str) -> str:
    """Return the ASCII digits of a folded value."""
    return _NOT_A_DIGIT.sub("", value)


def monotone(number: str) -> bool:
    """Tell whether all digits are one: a placeholder."""
    return len(set(number)) == 1
