"""郵便番号 (postal code): seven digits, written 〒NNN-NNNN, assigned by Japan Post.

Three and four digits joined by a hyphen are many things, so a 〒, a word or an address beside it
is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.japanese.gazetteer import PREFECTURES
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import BOUND_LEFT, BOUND_RIGHT, digits

_CODE = re.compile(
    rf"(?P<mark>〒[ ]?)?{BOUND_LEFT}(?P<code>[0-9]{{3}}{HYPHEN}?[0-9]{{4}}){BOUND_RIGHT}"
)
_WHOLE = re.compile(rf"〒?[ ]?[0-9]{{3}}{HYPHEN}?[0-9]{{4}}")
_ADDRESS_BEHIND = re.compile(
    rf"[\s、,:]{{0,3}}(?:住所[:\s]{{0,2}})?(?:{'|'.join(PREFECTURES)}|[^\s0-9]{{1,5}}[市区郡])"
)
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
            reason = self._reason(folded.text, match)
            if reason:
                yield self._found(folded, *match.span("code"), 0.85, "pattern", reason)

    def fits(self, value: str) -> bool:
        """Tell whether the value is seven digits, in one or 3-4."""
        return _WHOLE.fullmatch(value.strip()) is not None and digits(value) != "0000000"

    def normal(self, text: str) -> str:
        """Return the seven digits."""
        return digits(fold(text).text)

    def _reason(self, text: str, match: re.Match[str]) -> str | None:
        if match["mark"]:
            return "context 〒"
        if _ADDRESS_BEHIND.match(text, match.end()):
            return "address behind"
        near = self._words.named(text, match.start("code"), match.end(), _RIVALS)
        return f"context {near.word}" if near and near.distance <= _CLOSE else None
