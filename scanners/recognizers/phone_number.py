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
from scanners.errors import MissingData
from scanners.finding import Entity, Finding, Strength
from scanners.joined import each
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import digits

_SEPARATOR = rf"(?:{HYPHEN}|[ .()])"
_HOME = rf"\(?0[0-9]{{1,4}}{_SEPARATOR}{{0,3}}[0-9]{{1,4}}{_SEPARATOR}{{0,3}}[0-9]{{3,4}}"
_ABROAD = rf"(?:\+|0081|0+10[ -]?81)[ -]?[0-9(](?:{_SEPARATOR}{{0,3}}[0-9]){{7,13}}"
#: People also write 090/2345/6789 and 090・2345・6789.
_STROKES = r"0[5-9]0(?:/[0-9]{4}/|・[0-9]{4}・)[0-9]{4}"
_CANDIDATE = re.compile(
    rf"(?<![0-9+])(?<![0-9]\.)(?<![0-9]{HYPHEN})(?<![0-9][:_])(?:(?<![0-9]/)|(?<=[0-9]{{4}}/))"
    rf"(?:{_ABROAD}|{_HOME}|{_STROKES})(?![0-9])(?!{HYPHEN}[0-9])"
)
#: Without its + the country's code is one only behind a word.
_BARE_ABROAD = re.compile(
    rf"(?i:tel|phone|mobile|fax|電話|携帯)[ :./]{{0,4}}"
    rf"(?P<it>81{_SEPARATOR}{{1,2}}[1-9](?:{_SEPARATOR}{{0,2}}[0-9]){{8,9}})(?![0-9])"
)
#: What a spreadsheet leaves of a number: the zero in front is gone.
_DROPPED = re.compile(r"[1-9][0-9]{8,9}")
#: A word before that calls the digits the number of something else.
_OTHERWISE = re.compile(
    r"(?:番号|コード|ナンバー|(?<![a-z])(?:id|no|code|number))[.]?[ ]?[:=#は]?[ ]?$"
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
    PREFILTER = rf"(?:0|\+|81{HYPHEN}|81[ .(])(?:(?:{_SEPARATOR}{{0,3}}|[/・])[0-9]){{8}}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers of the plan; digits in one run need more: a word, or a mobile's prefix."""
        for match in _CANDIDATE.finditer(folded.text):
            if _inside_code(folded.text[: match.start()]) or not _assigned(match[0]):
                continue
            score, *evidence = self._judge(folded.text, match)
            if score:
                yield self._found(folded, match.start(), match.end(), score, *evidence)
        for match in _BARE_ABROAD.finditer(folded.text):
            if _assigned(f"+{match['it']}"):
                evidence = ["pattern", "numbering plan", "context tel"]
                yield self._found(folded, *match.span("it"), 0.9, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is a number of the plan, or what a spreadsheet leaves of one."""
        value = value.strip()
        written = _CANDIDATE.fullmatch(value) or _DROPPED.fullmatch(value)
        return written is not None and _assigned(value)

    def knows(self, value: str) -> bool:
        """Tell whether the value is a number of the plan as it is written."""
        return self.fits(value) and not _DROPPED.fullmatch(value.strip())

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
            before = text[max(0, match.start() - 12) : match.start()].lower()
            mobile = _MOBILE.match(match[0]) and not _OTHERWISE.search(before)
            return (0.6 if mobile else 0.0), "pattern", "numbering plan"
        return 0.75, "pattern", "numbering plan"


def e164(value: str) -> str:
    """Return a folded number as ``+`` and digits, read from Japan; digits alone if it is none."""
    return _international(value, digits(value))


def _international(value: str, number: str) -> str:
    if value.lstrip().startswith("+"):
        return "+81" + number[2:].lstrip("0") if number.startswith("81") else "+" + number
    if number.startswith(("0081", "01081")):
        return "+81" + number.partition("81")[2].lstrip("0")
    if number.startswith("0"):
        return "+81" + number[1:]
    japanese = _DROPPED.fullmatch(number) and _planned(number)
    bare = number.startswith("81") and _planned(number[2:])
    return f"+81{number}" if japanese else f"+{number}" if bare else number


def _assigned(value: str) -> bool:
    number = e164(value)
    if number.startswith("+81"):
        return _planned(number[3:])
    return number.startswith("+") and _valid_abroad(number)


def _planned(national: str) -> bool:
    # The plan's patterns hold prefixes of carriers, 0066, too; they begin no subscriber's number.
    return national[:1] != "0" and any(plan.fullmatch(national) for plan in _plan())


@cache
def _plan() -> tuple[re.Pattern[str], ...]:
    """The patterns of Japan's national numbers; matching them is what ``phonenumbers`` does."""
    japan = PhoneMetadata.metadata_for_region("JP")
    if japan is None:
        raise MissingData("phonenumbers carries no numbering plan of Japan: reinstall it.")
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
