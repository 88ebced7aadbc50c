"""在留カード番号 (residence card number): AB12345678CD, from the 出入国在留管理庁.

Two letters, eight digits, two letters in practice; the ordinance (入管法施行規則 19条の6) only
says four letters and eight digits. No check digit is published. The shape is rare enough to be
believed, weakly, without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_NUMBER = re.compile(r"(?<![0-9A-Za-z_-])[A-Za-z]{2}[ -]?[0-9]{8}[ -]?[A-Za-z]{2}(?![0-9A-Za-z_-])")
_RIVALS = Words((*NOT_PERSONAL, "部品", "型式", "part no"))


class ResidenceCardRecognizer(Recognizer):
    """Finds ``AB12345678CD``."""

    ENTITY = Entity.JP_RESIDENCE_CARD
    KIND = "residence_card"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("在留カード", "在留資格", "在留期間", "在留番号", "residence card", "residence_card"),
        *("zairyu",),
    )
    HEADERS = (
        *("在留カード番号", "在留カード", "在留カードno", "在留番号", "residencecard"),
        *("residencecardno", "residencecardnumber", "zairyucard", "zairyucardno", "zairyuno"),
        *("zairyubango",),
    )
    PREFILTER = r"[A-Za-z]{2}[ -]?[0-9]{8}[ -]?[A-Za-z]{2}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find the shape; a word nearby makes it certain, a rival word refutes it."""
        for match in _NUMBER.finditer(folded.text):
            near = self._words.named(folded.text, match.start(), match.end(), _RIVALS)
            if near:
                evidence = ("pattern", f"context {near.word}")
                yield self._found(folded, match.start(), match.end(), 0.95, *evidence)
            elif match[0].isupper() and not _RIVALS.near(folded.text, match.start(), match.end()):
                yield self._found(folded, match.start(), match.end(), 0.5, "pattern")

    def fits(self, value: str) -> bool:
        """Tell whether the value has the shape."""
        return _NUMBER.fullmatch(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return letters in upper case and digits, without separators."""
        return re.sub(r"[ -]", "", fold(text).text).upper()
