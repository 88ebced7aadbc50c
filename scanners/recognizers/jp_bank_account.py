"""口座番号 (bank account): 金融機関コード 4, 支店コード 3, 口座種別 and 口座番号 7 digits.

The codes are those of the 全国銀行協会's unified table of banks and branches. There is no check
digit, so in a text a label or the kind of account (普通, 当座, 貯蓄) is asked for; a number shorter
than seven is filled with zeros from the left.

ゆうちょ銀行 (bank 9900) writes 記号 and 番号 instead (``scanners.recognizers.yucho``); ``normal``
converts them, so that both ways of writing compare equal. Of their check digit: five published
transfer accounts verify, so there a failure rejects; no real savings account is published, so there
it only raises a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers import yucho
from scanners.recognizers.base import Recognizer

_KIND = r"(?:普通預?金?|当座預?金?|貯蓄預?金?|納税準備預?金?|総合口座|\(普\)|\(当\)|普|当)"
_NO = r"(?:口座番号|番号|口座|No\.?|no\.?|#)?"
_FILL = r"[ :は、,(/]{0,3}"
_ACCOUNT = rf"[0-9]{{7}}|[0-9]{{3}}(?:{HYPHEN}|[ ])[0-9]{{4}}"
_TYPED = re.compile(
    rf"(?<![一-龯]){_KIND}[) ]?{_FILL}{_NO}{_FILL}(?P<account>{_ACCOUNT}){yucho.RIGHT}"
)
_LABELLED = re.compile(
    r"(?:口座番号|口座No\.?|口座#|振込口座|引落口座"
    r"|(?<![a-z])(?:bank[ _]?account|account|acct|a/c)"
    r"[ _]?(?:number|num|no\.?|#)|kouza[ _]?(?:bango|no)|koza[ _]?bango)"
    rf"(?:\([^()\n]{{0,12}}\))?[ ]?[\"']?[ :=は、]{{0,4}}[\"']?(?:{_KIND}[ :]?)?"
    rf"(?P<account>{_ACCOUNT}){yucho.RIGHT}",
    re.IGNORECASE,
)
_JOINT = rf"(?:{HYPHEN}|[ ]|[ ]?/[ ]?|[ ]?,[ ]?)"
_CODED = re.compile(
    rf"{yucho.LEFT}(?P<bank>[0-9]{{4}}){_JOINT}(?P<branch>[0-9]{{3}}){_JOINT}"
    rf"(?P<kind>(?:{_KIND}|[124]){_JOINT}?)?(?P<account>[0-9]{{7}}){yucho.RIGHT}"
)
_SPOKEN = re.compile(
    r"(?:銀行|金融機関)(?:コード|番号)[ :は]{0,3}(?P<bank>[0-9]{4})[^0-9\n]{1,20}"
    r"(?:支)?店(?:コード|番号?)[ :は]{0,3}(?P<branch>[0-9]{3})[^0-9\n]{1,20}"
    rf"(?P<account>[0-9]{{7}}){yucho.RIGHT}"
)
_BARE = re.compile(rf"[0-9]{{5,8}}|[0-9]{{3}}(?:{HYPHEN}|[ ])[0-9]{{4}}")
_RUNS = re.compile(r"[0-9]+")
#: Bank, branch and account, the kind of account perhaps as a digit between.
_CODES = {(4, 3, 7), (4, 3, 1, 7)}
_NAMED = Words(
    (
        *("ゆうちょ", "郵便振替", "振替口座", "払込", "振替", "記号番号", "記号"),
        *("郵便貯金", "通帳", "口座"),
    )
)
_BANKED = Words(
    ("口座", "銀行", "振込", "支店", "bank", "引落", "普通", "当座", "金庫", "信組", "農協")
)
_RIVALS = Words((*NOT_PERSONAL, "電話", "tel", "fax", "郵便番号", "〒", "保険", "被保険者"))


class BankAccountRecognizer(Recognizer):
    """Finds ``0005-123-普通-1234568``, ``口座番号：7654321``, ``記号14080 番号12345671``."""

    ENTITY = Entity.JP_BANK_ACCOUNT
    KIND = "bank_account"
    STRENGTH = Strength.SHARED
    CONTEXT = (
        *("口座番号", "口座", "普通預金", "当座", "貯蓄", "振込先", "銀行", "支店", "ゆうちょ"),
        *("記号", "bank account", "account number", "account no", "iban", "swift", "kouza", "koza"),
    )
    HEADERS = (
        *("口座番号", "銀行口座", "銀行口座番号", "振込口座", "振込口座番号", "振込先口座"),
        *("振込先口座番号", "引落口座", "引落口座番号", "返金先口座", "返金先口座番号", "預金口座"),
        *("入金口座番号", "給与口座", "給与振込口座", "ゆうちょ記号番号", "通帳記号番号"),
        *("振替口座番号", "accountnumber", "accountno", "accountnum", "acctno", "acctnumber"),
        *("acctnum", "bankaccount", "bankaccountno", "bankaccountnumber", "bankaccountnum"),
        *("bankacct", "kouzabango", "kouzano", "kozabango", "kozano", "コウザバンゴウ"),
    )
    PREFILTER = r"[0-9]{7}|[0-9]{3}[^0-9A-Za-z][0-9]{4}|[01][0-9]{3}0[^0-9]"

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find accounts that codes, a kind of account or a label tell; each place once."""
        taken: list[tuple[int, int]] = []
        for start, end, score, evidence in _candidates(folded.text):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield self._found(folded, start, end, score, "pattern", *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is an account's number, with or without codes, or a 記号番号."""
        value = value.strip()
        if _BARE.fullmatch(value) or _CODED.fullmatch(value):
            return True
        return yucho.read(value) is not None

    def checks(self, value: str) -> bool | None:
        """Verify the check digit of a transfer account; nothing else has one that is sure."""
        match = yucho.read(value.strip())
        if match is None or match["symbol"][0] != "0":
            return None
        return yucho.passes(match["symbol"], match["number"])

    def normal(self, text: str) -> str:
        """Return ``9900-408-1234567``, or where no codes are written the seven digits."""
        value = fold(text).text.strip()
        runs = _RUNS.findall(value)
        if len(runs) > 1 and yucho.SYMBOL.fullmatch(runs[0]):
            middle = runs[1] if len(runs) > 2 else None  # noqa: PLR2004 - 記号, a digit, 番号
            if yucho.is_shaped(runs[0], middle, runs[-1]):
                return "-".join(yucho.convert(runs[0], runs[-1]))
        if tuple(map(len, runs)) in _CODES:
            return f"{runs[0]}-{runs[1]}-{runs[-1]}"
        return "".join(runs).zfill(7) if runs else value


def _candidates(text: str) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
    yield from _yuchos(text)
    for match in _SPOKEN.finditer(text):
        yield match.start("bank"), match.end(), 0.95, ("context 銀行コード",)
    for match in _CODED.finditer(text):
        near = _BANKED.named(text, match.start(), match.end(), _RIVALS)
        if near or (match["kind"] and not match["kind"][0].isdigit()):
            yield match.start(), match.end(), 0.9, (f"context {near.word if near else '口座種別'}",)
    for pattern, word in ((_LABELLED, "口座番号"), (_TYPED, "口座種別")):
        for match in pattern.finditer(text):
            yield match.start("account"), match.end("account"), 0.85, (f"context {word}",)


def _yuchos(text: str) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
    for match in yucho.SPOKEN.finditer(text):
        yield from _judged(match, "記号")
    for match in yucho.WRITTEN.finditer(text):
        if not yucho.is_shaped(match["symbol"], match["middle"], match["number"]):
            continue
        near = _NAMED.named(text, match.start(), match.end(), _RIVALS)
        if near:
            yield from _judged(match, near.word)


def _judged(match: re.Match[str], word: str) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
    passed = yucho.passes(match["symbol"], match["number"])
    if passed or match["symbol"][0] == "1":
        more = ("check digit",) if passed else ()
        score = 0.95 if passed else 0.8
        yield match.start("symbol"), match.end("number"), score, (*more, f"context {word}")
