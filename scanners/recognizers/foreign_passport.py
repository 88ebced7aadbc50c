"""外国旅券番号 (foreign passport number): what another country printed in its passport.

A code by 規則4条3号 (入管法2条5号). Each country has its own form, six to ten letters and digits
(China E12345678, the United States 123456789, Vietnam C1234567, France 12AB34567), so a word must
say passport and another name a country. In the two machine-readable lines (ICAO Doc 9303,
https://www.icao.int/publications/doc-series/doc-9303) three check digits say all that is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import ALONE_LEFT, ALONE_RIGHT
from scanners.recognizers.machine_readable import check_digit
from scanners.recognizers.nationality import foreign, national
from scanners.recognizers.numbered import GLUE, named

#: Words of two letters before a number, which are no part of it.
_WORD = r"(?!(?:[Nn][Oo]|I[DSN]|U[SK]|N[Rr]|JP|OF|TO)[ -]?[0-9])"
_NUMBER = re.compile(
    rf"{ALONE_LEFT}{_WORD}(?:[A-Z]{{1,2}}[ -][0-9]{{6,8}}[A-Z]?"
    rf"|[A-Za-z]{{1,3}}[0-9]{{5,9}}[A-Za-z]?|[0-9]{{8,9}}|[A-Za-z0-9]{{8,10}}){ALONE_RIGHT}(?![.,/:][0-9])"
)
_JAPANESE = re.compile(r"[A-Za-z]{2}[ -]?[0-9]{7}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_LABEL = re.compile(
    rf"(?i:(?:旅券|パスポート|passport)(?:[ _]?(?:番号|no\.?|number|num|id|#))?){GLUE}\Z"
)
_BEHIND = re.compile(rf"{GLUE}(?i:旅券|パスポート|passport)")
_MRZ = re.compile(
    r"(?<![0-9A-Z<])(?P<number>[A-Z0-9][A-Z0-9<]{8})(?P<check>[0-9])(?!JPN)(?P<state>[A-Z][A-Z<]{2})"
    r"(?P<birth>[0-9]{6})(?P<born>[0-9])[MFX<](?P<expiry>[0-9]{6})(?P<ends>[0-9])"
)
_SEPARATORS = re.compile(r"[ -]")
_RIVALS = Words(
    (
        *NOT_PERSONAL,
        *(
            "在留カード",
            "residence card",
            "特別永住",
            "部品",
            "機種",
            "便名",
            "便番号",
            "予約番号",
            "flight",
        ),
        *("visa", "査証番号", "ビザ番号", "社員番号", "学籍番号"),
        *(
            "受理番号",
            "申請番号",
            "booking",
            "reservation",
            "生年月日",
            "birth",
            "口座",
            "会員番号",
        ),
    )
)
_FEWEST_DIGITS, _MOST_LETTERS = 5, 4
#: Bare digits must stand so near to the word that names them.
_TOUCHING = 12


class ForeignPassportRecognizer(Recognizer):
    """Finds ``E12345678`` where the words say passport and a country, or in a line for machines."""

    ENTITY = Entity.FOREIGN_PASSPORT
    KIND = "passport"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *(
            "旅券番号",
            "旅券",
            "パスポート",
            "パスポートno",
            "passport",
            "passport no",
            "passport_no",
        ),
        *("passport number", "passport_number", "passportno", "passportnumber", "ryoken", "护照"),
        *("여권",),
    )
    HEADERS = (
        *(
            f"{whose}{paper}{number}"
            for whose in ("外国", "外国人", "外国籍", "本国", "母国", "国籍国", "外国政府", "海外")
            for paper in ("旅券", "パスポート")
            for number in ("番号", "no", "")
        ),
        *("foreignpassport", "foreignpassportno", "foreignpassportnumber", "foreignpassportid"),
        *("passportnoforeign", "passportforeign", "gaikokuryoken", "gaikokuryokenbango"),
        *("overseaspassport", "overseaspassportno", "nonjapanesepassport"),
    )
    PREFILTER = (
        r"(?i:旅券|パスポート|passport|ryoken|护照|여권)"
        r"|[A-Z0-9<]{9}[0-9][A-Z][A-Z<]{2}[0-9]{7}[MFX<][0-9]{7}"
    )
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers near both words, and those in lines whose three check digits hold."""
        for match in _NUMBER.finditer(folded.text):
            near = named(self._words, _RIVALS, folded.text, *match.span())
            if near and _is_foreign(folded.text, match, near.distance):
                evidence = ("pattern", f"context {near.word}", "country")
                yield self._found(folded, match.start(), match.end(), 0.9, *evidence)
        for match in _MRZ.finditer(folded.text):
            if _verified(match):
                end = match.start() + len(match["number"].rstrip("<"))
                said = ("machine-readable line", "check digit")
                yield self._found(folded, match.start(), end, 0.97, *said)

    def fits(self, value: str) -> bool:
        """Tell whether the value is of six to ten letters and digits as countries use them."""
        value = value.strip()
        # No word is near: what merely begins with a day is as likely the number of an order.
        return _NUMBER.fullmatch(value) is not None and _is_mixed(value) and not _DAY.match(value)

    def knows(self, value: str) -> bool:
        """No form of its own tells a passport from a product."""
        return False

    def normal(self, text: str) -> str:
        """Return letters in upper case and digits, without separators."""
        return _SEPARATORS.sub("", fold(text).text.strip()).upper()


def _is_foreign(text: str, match: re.Match[str], distance: int) -> bool:
    """Tell whether what is around says that a number like this is another country's."""
    start, end = match.span()
    if not _is_mixed(match[0]) or _DAY.fullmatch(match[0]):
        return False
    if _JAPANESE.fullmatch(match[0]):
        return national(text, start, end)
    if match[0].isdecimal() and not (distance <= _TOUCHING or _touched(text, start, end)):
        return False
    return foreign(text, start, end)


def _touched(text: str, start: int, end: int) -> bool:
    """Tell whether a label touches a number, which alone would be a day or any number."""
    return bool(
        _LABEL.search(text, max(0, start - 32), start) or _BEHIND.match(text, end, end + 24)
    )


def _is_mixed(value: str) -> bool:
    number = sum(char.isdecimal() for char in value)
    letters = sum(char.isalpha() for char in value)
    return number >= _FEWEST_DIGITS and letters <= _MOST_LETTERS


def _verified(match: re.Match[str]) -> bool:
    pairs = {"number": "check", "birth": "born", "expiry": "ends"}
    return all(check_digit(match[field]) == match[check] for field, check in pairs.items())
