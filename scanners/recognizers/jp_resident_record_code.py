"""住民票コード (resident record code): 11 digits that a municipality gives every resident.

Ten random digits and a check digit (住民基本台帳法7条13号, 同施行規則1条; the rule itself in
平成14年総務省告示第436号). How it treats a remainder of 0 or 1 could not be read, so the digit
raises a score and never rejects. Businesses must not ask for the code, so
one in their files is itself worth telling. An alien's old 外国人登録番号 and the serial number of
a paper 住民票 are other numbers.
"""

from __future__ import annotations

import re

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Strength
from scanners.normalize import HYPHEN
from scanners.recognizers.digits import LABELLED_LEFT, LABELLED_RIGHT, digits
from scanners.recognizers.numbered import GAP, Numbered

_SEPARATOR = rf"(?:[ ]?{HYPHEN}[ ]?|[ ])"
_GROUPS = (
    rf"[0-9]{{11}}|[0-9]{{5}}{_SEPARATOR}[0-9]{{6}}|[0-9]{{10}}{_SEPARATOR}[0-9]"
    rf"|[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}?[0-9]{{3}}"
    rf"|[0-9]{{3}}{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}"
)
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
#: Remainders whose digit no source tells.
_UNTOLD = frozenset({0, 1})


class ResidentRecordCodeRecognizer(Numbered):
    """Finds ``24727059608`` where the words around say what it is."""

    ENTITY = Entity.JP_RESIDENT_RECORD_CODE
    KIND = "resident_record_code"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("住民票コード", "住民票のコード", "住民コード", "住基コード", "住民基本台帳コード"),
        *("住基番号", "住民票番号", "住民票c", "住民票cd", "住基ネット番号", "住基ネットコード"),
        *("juminhyo code", "juminhyo_code", "juminhyocode", "juminhyo", "juminhyou", "jumin_code"),
        *("jumin code", "jumincode", "juki code", "juki_code", "jukicode", "resident record code"),
        *("resident_record_code", "residentrecordcode", "certificate of residence code"),
        *("resident register code", "resident_code", "resident code"),
    )
    HEADERS = (
        *("住民票コード", "住民票のコード", "住民コード", "住基コード", "住民基本台帳コード"),
        *("住民票cd", "住民票番号", "住基番号", "住基ネットコード", "ジュウミンヒョウコード"),
        *("juminhyocode", "juminhyoucode", "juminhyocd", "jumincode", "jumincd", "jukicode"),
        *("residentrecordcode", "residentrecordcd", "residentcode", "residentregistercode"),
        *("residentrecord", "juminhyo"),
    )
    PREFILTER = rf"(?:[0-9]{GAP}){{10}}[0-9]"
    NUMBER = re.compile(rf"{LABELLED_LEFT}(?:{_GROUPS}){LABELLED_RIGHT}")
    LENGTH = 11
    RIVALS = Words(
        (
            *NOT_PERSONAL,
            *("雇用保険", "被保険者", "雇保"),
            *("発行番号", "請求者", "証明書番号", "外国人登録", "世帯番号", "宛名番号", "口座"),
            *("在留", "バーコード", "住民税", "納税", "市区町村コード", "自治体コード"),
        )
    )

    def checks(self, value: str) -> bool | None:
        """Verify the last digit; unofficial, so a failure rejects nothing."""
        number = digits(value).zfill(self.LENGTH)
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
        return None if total % 11 in _UNTOLD else number[-1] == str(11 - total % 11)

    def knows(self, value: str) -> bool:
        """Tell whether the value is such a number and its digit holds, where that is known."""
        return super().knows(value) and self.checks(value) is not False
