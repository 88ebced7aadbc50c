"""特別永住者証明書番号 (special permanent resident certificate number): AB12345678CD.

From the 出入国在留管理庁, a new one for each certificate (入管特例法8条1項3号). The shape of the
residence card, two letters, eight digits, two letters, is what certificates in use show; the
ordinance could not be read. Both cards share it, so a word must name the certificate.
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
        *("在留カード", "在留番号", "residence card", "residence_card", "residencecard", "zairyu"),
        *("特定登録者", "旅券", "パスポート", "passport", "部品", "型式", "part no", "予約番号"),
    )
)


class SpecialPermanentResidentRecognizer(ResidentCard):
    """Finds ``AB12345678CD`` where a word says special permanent resident."""

    ENTITY = Entity.JP_SPECIAL_PERMANENT_RESIDENT
    KIND = "special_permanent_resident"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("特別永住者証明書", "特別永住者", "特別永住", "特永証", "特永", "特別永証"),
        *("special permanent resident", "special_permanent_resident", "specialpermanentresident"),
        *("special permanent residence", "special permanent residency", "tokubetsu eiju"),
        *("tokubetsu_eiju", "tokubetsueiju", "tokubetsueijusha", "tokubetsu eijusha"),
        *("tokubetsu_eijusha", "spr certificate", "spr_certificate", "spr no", "spr_no"),
    )
    HEADERS = (
        *("特別永住者証明書番号", "特別永住者証明書", "特別永住者番号", "特別永住者証番号"),
        *("特別永住者証明書no", "特別永住証明書番号", "特別永住者証", "特永証番号", "特永番号"),
        *("特永証no", "特別永住者証明書の番号", "トクベツエイジュウシャ", "特別永住者カード番号"),
        *(
            "specialpermanentresident",
            "specialpermanentresidentno",
            "specialpermanentresidentnumber",
        ),
        *("specialpermanentresidentcertificate", "specialpermanentresidentcertificateno"),
        *("specialpermanentresidentcertificatenumber", "specialpermanentresidentcard"),
        *("specialpermanentresidentcardno", "specialpermanentresidentcardnumber"),
        *("specialpermanentresidentid", "sprnumber", "sprno", "sprcertno", "sprcertificateno"),
        *("sprcertificatenumber", "tokubetsueijusha", "tokubetsueijushabango", "tokubetsueijuno"),
        *("tokubetsueijushano", "tokubetsueijushashomeishobango", "tokubetsueiju"),
    )
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find the shape where a word nearby names the certificate."""
        for match in NUMBER.finditer(folded.text):
            near = named(self._words, _RIVALS, folded.text, *match.span())
            if near:
                evidence = ("pattern", f"context {near.word}")
                # A little surer than a residence card, whose shape needs no word.
                yield self._found(folded, match.start(), match.end(), 0.96, *evidence)
