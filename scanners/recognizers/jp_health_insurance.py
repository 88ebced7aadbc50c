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
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from spacy.tokens import Doc

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.insurance import INSURER_LABEL, REACH, Span, disjoint, insurer, is_elderly
from scanners.recognizers.numbered import GLUE, named

_INSURER = (
    r"(?:[0-9]{8}|[0-9]{6}|[0-9]{2}[ -][0-9]{2}[ -][0-9]{3}[ -][0-9]|[0-9]{4}[ -][0-9]{4}"
    r"|[0-9](?: [0-9]){7}|[0-9](?: [0-9]){5}|[0-9]{2}[ -][0-9]{3}[ -][0-9])(?![0-9])"
)
#: No part of a symbol: the words and particles that stand behind one.
_NEXT = r"番号|枝番|被保険|保険|記号|本人|家族|氏名|資格|生年|住所|です|なし|無し|不明|空白|未記"
_LETTER = (
    rf"(?:(?!{_NEXT})(?:[0-9A-Za-zァ-ヺー々〆ヶ\u4e00-\u9fff]|(?![とでがはをにのへもやか])[ぁ-ん]))"
)
_SYMBOL = rf"{_LETTER}{{1,12}}(?:[-・.‐−]{_LETTER}{{1,8}}){{0,3}}?"
_WHOLE_SYMBOL = _SYMBOL.removesuffix("?")
_NUMBER = r"[0-9]{1,9}(?![0-9])(?!-[0-9]{3,}|-[0-9](?![0-9])|[.・][0-9])"
#: Between two parts of one line.
_AND = r"[ \t]*(?:-|‐|‑|‒|–|—|―|−|─|ー|/|・|･|,|、|\||:|;|の|\s)[ \t]*"
_EDABAN = (
    r"(?:[\s,、・/(]{0,4}(?:枝番(?:号)?\)?[\s:=は]{0,3}[0-9]{1,2}\)?|-0[0-9]\b|\([0-9]{2}\)))?"
)
_HOLDER = (
    r"(?:(?:被)?保険証?|(?:被保険者|組合員|加入者)(?:等)?証?|資格確認書|健保|国保|証)(?:等)?(?:の)?"
)
_NUMBER_LABEL = (
    rf"(?:{_HOLDER}番号|(?<![\u4e00-\u9fffァ-ヺー])番号|(?<=[0-9])番号"
    r"|(?<![a-z])(?:insured|member|card|insurance|policy)[ _-]?(?:person[ _-]?)?(?:number|no\.?)"
    r"|(?<![a-z])(?<![a-z][ _-])(?:number|(?<!ka)bango)|hihokensha[ _-]?(?:bango|no))u?"
)
_SYMBOL_LABEL = r"(?:記号|(?<![a-z])(?:kigo|symbol))u?"
_PAIR_LABEL = (
    r"(?:(?:記号|kigou?|symbol)(?:[\s・･·\-/,、&と_]|及び|および|and){0,5}(?:番号|bangou?|number|no\.?)(?:等)?"
    r"|(?:健康保険|保険|被保険者|組合員|加入者)証(?:の)?(?:番号)?|資格確認書)"
)
_TABLED = r"[\s|,/・;]{1,4}"
_HEADS = {
    "insurer": r"(?<!被)保険者番号",
    "symbol": r"(?:被保険者(?:証)?|保険証)?(?:の)?記号",
    "number": r"(?:被保険者(?:証)?|保険証)?(?:の)?番号",
    "edaban": r"(?:枝番(?:号)?)",
}


def _tabled(name: str, *order: str) -> str:
    """Write a run of labels and, behind it, that of their values."""
    heads = _TABLED.join(_HEADS[part] for part in order)
    values = {"insurer": _INSURER, "symbol": _SYMBOL, "number": _NUMBER, "edaban": "[0-9]{2}"}
    cells = _TABLED.join(f"(?P<{name}_{part}>{values[part]})" for part in order)
    return f"{heads}{_TABLED}{cells}"


