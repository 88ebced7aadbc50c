"""年齢 (age), in full years.

年齢計算ニ関スル法律 counts them from the day of birth. Numbers up to 120 are anything's, so in a
sentence 歳 or 才 behind or a label in front is asked for. Limits (18歳以上, 3歳児), averages and
ages of no person (平均35歳, 樹齢) are nobody's, and a decade (30代) is a group and no age: it is
left to the column that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.japanese.numerals import kanji_number
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import digits

_LABEL = r"(?:年齢|年令|(?<![A-Za-z])aged?)"
_KANJI = "[一二三四五六七八九十百]"
_LIMIT = (
    "以上|以下|未満|以降|まで|から|前後|年[上下]|[代台児用向馬牝牡]|限定|の部|階級|時点|[~〜-]"
    "|[.][0-9]"
)
_AGE = re.compile(
    rf"(?<![0-9.~〜-])(?<![0-9]・)(?:{_LABEL}[ ]{{0,2}}(?:[:=]|は)?[ ]{{0,2}}満?"
    rf"(?P<labelled>[0-9]{{1,3}})(?![0-9])"
    rf"|(?P<counted>(?<![A-Za-z])[0-9]{{1,3}})|(?<!{_KANJI})(?P<kanji>{_KANJI}{{1,4}})(?=[歳才]))"
    r"(?P<unit>[歳才]|(?:[ -]years?[ -]old|[ ]?y/?o)(?![A-Za-z0-9]))?"
    rf"(?![ ]?[歳才]?(?:{_LIMIT})|(?<=才)[能覚人媛色気女知])",
    re.IGNORECASE,
)
_NOBODYS = re.compile(
    r"(?:平均|中央値|対象|定年|推奨|制限|上限|下限|最低|最高|最年[少長]|成人|樹齢|馬齢|選挙権|[〜~]|から"
    r"|[犬猫])(?:年齢|寿命)?[はの:が]?[ ]?満?$"
)
_WHOLE = re.compile(
    rf"(?:満[ ]?)?(?:(?P<number>[0-9]{{1,3}})(?:\.0)?[ ]?(?:[歳才]|years?(?:[ ]old)?)?"
    rf"|(?P<kanji>{_KANJI}{{1,4}})[歳才])",
    re.IGNORECASE,
)
_WRITTEN = re.compile(rf"{_KANJI}{{1,4}}(?=[歳才])")
_DECIMAL = re.compile(r"(?<=[0-9])\.0(?![0-9])")
#: How far before a number stands what says that it is nobody's age.
_REACH = 10
_OLDEST = 120


class AgeRecognizer(Recognizer):
    """Finds ``35歳`` and ``年齢: 35``."""

    ENTITY = Entity.AGE
    KIND = "age"
    STRENGTH = Strength.WEAK
    CONTEXT = ("年齢", "年令", "歳", "才", "age")
    HEADERS = ("年齢", "年令", "満年齢", "age", "nenrei", "ages", "yearsold")
    JOINS = True
    PREFILTER = r"[0-9一二三四五六七八九十百][歳才]|年齢|年令|(?i:age|[0-9][ -]?y)"

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find ages that a unit or a label tells."""
        for match in _AGE.finditer(folded.text):
            group = next(name for name in ("labelled", "counted", "kanji") if match[name])
            said = match["unit"] or match["labelled"]
            ahead = folded.text[max(0, match.start(group) - _REACH) : match.start(group)]
            if said and _years(match[group]) <= _OLDEST and not _NOBODYS.search(ahead):
                yield self._found(folded, match.start(group), match.end(), 0.6, "pattern")

    def fits(self, value: str) -> bool:
        """Tell whether the value is a whole number that could be an age."""
        match = _WHOLE.fullmatch(value.strip())
        return match is not None and _years(match["number"] or match["kanji"]) <= _OLDEST

    def normal(self, text: str) -> str:
        """Return the number."""
        whole = _DECIMAL.sub("", fold(text).text)
        return digits(_WRITTEN.sub(lambda match: str(_years(match[0])), whole))


def _years(text: str) -> int:
    return int(text) if text.isdecimal() else kanji_number(text)
