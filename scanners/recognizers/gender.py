"""性別 (sex or gender), as columns and forms hold it.

The words alone say nothing about anyone in a sentence; there 性別：女性 and the like are found, and
what stands beside an age (35歳女性). A form that prints both (男・女) has not been filled in. Codes
(1, 2: ISO/IEC 5218) mean nothing without their header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_WORDS = {
    "male": ("男", "男性", "男子", "男児", "男の子", "おとこ", "オトコ", "m", "male", "♂"),
    "female": ("女", "女性", "女子", "女児", "女の子", "おんな", "オンナ", "f", "female", "♀"),
    "other": ("その他", "ノンバイナリー", "xジェンダー", "non-binary", "nonbinary", "other"),
}
_NORMAL = {word: sex for sex, words in _WORDS.items() for word in words}
_OTHER_HALF = r"(?![ ]{0,2}[・/、,|][ ]{0,2}(?:[男女]|fe?male|[MF](?![A-Za-z])))"
_LABELLED = re.compile(
    r"(?:性別|(?<![A-Za-z])(?:gender|sex))(?:[ ]{0,3}|\")[:=は]?[ \"]{0,3}"
    r"(男性|女性|男児|女児|男の子|女の子|男|女|non-?binary|female|male|その他|ノンバイナリー|[♂♀]"
    rf"|[FM](?![A-Za-z])){_OTHER_HALF}",
    re.IGNORECASE,
)
_AGE = re.compile("[歳才]")
_AGED = re.compile(
    r"[0-9][歳才][ ]?[)]?[ ]?[の・、,/(]?[ ]?(男性?|女性?)"
    r"|(?<![男女])(男性?|女性?)[ ]?[・、,/(]?[ ]?[0-9]{1,3}[歳才](?!以|未|から|[~〜-])"
)
#: 30歳男性向け, 35歳男子, 40歳女優.
_NOBODYS = re.compile(
    "[男女]|向|用|限定|層|客|優|子|児|装|湯|王|神|流|心|声|役|[ ]?[・/][男女]|以上|未満"
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
    PREFILTER = r"性別|(?i:gender|sex)|[歳才].{0,5}[男女]|[男女].{0,5}[0-9][歳才]"

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find what a label calls a gender, or what stands beside an age."""
        for match in _LABELLED.finditer(folded.text):
            yield self._found(folded, *match.span(1), 0.8, "pattern", "context label")
        aged = _AGED.finditer(folded.text) if _AGE.search(folded.text) else ()
        for match in aged:
            start, end = match.span(match.lastindex or 0)
            if not _NOBODYS.match(folded.text, end):
                yield self._found(folded, start, end, 0.6, "pattern", "age beside")

    def fits(self, value: str) -> bool:
        """Tell whether the value is a word for male, female or neither."""
        return value.strip().lower() in _NORMAL

    def normal(self, text: str) -> str:
        """Return ``male``, ``female`` or ``other``; anything else folded, in lower case."""
        value = fold(text).text.strip().lower()
        return _NORMAL.get(value, value)