_PARTS = re.compile(
    "(?i:"
    rf"{_tabled('a', 'insurer', 'symbol', 'number')}"
    rf"|{_tabled('b', 'symbol', 'number', 'insurer')}"
    rf"|{_tabled('c', 'symbol', 'number', 'edaban', 'insurer')}"
    rf"|{_tabled('d', 'insurer', 'symbol', 'number', 'edaban')}"
    rf"|{INSURER_LABEL}{GLUE}(?P<insurer>{_INSURER})"
    rf"|{_PAIR_LABEL}{GLUE}(?P<p_symbol>{_SYMBOL})"
    rf"(?:{_AND}|[\s,、・/)」\]]{{0,4}}(?:番号|bango){GLUE})(?P<p_number>{_NUMBER}){_EDABAN}"
    rf"|{_SYMBOL_LABEL}{GLUE}(?P<symbol>{_WHOLE_SYMBOL})(?=[\s,、。・/)」\]|]|$|番号|で|と|、|{_HOLDER})"
    rf"|{_NUMBER_LABEL}{GLUE}(?P<number>{_NUMBER}){_EDABAN}"
    ")"
)
_COMPACT = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9]-)(?P<insurer>{_INSURER}){_AND}(?P<symbol>{_SYMBOL}){_AND}"
    rf"(?P<number>{_NUMBER}){_EDABAN}(?![0-9A-Za-z]|-[0-9])"
)
_PAIR = re.compile(rf"(?P<symbol>{_SYMBOL})(?:{_AND}|\s*番号{GLUE})(?P<number>{_NUMBER})")
_LEADING = {
    "insurer": re.compile(f"(?P<insurer>{_INSURER})"),
    "symbol": re.compile(f"(?P<symbol>{_WHOLE_SYMBOL})"),
    "number": re.compile(f"(?P<number>{_NUMBER})"),
}
#: What most columns hold, already in its normal form.
_NORMAL = re.compile(r"(?:[0-9]{8}|[0-9]{6})-[1-9][0-9]{0,11}-[1-9][0-9]{0,8}", re.ASCII)
_JOINTS = re.compile(rf"{HYPHEN}|[・.\s]")
_RIVALS = Words(
    (*NOT_PERSONAL, "雇用保険", "介護", "後期高齢", "自動車保険", "生命保険", "電話", "tel")
)

#: Parts found: what each is, and where its value stands.
_Parts = dict[str, Span]


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
        spans = [_span(parts) for parts in _labelled(folded.text)]
        for start, end in spans:
            yield self._found(folded, start, end, 0.95, "labels", "check digit")
        for match in _COMPACT.finditer(folded.text):
            start, end = match.start(), match.end("number")
            near = named(self._words, _RIVALS, folded.text, start, match.end())
            if near and disjoint(spans, start, end) and _is_insurer(match["insurer"]):
                evidence = ("pattern", "check digit", f"context {near.word}")
                yield self._found(folded, start, end, 0.95, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is all three parts."""
        return bool(_read(value.strip()))

    def knows(self, value: str) -> bool:
        """Tell whether labels in the value say what its parts are."""
        return any(True for _ in _labelled(value))

    def normal(self, text: str) -> str:
        """Return ``insurer-symbol-number``: no zeros before a number, nothing inside a symbol.

        Integers lose such zeros, and people write symbols with and without dots.
        """
        if _NORMAL.fullmatch(text):
            return text
        value = fold(text).text.strip()
        parts = _read(value)
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


def _read(value: str) -> Mapping[str, str]:
    """Return the parts of a value that is all three of them, or nothing."""
    match = _COMPACT.fullmatch(value)
    if match:
        return match.groupdict() if _is_insurer(match["insurer"]) else {}
    parts = next(_labelled(value), None) or _completed(value)
    return {part: value[start:end] for part, (start, end) in parts.items()}


def _completed(value: str) -> _Parts:
    """Read a finding, which begins with its first value and not with that value's label."""
    said: _Parts = {}
    for match in _PARTS.finditer(value):
        said.update(_named(match))
    return _verified(value, said | _first(value, _LEADING.keys() - said.keys()))


def _first(value: str, lacking: AbstractSet[str]) -> _Parts:
    """Read the parts without a label at the beginning of a value: one, or symbol and number."""
    if lacking == {"symbol", "number"}:
        pattern = _PAIR
    elif len(lacking) == 1:
        pattern = _LEADING[next(iter(lacking))]
    else:
        return {}
    match = pattern.match(value)
    return {part: match.span(part) for part in lacking} if match else {}


def _labelled(text: str) -> Iterator[_Parts]:
    """Yield the parts that stand together; a part that comes again begins anew."""
    parts: _Parts = {}
    for match in _PARTS.finditer(text):
        for part, span in _named(match).items():
            if part in parts:
                parts = {one: at for one, at in parts.items() if at[0] > parts[part][0]}
            parts = {one: at for one, at in parts.items() if span[0] - at[1] <= REACH}
            parts[part] = span
        if _verified(text, parts):
            yield parts
            parts = {}


def _verified(text: str, parts: _Parts) -> _Parts:
    """Return the parts if they are three and the insurer's check digit holds."""
    whole = len(parts) == len(_LEADING)
    return parts if whole and _is_insurer(text[slice(*parts["insurer"])]) else {}


def _is_insurer(text: str) -> bool:
    """Verify an insurer's number; 39 insures the elderly, whose numbers have no symbol."""
    number = insurer(text)
    return bool(number) and not is_elderly(number)


def _span(parts: _Parts) -> Span:
    return min(start for start, _ in parts.values()), max(end for _, end in parts.values())


def _named(match: re.Match[str]) -> _Parts:
    """Return the parts that one match of ``_PARTS`` holds."""
    groups = (name for name, value in match.groupdict().items() if value is not None)
    named = ((name.rpartition("_")[2], match.span(name)) for name in groups)
    return {part: span for part, span in named if part in _LEADING}
