"""年齢 (age), in full years.

Numbers up to 120 are anything's, so in a sentence 歳 or 才 behind or a label in front is asked for,
and limits (18歳以上, 3歳児) are nobody's age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import digits

_AGE = re.compile(
    r"(?<![0-9.~〜-])(?:(?:年齢|年令|(?<![A-Za-z])age)[ ]{0,2}[:=]?[ ]{0,2}"
    r"(?P<labelled>[0-9]{1,3})(?![0-9])"
    r"|(?P<counted>[0-9]{1,3}))(?P<unit>[歳才])?"
    r"(?!以上|以下|未満|以降|まで|から|児|用|向|限定|の部|階級|[~〜-])",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"([0-9]{1,3})[ ]?[歳才]?")
_OLDEST = 120


class AgeRecognizer(Recognizer):
    """Finds ``35歳`` and ``年齢: 35``."""

    ENTITY = Entity.AGE
    KIND = "age"
    STRENGTH = Strength.WEAK
    CONTEXT = ("年齢", "年令", "歳", "才", "age")
    HEADERS = ("年齢", "年令", "満年齢", "age", "nenrei", "ages", "yearsold")
    JOINS = True
    PREFILTER = r"[0-9][歳才]|年齢|年令|[Aa][Gg][Ee]"

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find ages that a unit or a label tells."""
        for match in _AGE.finditer(folded.text):
            group = "labelled" if match["labelled"] else "counted"
            if (match["unit"] or match["labelled"]) and int(match[group]) <= _OLDEST:
                yield self._found(folded, match.start(group), match.end(), 0.6, "pattern")

    def fits(self, value: str) -> bool:
        """Tell whether the value is a whole number that could be an age."""
        match = _WHOLE.fullmatch(value.strip())
        return match is not None and int(match[1]) <= _OLDEST

    def normal(self, text: str) -> str:
        """Return the number."""
        return digits(fold(text).text)
