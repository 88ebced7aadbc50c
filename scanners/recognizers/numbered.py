"""番号 (numbered): what recognizers share whose number means nothing until a word names it.

A number of eleven digits is a telephone, a code of the resident register or an insured employee's;
only words around tell. Words of one code alone (雇用保険) name it unless a rival stands nearer;
words that it shares with its kin (被保険者番号) do so unless a word of the kin (介護) denies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from spacy.tokens import Doc

from scanners.context import AFTER, Nearby, Words
from scanners.finding import Finding
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import digits

#: What may stand between groups of digits, after folding.
GAP = rf"(?:[ ]?{HYPHEN}[ ]?|[ ])?"
#: What may stand between a label and its value.
GLUE = r"(?:[\s:=#「『\"'(\[<{|,、・/→⇒は_]|が|[Nn][Oo]\.?){0,6}"
#: A label that says nothing but that a number follows, whosever, and a note in brackets.
_PLAIN_LABEL = re.compile(
    rf"(?i:(?:の|\s)?(?:被保険者|加入者)?(?:証)?(?:の)?(?:番号|no\.?|コード|number|id)?)"
    rf"(?:\([^()\n]{{1,12}}\))?{GLUE}\Z"
)
_LABEL = re.compile(
    r"(?i:番号|no\.?|コード|証|id|ナンバー|code|number|cd|num)"
    r"(?:[\s:=#\"'()\[\]{}「」『』<>|/→⇒…はが、・.‐–—―−ー-]|欄|本人|半角|全角|数字|[0-9]{1,2}桁|td|正)"
    r"{0,12}\Z"
)
_LABEL_BEHIND = re.compile(r"\s?[(「\[][^()\n]{0,24}?(?:番号|証|(?i:no\.?|number|id))\s?[)」\]]")
_SUFFIX = r"(?:番号|コード|ナンバー|(?i:no|id)\.?)"
#: The label right before a number, and those that may be any number's.
_HEADED = re.compile(
    rf"(?P<label>(?:[\u4e00-\u9fff々ァ-ヺー]{{1,24}}|問い合わせ|申し?込み){_SUFFIX}"
    r"|日時|日付|年月日|期限|金額|便名)"
    rf"(?:\([^()\n]{{1,12}}\))?{GLUE}\Z"
)
_NEUTRAL = re.compile(
    r"(?:被保険者|加入者|組合員|本人|配偶者|家族|世帯主|申請者|証明書|証書|証|カード|手帳|通知書|書類"
    r"|上記|下記|当該|該当|同|新|旧|正|変更後|変更前|識別|個人|身分|確認|固有|交付|券面|記載|資格|公的|等|各種|記号"
    rf"|情報|登録済|登録){{0,12}}{_SUFFIX}"
)
#: A label of telephones right before a number.
_PHONE = re.compile(rf"(?i:電話|携帯|tel|fax|phone|mobile|内線)(?:番号|(?i:no)\.?)?{GLUE}\Z")
_TOUCHING = 3
#: What is said behind a number is said of it only so; otherwise the next label stands there.
_SAID_BEHIND = re.compile(r"\s?[(はが「\[{=]")


def named(words: Words, rivals: Words, text: str, start: int, end: int) -> Nearby | None:
    """Return the word that names the number at ``[start, end)``, unless a rival stands nearer.

    Words are as near as they are to its plain label: 雇用保険の被保険者番号 1234-567890-1. A label
    of telephones right before it denies any.
    """
    if denied(words, text, start):
        return None
    label = _PLAIN_LABEL.search(text, max(0, start - 36), start)
    places = {start, label.start() if label else start}
    own = _nearest(words.near(text, place, end) for place in places)
    behind = AFTER if _SAID_BEHIND.match(text, end) else 0
    rival = _nearest(rivals.near(text, place, end, after=behind) for place in places)
    return None if own and rival and rival.distance < own.distance else own


def denied(words: Words, text: str, start: int) -> bool:
    """Tell whether the label right before a number is that of another: 電話, 起案番号."""
    if _PHONE.search(text, max(0, start - 16), start):
        return True
    match = _HEADED.search(text, max(0, start - 40), start)
    if not match or _NEUTRAL.fullmatch(match["label"]):
        return False
    return not words.within(match["label"])


class Numbered(Recognizer):
    """Finds ``NUMBER`` where a word of ``CONTEXT`` or ``SHARED`` says what it is."""

    NUMBER: ClassVar[re.Pattern[str]]
    #: Digits of a number; one typed as an integer may have lost zeros before them.
    LENGTH: ClassVar[int]
    #: Zeros at most that an integer lost.
    LOST: ClassVar[int] = 2
    RIVALS: ClassVar[Words]
    #: Words that other codes use too, and the words of those others.
    SHARED: ClassVar[Words] = Words(())
    KIN: ClassVar[Words] = Words(())
    #: Numbers that look like another (a mobile telephone's): a label must stand right beside.
    DOUBTFUL: ClassVar[re.Pattern[str]] = re.compile(r"0[5-9]0[0-9]{8}")
    SCORE: ClassVar[float] = 0.9

    def __init__(self, supported_language: str = "ja", **kwargs: object) -> None:
        super().__init__(supported_language, **kwargs)
        self._words = Words(self.CONTEXT)
        self._lost = re.compile(rf"[1-9][0-9]{{{self.LENGTH - self.LOST - 1},{self.LENGTH - 1}}}")

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers that a word nearby names; a check digit that holds raises the score."""
        for match in self.NUMBER.finditer(folded.text):
            near = self._near(folded.text, *match.span())
            if near and not self._doubtful(folded.text, match.start(), match[0]):
                score, more = self._judge(match[0], near.distance)
                evidence = ("pattern", f"context {near.word}", *more)
                yield self._found(folded, match.start(), match.end(), score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is such a number, or an integer that lost its first zeros."""
        value = value.strip()
        return bool(self.NUMBER.fullmatch(value) or self._lost.fullmatch(value))

    def knows(self, value: str) -> bool:
        """Tell whether the value is such a number as it is written."""
        return self.NUMBER.fullmatch(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return the digits, with the zeros that an integer lost."""
        return digits(fold(text).text).zfill(self.LENGTH)

    def _near(self, text: str, start: int, end: int) -> Nearby | None:
        if denied(self._words, text, start):
            return None
        near = named(self._words, self.RIVALS, text, start, end)
        return near or self._shared(text, start, end)

    def _shared(self, text: str, start: int, end: int) -> Nearby | None:
        near = self.SHARED.named(text, start, end, self.RIVALS)
        kin = self.KIN.near(text, start, end) if near else None
        own = self._words.near(text, start, end) if kin else None
        return near if kin is None or (own and own.distance < kin.distance) else None

    def _doubtful(self, text: str, start: int, value: str) -> bool:
        """Tell whether a number looks like another and no label stands beside it."""
        if not self.DOUBTFUL.fullmatch(value):
            return False
        before = _LABEL.search(text, max(0, start - 16), start)
        return not (before or _LABEL_BEHIND.match(text, start + len(value)))

    def _judge(self, value: str, distance: int) -> tuple[float, tuple[str, ...]]:
        """Score a number; what its own label touches is no telephone's, whatever stands before."""
        touched = 0.05 if distance <= _TOUCHING else 0.0
        if self.checks(value):
            return self.SCORE + touched + 0.03, ("check digit",)
        return self.SCORE + touched, ()


def _nearest(words: Iterable[Nearby | None]) -> Nearby | None:
    found = (word for word in words if word)
    return min(found, key=lambda word: word.distance, default=None)
