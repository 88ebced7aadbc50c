"""クレジットカード番号 (payment card number), ISO/IEC 7812: 14 to 16 digits, the last a check.

The first digits name the brand; only those of the brands used in Japan are taken (Visa, Mastercard,
JCB 3528-3589, American Express, Diners, Discover, UnionPay). Luhn's digit alone passes a tenth of
all numbers, brand and length leave about one in fifty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc
from stdnum import luhn

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import BOUND_LEFT, BOUND_RIGHT, digits

_S = rf"(?:{HYPHEN}|[ ])?"
_SIXTEEN = rf"[2-6][0-9]{{3}}({_S})[0-9]{{4}}\2[0-9]{{4}}\2[0-9]{{4}}"
_FIFTEEN = rf"3[47][0-9]{{2}}({_S})[0-9]{{6}}\3[0-9]{{5}}"
_FOURTEEN = rf"3[0689][0-9]{{2}}({_S})[0-9]{{6}}\4[0-9]{{4}}"
_NINETEEN = rf"62[0-9]{{2}}({_S})[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{3}}"
_NUMBER = re.compile(rf"{BOUND_LEFT}(?:{_NINETEEN}|{_SIXTEEN}|{_FIFTEEN}|{_FOURTEEN}){BOUND_RIGHT}")
_BRAND = re.compile(
    r"4[0-9]{15}|(?:5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}"
    r"|35(?:2[89]|[3-8][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|095|[689][0-9])[0-9]{11}"
    r"|6(?:011|5[0-9]{2}|4[4-9][0-9]|2[0-9]{2})[0-9]{12}|62[0-9]{17}"
)
_RIVALS = Words(NOT_PERSONAL)
#: UnionPay's longer numbers look like any long id, so a word must name them.
_USUAL = 16


class CreditCardNumberRecognizer(Recognizer):
    """Finds ``3530 1113 3330 0000``."""

    ENTITY = Entity.CREDIT_CARD
    KIND = "card"
    STRENGTH = Strength.SHARED
    CONTEXT = (
        *("カード番号", "クレジット", "クレカ", "カード", "card", "credit", "visa"),
        *("mastercard", "jcb", "amex", "pan", "有効期限", "銀聯", "unionpay", "アメックス"),
    )
    HEADERS = (
        *("カード番号", "クレジットカード", "クレジットカード番号", "クレカ番号", "card"),
        *("cardno", "cardnumber", "creditcard", "creditcardno", "creditcardnumber", "ccnumber"),
        *("ccno", "pan"),
    )
    JOINS = True
    PREFILTER = rf"[2-6][0-9]{{3}}{_S}[0-9]{{4}}"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers of a brand whose last digit holds, unless a word names something else."""
        for match in _NUMBER.finditer(folded.text):
            if not self.fits(match[0]) or not self.checks(match[0]):
                continue
            score, *evidence = self._judge(folded.text, match)
            if score:
                yield self._found(folded, match.start(), match.end(), score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value has a brand's first digits and length."""
        value = value.strip()
        return _NUMBER.fullmatch(value) is not None and bool(_BRAND.fullmatch(digits(value)))

    def checks(self, value: str) -> bool | None:
        """Verify the last digit by Luhn's rule."""
        return bool(luhn.is_valid(digits(value)))

    def normal(self, text: str) -> str:
        """Return the digits."""
        return digits(fold(text).text)

    def _judge(self, text: str, match: re.Match[str]) -> tuple[float, *tuple[str, ...]]:
        near = self._words.near(text, match.start(), match.end())
        rival = _RIVALS.near(text, match.start(), match.end())
        if rival and (near is None or rival.distance < near.distance):
            return (0.0,)
        if near:
            return 0.95, "pattern", "check digit", f"context {near.word}"
        if len(digits(match[0])) > _USUAL:
            return (0.0,)
        return (0.7 if len(digits(match[0])) < len(match[0]) else 0.6), "pattern", "check digit"
