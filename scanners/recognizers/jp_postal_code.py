"""郵便番号 (postal code): seven digits, written 〒NNN-NNNN, assigned by Japan Post.

Three and four digits joined by a hyphen are many things, so a 〒, a word or an address beside it
is asked for. The table (郵便番号データ and 大口事業所個別番号) is a month's: codes of offices come
and go, so what a mark or a word calls a code is one, though less surely, where the table lacks it.
Source: https://www.post.japanpost.jp/zipcode/download.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.japanese.gazetteer import PREFECTURES
from scanners.japanese.places import has_code, places
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import BOUND_LEFT, BOUND_RIGHT, digits

_CODE = re.compile(
    rf"(?P<mark>〒[ ]?)?{BOUND_LEFT}(?P<code>[0-9]{{3}}{HYPHEN}?[0-9]{{4}}){BOUND_RIGHT}"
)
_WHOLE = re.compile(rf"〒?[ ]?[0-9]{{3}}{HYPHEN}?[0-9]{{4}}")
_GLUE = re.compile(r"[\s、,:)]{0,3}(?:住所[:\s]{0,2})?")
_PLACE = re.compile(rf"{'|'.join(PREFECTURES)}|[^\s0-9]{{1,5}}[市区郡]")
_LATIN_BEFORE = re.compile(r"(?:-(?:ku|shi|gun|to|fu|ken)|[A-Z][a-z]{2,8}),?[ ]$")
#: So much of an address tells whether it is the code's.
_AHEAD = 20
#: A label stands right beside a code that has no mark.
_CLOSE = 12
_RIVALS = Words((*NOT_PERSONAL, "電話", "tel", "内線", "fax", "phone"))


class PostalCodeRecognizer(Recognizer):
    """Finds ``〒100-0001``."""

    ENTITY = Entity.JP_POSTAL_CODE
    KIND = "postal"
    STRENGTH = Strength.WEAK
    CONTEXT = ("郵便番号", "〒", "住所", "postal", "zip", "postcode", "所在地")
    HEADERS = (
        *("郵便番号", "郵便", "〒", "postalcode", "postalcd", "postcode", "postal", "zip"),
        *("zipcode", "zipcd", "yubinbango", "yubin", "postno", "郵便no"),
    )
    JOINS = True
    PREFILTER = rf"[0-9]{{3}}{HYPHEN}?[0-9]{{4}}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find codes marked with 〒, named by a word or followed by an address."""
        for match in _CODE.finditer(folded.text):
            score, *reasons = self._judge(folded.text, match)
            if score:
                yield self._found(folded, *match.span("code"), score, "pattern", *reasons)

    def fits(self, value: str) -> bool:
        """Tell whether the value is seven digits, in one or 3-4."""
        return _WHOLE.fullmatch(value.strip()) is not None and digits(value) != "0000000"

    def knows(self, value: str) -> bool:
        """Tell whether the table has the code: of all numbers of seven digits, one in seventy."""
        return self.fits(value) and has_code(digits(value))

    def normal(self, text: str) -> str:
        """Return the seven digits."""
        return digits(fold(text).text)

    def _judge(self, text: str, match: re.Match[str]) -> tuple[float, *tuple[str, ...]]:
        code = digits(match["code"])
        listed = ("dictionary",) if has_code(code) else ()
        if listed and _agrees(text, match.end(), code):
            return 0.95, "address agrees", *listed
        reason = self._reason(text, match) or (_before(text, match) if listed else None)
        return ((0.85 if listed else 0.6), reason, *listed) if reason else (0.0,)

    def _reason(self, text: str, match: re.Match[str]) -> str | None:
        if match["mark"]:
            return "context 〒"
        if _PLACE.match(text, _behind(text, match.end())):
            return "address behind"
        near = self._words.named(text, match.start("code"), match.end(), _RIVALS)
        return f"context {near.word}" if near and near.distance <= _CLOSE else None


def _agrees(text: str, end: int, code: str) -> bool:
    """Tell whether the code's own municipality or town stands behind it."""
    begin = _behind(text, end)
    ahead = text[begin : begin + _AHEAD]
    return bool(ahead) and places().is_at(code, ahead)


def _behind(text: str, end: int) -> int:
    glue = _GLUE.match(text, end)
    return glue.end() if glue else end


def _before(text: str, match: re.Match[str]) -> str | None:
    """Shibuya-ku, Tokyo 150-0002."""
    ahead = text[max(0, match.start() - _AHEAD) : match.start()]
    return "address before" if _LATIN_BEFORE.search(ahead) and "-" in match["code"] else None
