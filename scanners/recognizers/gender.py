"""性別 (sex or gender), as columns and forms hold it.

The words alone say nothing about anyone in a sentence; only 性別：女性 and the like are found
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_NORMAL = {
    "男": "male", "男性": "male", "男子": "male", "おとこ": "male", "m": "male", "male": "male",
    "女": "female", "女性": "female", "女子": "female", "おんな": "female", "f": "female",
    "female": "female",
}  # fmt: skip
_LABELLED = re.compile(
    r"(?:性別|(?<![A-Za-z])(?:gender|sex))[ ]{0,3}[:=]?[ ]{0,3}"
    r"(男性|女性|男|女|female|male|[FM](?![A-Za-z]))",
    re.IGNORECASE,
)


class GenderRecognizer(Recognizer):
    """Finds 女性 behind 性別, and columns of 男 and 女."""

    ENTITY = Entity.GENDER
    KIND = "gender"
    STRENGTH = Strength.WEAK
    CONTEXT = ("性別", "gender", "sex")
    HEADERS = (
        *("性別", "gender", "sex", "gendercd", "gendercode", "sexcd", "seibetsu", "性別コード"),
    )
    PREFILTER = r"性別|[Gg][Ee][Nn][Dd][Ee][Rr]|[Ss][Ee][Xx]"

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find what a label calls a gender."""
        for match in _LABELLED.finditer(folded.text):
            yield self._found(folded, *match.span(1), 0.8, "pattern", "context label")

    def fits(self, value: str) -> bool:
        """Tell whether the value is a word for male or female."""
        return value.strip().lower() in _NORMAL

    def normal(self, text: str) -> str:
        """Return ``male`` or ``female``; anything else folded, in lower case."""
        value = fold(text).text.strip().lower()
        return _NORMAL.get(value, value)
