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
from scanners.things.checks import is_time

#: Groups of four are written apart in one way; boxes of a form hold a digit each.
_SEPARATOR = rf"(?:[ ]{{0,2}}{HYPHEN}[ ]{{0,2}}|[ ._/・|]|[ ]{{2}}|\n)?"
_NUMBER = re.compile(
    rf"{BOUND_LEFT}(?:[0-9]{{4}}({_SEPARATOR})[0-9]{{4}}\1[0-9]{{4}}"
    rf"|[0-9](?:([ |])[0-9])(?:\2[0-9]){{10}})"
    rf"{BOUND_RIGHT}"
)
_RIVALS = Words((*NOT_PERSONAL, "免許証", "免許番号", "licence", "license", "法人番号"))
#: Directly before the number, these say whose or what it is instead.
_OTHERWISE = re.compile(
    r"(?:(?:お?客様|顧客|会員|社員|職員|従業員|患者|学籍|受験|診察券|申請|申込|届出|口座|電話|携帯|証明書"
    r"|保険者|記号|登録|発行|認証|手続|照会)(?:番号|no\.?|id|コード)|(?:user|member|customer|employee|staff)"
    r"[ _-]?(?:id|no\.?|number)|電話|携帯|tel)[ ]?[:=#は]?[ ]?$",
    re.IGNORECASE,
)
#: A word farther away than this may speak of something else: a time that looks like a number.
_BESIDE = 8


class MyNumberRecognizer(Recognizer):
    """Finds ``1234 5678 9018`` where the words around say what it is."""

    ENTITY = Entity.JP_MY_NUMBER
    KIND = "my_number"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("マイナンバー", "個人番号", "共通番号", "通知カード", "my number", "mynumber"),
        *("my_number", "individual number", "individual_number", "personal number"),
        *("personal_number", "kojin_bango", "kojinbango", "kojin bango", "kojin bangou"),
        *("kojin_bangou", "kojinbangou", "mynum", "mainanba", "mainamba", "my namba", "マイナ番号"),
        *("マイナンバ", "個人no", "社会保障・税番号", "社会保障税番号"),
    )
    HEADERS = (
        *("マイナンバー", "個人番号", "共通番号", "mynumber", "mynumberid", "individualnumber"),
        *("personalnumber", "kojinbango", "kojinbangou", "mynum", "mynumber12", "マイナ番号"),
        *("個人no", "個人番号12桁", "マイナンバー12桁", "mainanba", "共通番号12桁"),
    )
    JOINS = True
    PREFILTER = rf"[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}|[0-9](?:[ |][0-9]){{11}}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers whose check digit holds and that a word nearby calls a My Number."""
        for match in _NUMBER.finditer(folded.text):
            near = self._words.named(folded.text, match.start(), match.end(), _RIVALS)
            before = folded.text[max(0, match.start() - 16) : match.start()]
            if near is None or _OTHERWISE.search(before) or not self.checks(match[0]):
                continue
            evidence = ("pattern", "check digit", f"context {near.word}")
            sure = near.distance <= _BESIDE or not is_time(digits(match[0]))
            score = 0.95 if sure else 0.6
            yield self._found(folded, match.start(), match.end(), score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is 12 digits, in groups of four or in one."""
        return _NUMBER.fullmatch(value.strip()) is not None

    def checks(self, value: str) -> bool | None:
        """Verify the last digit."""
        return bool(in_.is_valid(digits(value)))

    def normal(self, text: str) -> str:
        """Return the 12 digits."""
        return digits(fold(text).text)
