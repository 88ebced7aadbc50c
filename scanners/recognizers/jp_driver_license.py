"""運転免許証番号 (driver's licence number): 12 digits of a prefecture's public safety commission.

A code by 政令1条5号 (道路交通法93条1項1号), as is the 免許情報記録の番号 of a licence kept in a
My Number card (95条の2), whose form no source tells. Two digits for the commission that first
granted it, two for the year, six in series, a check digit and the count of reissues. The check
digit's rule rests on one published sample, so it raises a score and never rejects; the 51
commissions' codes do reject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import LABELLED_LEFT, LABELLED_RIGHT, digits, monotone
from scanners.recognizers.numbered import GAP, named

_COMMISSION = r"(?:1[0-4]|2[0-5]|30|4[0-9]|5[0-5]|6[0-5]|7[0-4]|8[0-3]|9[0-9])"
_GROUPS = (
    rf"{_COMMISSION}[0-9]{{2}}{GAP}[0-9]{{4}}{GAP}[0-9]{{4}}"
    rf"|{_COMMISSION}{GAP}[0-9]{{2}}{GAP}[0-9]{{6}}{GAP}[0-9]{GAP}[0-9]"
    rf"|{_COMMISSION}[0-9]{{2}}{GAP}[0-9]{{6}}{GAP}[0-9]{{2}}"
)
_NUMBER = re.compile(rf"{LABELLED_LEFT}(?:{_GROUPS}){LABELLED_RIGHT}")
_RIVALS = Words(
    (
        *NOT_PERSONAL,
        *(
            "マイナンバー",
            "個人番号",
            "my number",
            "mynumber",
            "古物商",
            "宅建",
            "建設業",
            "免許証は返却",
        ),
        *("営業許可", "許可番号", "車検証", "自動車登録", "保険証券", "免税", "酒類", "弁護士登録"),
    )
)
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_UNUSED = frozenset({"98", "99"})


class DriverLicenseRecognizer(Recognizer):
    """Finds ``309012345620`` where the words around say what it is."""

    ENTITY = Entity.JP_DRIVER_LICENSE
    KIND = "licence"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("運転免許証", "免許証番号", "免許証", "免許番号", "運転免許", "運転経歴証明書"),
        *(
            "免許情報記録",
            "免許情報",
            "マイナ免許",
            "免許no",
            "免許の番号",
            "運転者免許",
            "driver licence",
        ),
        *("自動車免許", "普通免許", "中型免許", "大型免許", "二輪免許"),
        *("driver's license", "drivers license", "driver license", "driver's licence"),
        *("driving licence", "license no", "licence no", "license_no", "drivers_license"),
        *("menkyo", "driving license", "driver_license", "driving_license", "driverlicense"),
        *("license number", "licence number", "license_number", "dl no", "原付免許", "準中型免許"),
    )
    HEADERS = (
        *("免許証", "運転免許", "免許no", "免許証no", "運転免許証no", "運転免許no", "免許証の番号"),
        *(
            "運転免許証の番号",
            "免許情報記録番号",
            "免許情報記録の番号",
            "免許情報記録",
            "マイナ免許証番号",
        ),
        *("運転経歴証明書番号", "運転経歴証明書", "自動車運転免許証番号", "自動車免許証番号"),
        *(
            "自動車免許番号",
            "運転者免許証番号",
            "メンキョバンゴウ",
            "運転免許証記号番号",
            "免許証id",
        ),
        *("drivinglicense", "drivinglicence", "drivinglicenseno", "drivinglicenceno", "dlno"),
        *("drivinglicensenumber", "drivinglicencenumber", "driverslicenceno", "driverlicenceno"),
        *("driverlicencenumber", "driverslicencenumber", "driverlicenseid", "driverslicenseid"),
        *("dlnumber", "untenmenkyono", "untenmenkyobango", "untenmenkyobangou", "menkyobangou"),
        *("untenmenkyosho", "untenmenkyoshono", "untenmenkyoshobango", "menkyoshono", "menkyosho"),
        *("運転免許証番号", "免許証番号", "免許番号", "運転免許番号", "運転免許証"),
        *("免許証の番号", "licenseno", "licenceno", "licensenumber", "licencenumber"),
        *("driverslicense", "driverlicense", "driverslicence", "driverlicence"),
        *("driverslicenseno", "driverlicenseno", "driverlicensenumber", "driverslicensenumber"),
        *("menkyono", "menkyobango", "untenmenkyo"),
    )
    JOINS = True
    PREFILTER = rf"[1-9]{GAP}(?:[0-9]{GAP}){{10}}[0-9]"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers with a commission's code that a word nearby calls a licence's."""
        for match in _NUMBER.finditer(folded.text):
            near = named(self._words, _RIVALS, folded.text, *match.span())
            if near and match[0][:2] not in _UNUSED:
                passed = bool(self.checks(match[0]))
                evidence = ["pattern", f"context {near.word}", *["check digit"] * passed]
                yield self._found(
                    folded, match.start(), match.end(), 0.9 if passed else 0.8, *evidence
                )

    def fits(self, value: str) -> bool:
        """Tell whether the value is 12 digits that begin with a commission's code."""
        value = value.strip()
        return (
            _NUMBER.fullmatch(value) is not None
            and value[:2] not in _UNUSED
            and not monotone(digits(value))
        )

    def checks(self, value: str) -> bool | None:
        """Verify the 11th digit; unofficial, so a failure rejects nothing."""
        number = digits(value)
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
        return number[10:11] == {11: "1", 10: "0"}.get(11 - total % 11, str(11 - total % 11))

    def normal(self, text: str) -> str:
        """Return the 12 digits."""
        return digits(fold(text).text)
