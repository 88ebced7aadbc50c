"""How many calls a piece of Python makes, counted without a clock.

Every call of a function is counted, of those written in C too, so the count is the same on every
machine however busy. What one call of C does by itself isn't seen: of regular expressions
:mod:`tests.steps` tells that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

#: Calls that need no second look, whatever made them.
FEW = 20_000
#: Whoever reads first reads tables too, which counts for nothing.
_FIRST = "東京都千代田区一の千代田1-1 山田 太郎 1985年1月1日生 a@example.jp"


def calls(run: Callable[[], object]) -> int:
    """Return how many calls ``run()`` made in this thread."""
    made = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return made


def is_linear(read: Callable[[str], object], text: str, times: int = 4) -> bool:
    """Tell whether a text ``times`` as long takes at most about as many times the calls."""
    read(_FIRST)
    short = calls(lambda: read(text))
    long = calls(lambda: read(text * times))
    return long < FEW + (times + 1) * short
