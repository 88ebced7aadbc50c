"""旅券番号 (passport number): two letters and seven digits, issued by the 外務省.

There is no check digit inside the number. The two machine-readable lines carry them (ICAO Doc
9303), and a number there needs no other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_NUMBER = re.compile(r"(?<![0-9A-Za-z_-])[A-Za-z]{2}[ ]?[0-9]{7}(?![0-9A-Za-z_-])")
_MRZ = re.compile(
    r"(?<![0-9A-Z<])(?P<number>[A-Z]{2}[0-9]{7})(?P<check>[0-9])JPN[0-9]{7}[MF<][0-9]{7}"
)
_RIVALS = Words((*NOT_PERSONAL, "在留カード", "residence card", "部品", "機種", "便名"))


class PassportRecognizer(Recognizer):
    """Finds ``TR1234567`` where a word says passport, or in the machine-readable line."""

    ENTITY = Entity.JP_PASSPORT
    KIND = "passport"
    STRENGTH = Strength.UNIQUE
    CONTEXT = ("旅券番号", "旅券", "パスポート", "passport", "ryoken")
    HEADERS = (
        *("旅券番号", "旅券", "パスポート", "パスポート番号", "パスポートno", "passport"),
        *("passportno", "passportnumber", "passportid", "ryokenbango"),
    )
    PREFILTER = r"[A-Za-z]{2}[ ]?[0-9]{7}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers near a word, and numbers in machine-readable lines whose digit checks."""
        for match in _NUMBER.finditer(folded.text):
            near = self._words.named(folded.text, match.start(), match.end(), _RIVALS)
            if near:
                evidence = ("pattern", f"context {near.word}")
                yield self._found(folded, match.start(), match.end(), 0.9, *evidence)
        for match in _MRZ.finditer(folded.text):
            if _mrz_digit(match["number"]) == match["check"]:
                evidence = ("machine-readable line", "check digit")
                yield self._found(folded, *match.span("number"), 0.95, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is two letters and seven digits."""
        return _NUMBER.fullmatch(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return letters in upper case and digits, without a space."""
        return fold(text).text.replace(" ", "").upper()


def _mrz_digit(number: str) -> str:
    weights = (7, 3, 1)
    total = sum(int(char, 36) * weights[at % 3] for at, char in enumerate(number))
    return str(total % 10)
