"""記号・番号の部分 (parts of a health insurance): insurer, symbol and number, by their labels.

Parts stand in any order, each behind its label; or under a run of labels the values in the same
order; or one behind the other without any. A part that comes again begins anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from scanners.recognizers.insurance import INSURER_LABEL, REACH, Span, insurer, is_elderly
from scanners.recognizers.numbered import GLUE

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
_AND = r"[ \t]{0,9}(?:-|‐|‑|‒|–|—|―|−|─|ー|/|・|･|,|、|\||:|;|の|\s)[ \t]{0,9}"
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
COMPACT = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9]-)(?P<insurer>{_INSURER}){_AND}(?P<symbol>{_SYMBOL}){_AND}"
    rf"(?P<number>{_NUMBER}){_EDABAN}(?![0-9A-Za-z]|-[0-9])"
)
_PAIR = re.compile(rf"(?P<symbol>{_SYMBOL})(?:{_AND}|\s*番号{GLUE})(?P<number>{_NUMBER})")
_LEADING = {
    "insurer": re.compile(f"(?P<insurer>{_INSURER})"),
    "symbol": re.compile(f"(?P<symbol>{_WHOLE_SYMBOL})"),
    "number": re.compile(f"(?P<number>{_NUMBER})"),
}

#: Parts found: what each is, and where its value stands.
Parts = dict[str, Span]


def labelled(text: str) -> Iterator[Parts]:
    """Yield the parts that stand together; a part that comes again begins anew."""
    parts: Parts = {}
    for match in _PARTS.finditer(text):
        for part, span in _named(match).items():
            if part in parts:
                parts = {one: at for one, at in parts.items() if at[0] > parts[part][0]}
            parts = {one: at for one, at in parts.items() if span[0] - at[1] <= REACH}
            parts[part] = span
        if _verified(text, parts):
            yield parts
            parts = {}


def read(value: str) -> Mapping[str, str]:
    """Return the parts of a value that is all three of them, or nothing."""
    match = COMPACT.fullmatch(value)
    if match:
        return match.groupdict() if is_insurer(match["insurer"]) else {}
    parts = next(labelled(value), None) or _completed(value)
    return {part: value[start:end] for part, (start, end) in parts.items()}


def is_insurer(text: str) -> bool:
    """Verify an insurer's number; 39 insures the elderly, whose numbers have no symbol."""
    number = insurer(text)
    return bool(number) and not is_elderly(number)


def span(parts: Parts) -> Span:
    """Return where the first of the parts begins and the last ends."""
    return min(start for start, _ in parts.values()), max(end for _, end in parts.values())


def _completed(value: str) -> Parts:
    """Read a finding, which begins with its first value and not with that value's label."""
    said: Parts = {}
    for match in _PARTS.finditer(value):
        said.update(_named(match))
    return _verified(value, said | _first(value, _LEADING.keys() - said.keys()))


def _first(value: str, lacking: AbstractSet[str]) -> Parts:
    """Read the parts without a label at the beginning of a value: one, or symbol and number."""
    if lacking == {"symbol", "number"}:
        pattern = _PAIR
    elif len(lacking) == 1:
        pattern = _LEADING[next(iter(lacking))]
    else:
        return {}
    match = pattern.match(value)
    return {part: match.span(part) for part in lacking} if match else {}


def _verified(text: str, parts: Parts) -> Parts:
    """Return the parts if they are three and the insurer's check digit holds."""
    whole = len(parts) == len(_LEADING)
    return parts if whole and is_insurer(text[slice(*parts["insurer"])]) else {}


def _named(match: re.Match[str]) -> Parts:
    """Return the parts that one match of ``_PARTS`` holds."""
    groups = (name for name, value in match.groupdict().items() if value is not None)
    named = ((name.rpartition("_")[2], match.span(name)) for name in groups)
    return {part: span for part, span in named if part in _LEADING}
