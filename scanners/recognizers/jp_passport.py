"""旅券番号 (passport number): two letters and seven digits, issued by the 外務省.

A code by 政令1条2号 (旅券法6条1項1号). There is no check digit inside the number. The two
machine-readable lines carry them (ICAO Doc 9303), and a number there needs no other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import ALONE_LEFT, ALONE_RIGHT
from scanners.recognizers.machine_readable import check_digit
from scanners.recognizers.nationality import national
from scanners.recognizers.numbered import GAP, named

_SHAPE = rf"[A-Za-z]{{2}}{GAP}(?:[0-9]{{7}}|[0-9]{{3}}[ -][0-9]{{4}})"
#: No., written before a number of seven digits, is no part of it.
_NUMBER = re.compile(rf"{ALONE_LEFT}(?![Nn][Oo][ 0-9]){_SHAPE}{ALONE_RIGHT}(?![.][0-9])")
_MRZ = re.compile(
    r"(?<![0-9A-Z<])(?P<number>[A-Z]{2}[0-9]{7})(?P<check>[0-9])JPN[0-9]{7}[MFX<][0-9]{7}"
)
_SEPARATORS = re.compile(rf"{HYPHEN}|[\s.]")
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
            "型式",
            "予約番号",
            "予約記録",
        ),
        *("査証番号", "ビザ番号", "visa no", "visa number", "booking", "reservation", "flight"),
        *(
            "申請番号",
            "受理番号",
            "問い合わせ番号",
            "車台番号",
            "社員番号",
            "会員番号",
            "pnr",
            "製品",
        ),
    )
)


class PassportRecognizer(Recognizer):
    """Finds ``TR1234567`` where a word says passport, or in the machine-readable line."""

    ENTITY = Entity.JP_PASSPORT
    KIND = "passport"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("旅券番号", "旅券", "パスポート", "passport", "passport_no", "passportno", "ryoken"),
        *("passport_number", "passportnumber", "passport_id", "旅券の番号", "ぱすぽーと", "パスポ"),
    )
    HEADERS = (
        *(
            "旅券番号",
            "旅券",
            "旅券no",
            "旅券の番号",
            "旅券記号番号",
            "日本国旅券番号",
            "日本旅券番号",
        ),
        *("パスポート", "パスポート番号", "パスポートno", "パスポートid", "パスポートの番号"),
        *("パスポートナンバー", "本人旅券番号", "本人パスポート番号", "リョケンバンゴウ"),
        *("passport", "passportno", "passportnum", "passportnumber", "passportid", "passportcd"),
        *("jppassport", "jppassportno", "japanesepassport", "japanesepassportno", "passportjp"),
        *("japanesepassportnumber", "ryoken", "ryokenno", "ryokenbango", "ryokenbangou"),
        *("traveldocument", "traveldocumentno", "traveldocno", "渡航文書番号", "旅行文書番号"),
        *("pptno", "pasupoto", "pasupotobango"),
    )
    PREFILTER = _SHAPE
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers near a word, and those in machine-readable lines whose digit checks.

        A number of somebody who is said to be of another country is that country's.
        """
        for match in _NUMBER.finditer(folded.text):
            near = named(self._words, _RIVALS, folded.text, *match.span())
            if near and not national(folded.text, *match.span()):
                evidence = ("pattern", f"context {near.word}")
                yield self._found(folded, match.start(), match.end(), 0.9, *evidence)
        for match in _MRZ.finditer(folded.text):
            if check_digit(match["number"]) == match["check"]:
                evidence = ("machine-readable line", "check digit")
                yield self._found(folded, *match.span("number"), 0.95, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is two letters and seven digits."""
        return _NUMBER.fullmatch(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return letters in upper case and digits, without a space."""
        return _SEPARATORS.sub("", fold(text).text).upper()
