"""在留カード等の番号 (numbers of residents' cards): AB12345678CD, from the 出入国在留管理庁.

The residence card's and the special permanent resident certificate's numbers share a shape: two
letters, eight digits, two letters (入管法施行規則19条の6 says four letters and eight digits).
"""

from __future__ import annotations

import re

from scanners.normalize import HYPHEN, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import ALONE_LEFT, ALONE_RIGHT
from scanners.recognizers.numbered import GAP

SHAPE = rf"[A-Za-z]{{2}}{GAP}[0-9]{{4}}{GAP}[0-9]{{4}}{GAP}[A-Za-z]{{2}}"
NUMBER = re.compile(rf"{ALONE_LEFT}{SHAPE}{ALONE_RIGHT}")
_SEPARATORS = re.compile(rf"{HYPHEN}|[\s._]")


class ResidentCard(Recognizer):
    """What recognizers of both numbers share."""

    PREFILTER = SHAPE

    def fits(self, value: str) -> bool:
        """Tell whether the value has the shape."""
        return NUMBER.fullmatch(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return letters in upper case and digits, without separators."""
        return _SEPARATORS.sub("", fold(text).text).upper()
