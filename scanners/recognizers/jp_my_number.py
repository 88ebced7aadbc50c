"""個人番号 (My Number, マイナンバー): 12 digits that a municipality assigns to every resident.

The last digit is a check digit (平成26年総務省令第85号 Article 5; ``stdnum.jp.in_``). It passes
a tenth of all 12-digit numbers, time stamps and AWS account ids included, so in a text a number
also needs a word that names it, nearer than any word that names something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc
from stdnum.jp import in_

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import BOUND_LEFT, BOUND_RIGHT, digits

_SEPARATOR = rf"(?:{HYPHEN}|[ ])?"
_NUMBER = re.compile(
    rf"{BOUND_LEFT}([0-9]{{4}})({_SEPARATOR})([0-9]{{4}})\2([0-9]{{4}}){BOUND_RIGHT}"
)
_RIVALS = Words((*NOT_PERSONAL, "免許証", "免許番号", "licence", "license", "法人番号"))


class MyNumberRecognizer(Recognizer):
    """Finds ``1234 5678 9018`` where the words around say what it is."""

    ENTITY = Entity.JP_MY_NUMBER
    KIND = "my_number"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("マイナンバー", "個人番号", "共通番号", "通知カード", "my number", "mynumber"),
        *("my_number", "individual number", "individual_number", "personal number"),
        *("personal_number", "kojin_bango", "kojinbango"),
    )
    HEADERS = (
        *("マイナンバー", "個人番号", "共通番号", "mynumber", "mynumberid", "individualnumber"),
        *("personalnumber", "kojinbango", "kojinbangou", "mynum"),
    )
    JOINS = True
    PREFILTER = rf"[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers whose check digit holds and that a word nearby calls a My Number."""
        for match in _NUMBER.finditer(folded.text):
            near = self._words.named(folded.text, match.start(), match.end(), _RIVALS)
            if near and self.checks(match[0]):
                evidence = ("pattern", "check digit", f"context {near.word}")
                yield self._found(folded, match.start(), match.end(), 0.95, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is 12 digits, in groups of four or in one."""
        return _NUMBER.fullmatch(value.strip()) is not None

    def checks(self, value: str) -> bool | None:
        """Verify the last digit."""
        return bool(in_.is_valid(digits(value)))

    def normal(self, text: str) -> str:
        """Return the 12 digits."""
        return digits(fold(text).text)
