"""ゆうちょ銀行の記号・番号 (symbol and number): how Japan Post Bank writes an account.

記号 5 digits and 番号 up to 8. Its own conversion (page ``kj_tk_sk_kz_furikomi_ksk``) gives bank,
branch and account as other banks write them:

- 1xxx0, savings (総合口座): branch = digits 2 and 3 with an 8, account = 番号 without its final 1.
- 0xxx0, transfer (振替口座): branch = digits 2 and 3 with a 9, account = 番号. A digit between
  (00120-5-220) is not used.

The 4th digit of a 記号 is a check digit over 記号 and 番号.
"""

from __future__ import annotations

import re

from scanners.normalize import HYPHEN

#: No digit or letter, nor a hyphen and a digit, stands directly before or behind an account.
LEFT, RIGHT = rf"(?<![0-9A-Za-z])(?<![0-9]{HYPHEN})", rf"(?![0-9A-Za-z])(?!{HYPHEN}[0-9])"
_FIVE = rf"(?P<symbol>[01][0-9]{{3}}0)(?:{HYPHEN}(?P<middle>[0-9]))?"
WRITTEN = re.compile(rf"{LEFT}{_FIVE}(?:{HYPHEN}|[ ])(?P<number>[0-9]{{1,8}}){RIGHT}")
SPOKEN = re.compile(
    rf"記号[ :は]{{0,3}}{_FIVE}[^0-9\n]{{0,8}}番号[ :は]{{0,3}}(?P<number>[0-9]{{2,8}}){RIGHT}"
)
SYMBOL = re.compile(r"[01][0-9]{3}0")
_BANK = "9900"


def convert(symbol: str, number: str) -> tuple[str, str, str]:
    """Return bank, branch and account of a ゆうちょ 記号 and 番号.

    >>> convert("14080", "12345671"), convert("00120", "220")
    (('9900', '408', '1234567'), ('9900', '019', '0000220'))
    """
    if symbol[0] == "1":
        plain = number[:-1] if len(number) > 1 else number
        return _BANK, f"{symbol[1:3]}8", plain.zfill(7)
    return _BANK, f"{symbol[1:3]}9", number.zfill(7)


def read(value: str) -> re.Match[str] | None:
    """Read a value that is 記号 and 番号 and nothing else."""
    match = WRITTEN.fullmatch(value)
    if match and is_shaped(match["symbol"], match["middle"], match["number"]):
        return match
    return None


def is_shaped(symbol: str, middle: str | None, number: str) -> bool:
    """Tell whether lengths and ends are those of a savings or of a transfer account."""
    if symbol[0] == "1":
        return len(number) > 1 and number[-1] == "1"
    return len(number) <= 6 and (middle is not None or len(number) > 1)  # noqa: PLR2004 - the rule


def passes(symbol: str, number: str) -> bool:
    """Verify the 4th digit of a 記号 (``kouza_1.js`` of Japan Post Bank, as others cite it)."""
    s, n = list(map(int, symbol)), list(map(int, number.zfill(8)))
    single = s[0] + 3 * s[1] + _twice(s[2]) + 3 * s[4]
    rest = (_twice(n[0]), n[1], 3 * n[2], _twice(n[3]), n[4], 3 * n[5], _twice(n[6]), n[7])
    return (single + sum(rest)) % 10 == s[3]


def _twice(digit: int) -> int:
    return digit * 2 - 9 * (digit > 4)  # noqa: PLR2004 - the sum of the product's digits
