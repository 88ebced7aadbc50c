"""基礎年金番号 (basic pension number): ten digits from the 日本年金機構, written 4-6.

The first four stand for the office. No check digit is published. Ten digits are also a fixed
telephone, a care insurance number or an ISBN, so a word must name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import BOUND_LEFT, BOUND_RIGHT, digits, monotone

_SEPARATOR = rf"(?:{HYPHEN}|[ ])?"
_NUMBER = re.compile(rf"{BOUND_LEFT}[0-9]{{4}}{_SEPARATOR}[0-9]{{6}}{BOUND_RIGHT}")
_RIVALS = Words(
    (
        *NOT_PERSONAL,
        "電話",
        "tel",
        "phone",
        "携帯",
        "fax",
        "介護",
        "雇用保険",
        "被保険者番号",
        "口座",
    )
)


class BasicPensionNumberRecognizer(Recognizer):
    """Finds ``1234-567890`` where the words around say what it is."""

    ENTITY = Entity.JP_BASIC_PENSION_NUMBER
    KIND = "pension"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("基礎年金番号", "年金番号", "年金手帳", "基礎年金", "pension number", "pension no"),
        *("pension_no", "pension_number", "kiso_nenkin", "nenkin_no", "nenkin"),
    )
    HEADERS = (
        *("基礎年金番号", "年金番号", "年金手帳番号", "基礎年金", "basicpensionnumber"),
        *("basicpensionno", "pensionnumber", "pensionno", "kisonenkinbango", "kisonenkin"),
        *("nenkinno", "nenkinbango"),
    )
    JOINS = True
    PREFILTER = rf"[0-9]{{4}}{_SEPARATOR}[0-9]{{6}}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find ten digits that a word nearby calls a pension number."""
        for match in _NUMBER.finditer(folded.text):
            near = self._words.named(folded.text, match.start(), match.end(), _RIVALS)
            if near:
                score, more = (0.4, ("dummy",)) if monotone(digits(match[0])) else (0.9, ())
                evidence = ("pattern", f"context {near.word}", *more)
                yield self._found(folded, match.start(), match.end(), score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is ten digits, in one or 4-6."""
        return _NUMBER.fullmatch(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return the ten digits."""
        return digits(fold(text).text)
