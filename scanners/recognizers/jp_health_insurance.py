"""健康保険の記号・番号 (health insurance): insurer number, symbol and number, all three together.

The codes of 政令1条3号 (国民健康保険) and 規則4条1, 2, 5, 6, 7号 (健康保険, 船員保険, 共済). A part
alone is no code (ガイドラインQ&A, https://www.ppc.go.jp/all_faq_index/faq3-q2-3/) and is not told.
The insurer's number has a check digit that must hold; symbol (often 漢字) and number are free. The
枝番 of a dependant, two digits since 2020, is left out of the normal form, since it is missing
wherever it wasn't asked for; so a family may share one.

Parts stand in any order, each behind its label, within some 200 characters; or one behind the
other, ``01130012 21011127-123``, where a word near says insurance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.health_parts import COMPACT, is_insurer, labelled, read, span
from scanners.recognizers.insurance import disjoint, insurer
from scanners.recognizers.numbered import named

#: What most columns hold, already in its normal form.
_NORMAL = re.compile(r"(?:[0-9]{8}|[0-9]{6})-[1-9][0-9]{0,11}-[1-9][0-9]{0,8}", re.ASCII)
_JOINTS = re.compile(rf"{HYPHEN}|[・.\s]")
_RIVALS = Words(
    (*NOT_PERSONAL, "雇用保険", "介護", "後期高齢", "自動車保険", "生命保険", "電話", "tel")
)


class HealthInsuranceRecognizer(Recognizer):
    """Finds ``01130012 記号 21011127 番号 123``, from the first part to the last."""

    ENTITY = Entity.JP_HEALTH_INSURANCE
    KIND = "health_insurance"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("健康保険", "保険証", "被保険者証", "資格確認書", "資格情報", "国民健康保険", "国保"),
        *("健保", "協会けんぽ", "共済組合", "組合員証", "加入者証", "船員保険", "被保険者"),
        *(
            "記号番号",
            "記号・番号",
            "保険者番号",
            "マイナ保険証",
            "オンライン資格",
            "資格情報のお知らせ",
        ),
        *("health insurance", "health_insurance", "healthinsurance", "insurance card", "hokensho"),
        *("kenko hoken", "kenko_hoken", "kenkohoken", "kenkou_hoken", "kokuho", "kenpo"),
    )
    HEADERS = (
        *("健康保険証", "健康保険証番号", "保険証番号", "保険証記号番号", "健康保険証記号番号"),
        *("健康保険記号番号", "被保険者証記号番号", "健康保険被保険者証記号番号", "保険証情報"),
        *("被保険者記号番号", "被保険者等記号番号", "健康保険被保険者証", "健康保険被保険者証番号"),
        *("国民健康保険証番号", "国保記号番号", "国民健康保険記号番号", "組合員証記号番号"),
        *("組合員等記号番号", "加入者等記号番号", "健保記号番号", "資格確認書番号", "健康保険番号"),
        *("健康保険被保険者番号", "健康保険被保険者記号番号", "保険者番号記号番号", "保険証"),
        *("healthinsurance", "healthinsuranceno", "healthinsurancenumber", "healthinsuranceid"),
        *("healthinsurancecard", "healthinsurancecardno", "healthinsurancecardnumber"),
        *("kenkohoken", "kenkohokensho", "kenkohokenno", "kenkohokenbango", "hokensho"),
        *("hokenshono", "hokenshobango", "hokenshokigobango", "kenkouhoken", "kenkouhokenno"),
    )
    PREFILTER = (
        r"(?i:記号|kigo|symbol|保険|健保|国保|けんぽ|共済|組合員証|加入者証|資格確認|資格情報|insur|hoken|kokuho"
        r"|kenpo)"
    )
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find three parts together, each behind its label, or in a row where a word says so."""
        spans = [span(parts) for parts in labelled(folded.text)]
        for start, end in spans:
            yield self._found(folded, start, end, 0.95, "labels", "check digit")
        for match in COMPACT.finditer(folded.text):
            start, end = match.start(), match.end("number")
            near = named(self._words, _RIVALS, folded.text, start, match.end())
            if near and disjoint(spans, start, end) and is_insurer(match["insurer"]):
                evidence = ("pattern", "check digit", f"context {near.word}")
                yield self._found(folded, start, end, 0.95, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is all three parts."""
        return bool(read(value.strip()))

    def knows(self, value: str) -> bool:
        """Tell whether labels in the value say what its parts are."""
        return any(True for _ in labelled(value))

    def normal(self, text: str) -> str:
        """Return ``insurer-symbol-number``: no zeros before a number, nothing inside a symbol.

        Integers lose such zeros, and people write symbols with and without dots.
        """
        if _NORMAL.fullmatch(text):
            return text
        value = fold(text).text.strip()
        parts = read(value)
        if not parts:
            return value
        return "-".join(
            (insurer(parts["insurer"]), symbol(parts["symbol"]), _bare(parts["number"]))
        )


def symbol(text: str) -> str:
    """Return a symbol as it is compared.

    >>> symbol("12・34"), symbol("0012"), symbol("埼けん")
    ('1234', '12', '埼けん')
    """
    return _bare(_JOINTS.sub("", text).upper())


def _bare(text: str) -> str:
    """Drop zeros before a number."""
    return (text.lstrip("0") or "0") if text.isdecimal() else text
