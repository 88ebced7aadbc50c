"""在留カード番号 (residence card number): AB12345678CD, from the 出入国在留管理庁.

A code by 規則4条4号 (入管法19条の4). Two letters, eight digits, two letters in practice; the
ordinance (入管法施行規則19条の6) only says four letters and eight digits. No check digit is
published. The shape is rare enough to be believed, weakly, without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded
from scanners.recognizers.numbered import named
from scanners.recognizers.resident_card import NUMBER, ResidentCard

_RIVALS = Words(
    (
        *NOT_PERSONAL,
        *(
            "部品",
            "型式",
            "part no",
            "予約番号",
            "特定登録者",
            "特別永住",
            "車台番号",
            "製品",
            "機種",
        ),
        *("special permanent", "special_permanent", "specialpermanent", "specified registrant"),
        *("旅券番号", "passport no", "申請番号", "registered traveler", "tokubetsu"),
    )
)


class ResidenceCardRecognizer(ResidentCard):
    """Finds ``AB12345678CD``."""

    ENTITY = Entity.JP_RESIDENCE_CARD
    KIND = "residence_card"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *(
            "在留カード",
            "在留資格",
            "在留期間",
            "在留番号",
            "在留証明",
            "在留許可",
            "在留card",
            "在留c",
        ),
        *("residence card", "residence_card", "residencecard", "resident card", "resident_card"),
        *("zairyu", "zairyuu", "alien registration", "arc no", "外国人登録証"),
    )
    HEADERS = (
        *("在留カード番号", "在留カード", "在留カードno", "在留カードの番号", "在留番号", "在留no"),
        *("在留カードid", "在留カードナンバー", "在留カード記号番号", "外国人在留カード番号"),
        *(
            "本人在留カード番号",
            "ザイリュウカードバンゴウ",
            "在留card番号",
            "在留cardno",
            "在留証番号",
        ),
        *("residencecard", "residencecardno", "residencecardnumber", "residencecardid"),
        *("residentcard", "residentcardno", "residentcardnumber", "residencecardnum"),
        *("zairyucard", "zairyucardno", "zairyucardnumber", "zairyuno", "zairyukado"),
        *("zairyubango", "zairyubangou", "zairyukadobango", "zairyukadono", "zairyukaado"),
        *("zairyuucardno", "zairyuubangou", "zairyuukaadobangou", "zairyucardbango"),
    )
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find the shape; a word nearby makes it certain, a rival word refutes it."""
        for match in NUMBER.finditer(folded.text):
            near = named(self._words, _RIVALS, folded.text, *match.span())
            if near:
                evidence = ("pattern", f"context {near.word}")
                yield self._found(folded, match.start(), match.end(), 0.95, *evidence)
            elif match[0].isupper() and not _RIVALS.near(folded.text, match.start(), match.end()):
                yield self._found(folded, match.start(), match.end(), 0.5, "pattern")
