"""電話番号 (telephone number), under the numbering plan of the 総務省.

Ten digits for fixed lines (``03-1234-5678``, ``04992-2-1234``), eleven for mobile and IP phones
(``090-…``, ``050-…``), with ``+81`` in place of the 0 from abroad. The plan's patterns are those
that ``phonenumbers`` (Google's libphonenumber) carries; 0120, 0800, 0570 and 0990 are usually a
business's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata
from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.joined import each
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import digits

_SEPARATOR = rf"(?:{HYPHEN}|[ .()])"
_HOME = rf"\(?0[0-9]{{1,4}}{_SEPARATOR}{{0,2}}[0-9]{{1,4}}{_SEPARATOR}{{0,2}}[0-9]{{3,4}}"
_ABROAD = rf"(?:\+|0081|0+10[ -]?81)[ -]?[0-9(](?:{_SEPARATOR}{{0,2}}[0-9]){{7,13}}"
_CANDIDATE = re.compile(
    rf"(?<![0-9.+])(?<![0-9]{HYPHEN})(?<![0-9][/:_])(?:{_ABROAD}|{_HOME})"
    rf"(?![0-9])(?!{HYPHEN}[0-9])"
)
_BUSINESS = re.compile(r"0120|0800|0570|0990")
_MOBILE = re.compile(r"0[6789]0|050")
_LATIN_BEFORE = re.compile(r"[A-Za-z][_-]?$")
_LABEL_BEFORE = re.compile(r"(?:tel|fax|phone|mobile|ph|call)[_-]?$", re.IGNORECASE)
_SEPARATED = re.compile(rf"[0-9)]{_SEPARATOR}")
_RIVALS = Words(NOT_PERSONAL)


class PhoneNumberRecognizer(Recognizer):
    """Finds ``03-1234-5678``, ``(03)1234-5678``, ``09012345678``, ``+81 90-1234-5678``."""

    ENTITY = Entity.PHONE_NUMBER
    KIND = "phone"
    STRENGTH = Strength.SHARED
    CONTEXT = (
        *("電話", "tel", "phone", "携帯", "fax", "ファックス", "ファクス", "連絡先", "mobile"),
        *("直通", "内線", "☎", "緊急連絡", "自宅", "call"),
    )
    HEADERS = (
        *("電話", "電話番号", "tel", "telno", "telephone", "telephonenumber", "phone"),
        *("phoneno", "phonenumber", "mobile", "mobilephone", "mobileno", "cell", "cellphone"),
        *("携帯", "携帯番号", "携帯電話", "携帯電話番号", "自宅電話", "自宅電話番号"),
        *("連絡先電話番号", "緊急連絡先", "緊急連絡先電話番号", "fax", "faxno", "faxnumber"),
        *("fax番号", "ファックス", "denwa", "denwabango", "keitai", "tel1", "tel2"),
        *("勤務先電話番号", "日中連絡先", "直通"),
    )
    PREFILTER = rf"(?:0|\+)(?:{_SEPARATOR}{{0,3}}[0-9]){{8}}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers of the plan; digits in one run need more: a word, or a mobile's prefix."""
        for match in _CANDIDATE.finditer(folded.text):
            if _inside_code(folded.text[: match.start()]) or not _assigned(match[0]):
                continue
            score, *evidence = self._judge(folded.text, match)
            if score:
                yield self._found(folded, match.start(), match.end(), score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is a number of the plan."""
        value = value.strip()
        return _CANDIDATE.fullmatch(value) is not None and _assigned(value)

    def normal(self, text: str) -> str:
        """Return E.164: ``+81312345678``."""
        return e164(fold(text).text)

    def normals(self, texts: Sequence[str]) -> list[str]:
        """Return the E.164 of each; all are folded, and their digits taken, at once."""
        values = each(lambda all_: fold(all_).text, texts)
        return list(map(_international, values, each(digits, values)))

    def _judge(self, text: str, match: re.Match[str]) -> tuple[float, *tuple[str, ...]]:
        near = self._words.near(text, match.start(), match.end())
        rival = _RIVALS.near(text, match.start(), match.end())
        plain = not _SEPARATED.search(match[0]) and match[0][0] != "+"
        if plain and rival and (near is None or rival.distance < near.distance):
            return (0.0,)
        if _BUSINESS.match(digits(match[0])):
            return 0.4, "pattern", "numbering plan", "business line"
        if near:
            return 0.9, "pattern", "numbering plan", f"context {near.word}"
        if plain:
            return (0.6 if _MOBILE.match(match[0]) else 0.0), "pattern", "numbering plan"
        return 0.75, "pattern", "numbering plan"


def e164(value: str) -> str:
    """Return a folded number as ``+`` and digits, read from Japan; digits alone if it is none."""
    return _international(value, digits(value))


def _international(value: str, number: str) -> str:
    if value.lstrip().startswith("+"):
        return "+81" + number[2:].lstrip("0") if number.startswith("81") else "+" + number
    if number.startswith(("0081", "01081")):
        return "+81" + number.partition("81")[2].lstrip("0")
    return "+81" + number[1:] if number.startswith("0") else number


def _assigned(value: str) -> bool:
    number = e164(value)
    if number.startswith("+81"):
        return any(plan.fullmatch(number[3:]) for plan in _plan())
    return number.startswith("+") and _valid_abroad(number)


@cache
def _plan() -> tuple[re.Pattern[str], ...]:
    """The patterns of Japan's national numbers; matching them is what ``phonenumbers`` does."""
    japan = PhoneMetadata.metadata_for_region("JP")
    if japan is None:
        raise LookupError("phonenumbers carries no numbering plan of Japan: reinstall it.")
    kinds = (
        japan.mobile, japan.fixed_line, japan.voip, japan.toll_free, japan.premium_rate,
        japan.shared_cost, japan.personal_number, japan.pager, japan.uan, japan.voicemail,
    )  # fmt: skip
    patterns = (kind.national_number_pattern for kind in kinds if kind)
    return tuple(re.compile(pattern) for pattern in patterns if pattern)


def _valid_abroad(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return False


def _inside_code(before: str) -> bool:
    return bool(_LATIN_BEFORE.search(before[-8:]) and not _LABEL_BEFORE.search(before[-8:]))
