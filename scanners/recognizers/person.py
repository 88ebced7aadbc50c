"""氏名 (personal names) as they stand in Japanese sentences, forms and cells.

A full name (山田 太郎, ヤマダ タロウ, Taro Yamada) is believed where a dictionary knows both parts.
A lone part (佐藤) is believed only with an honorific behind it or a label in front; companies,
stations and towns that bear a surname (鈴木商店, 田中駅) are not persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.japanese.gazetteer import Gazetteer, NameForm, gazetteer, name_form
from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.japanese.kana import to_katakana
from scanners.japanese.tokenizer import Kind, Token, doc_tokens, tokenize
from scanners.normalize import Folded, fold
from scanners.overlap import strongest
from scanners.recognizers.base import Recognizer

_HONORIFICS = ("様", "さま", "さん", "殿", "氏", "君", "くん", "ちゃん", "先生", "先輩", "夫妻")
_POSTS = (
    "部長", "課長", "係長", "主任", "社長", "店長", "教授", "医師", "選手", "議員", "監督", "次長",
    "専務", "常務", "会長", "弁護士", "税理士", "看護師", "社員", "記者", "取締役", "支店長", "室長",
)  # fmt: skip
_LABELS = (
    "氏名", "お名前", "名前", "御氏名", "担当者名", "担当者", "ご担当", "担当", "差出人", "宛名",
    "宛先", "送付先", "受取人", "申込者", "申請者", "代表者", "責任者", "契約者", "保護者", "記入者",
    "作成者", "ご本人", "本人", "患者名", "顧客名", "会員名", "社員名", "従業員名", "フリガナ",
    "ふりがな", "カナ", "カナ氏名", "氏名カナ", "旧姓", "姓", "発信者", "署名", "面接官", "応募者",
    "name", "full name", "customer", "contact", "from", "to",
)  # fmt: skip
#: Directly behind a name, these say that it is a company's, a place's, a thing's.
_NOT_A_PERSON = re.compile(
    r"\s?(?:\(株\)|\(有\)|株式会社|有限会社|合同会社|商店|商会|商事|製作所|工業|産業|建設|電機|電気|製薬|"
    r"不動産|銀行|病院|医院|クリニック|歯科|大学|高校|中学|小学校|学園|幼稚園|保育園|駅|市|町|村|区|県|"
    r"郡|通り|大通|交差点|店|支店|本店|支社|営業所|工場|ビル|城|神社|寺|公園|空港|港|ホール|美術館|記念館|"
    r"酒造|食品|運輸|証券|生命|自動車|技研|書店|薬局|旅館|ホテル|温泉|川|山|島|湖|丁目|線|賞|杯|流|家)"
)
_LABELLED = re.compile(
    rf"(?:{'|'.join(sorted(_LABELS, key=len, reverse=True))})(?:\([^()\n]{{0,10}}\))?"
    r"[ ]{0,3}(?:[:=は]|[ ])[ ]{0,3}"
    r"(?P<name>[^\s:=、。,;()\[\]「」<>/|0-9@]{1,12}(?: [^\s:=、。,;()\[\]「」<>/|0-9@]{1,12})?)",
    re.IGNORECASE,
)
_KANA_NAME = re.compile(
    r"(?<![\u30a1-\u30faー])[\u30a1-\u30faー]{2,7}[ ・][\u30a1-\u30faー]{2,7}(?![\u30a1-\u30faー])"
    r"|(?<![\u30a1-\u30faー・])[\u30a1-\u30faー]{5,12}(?![\u30a1-\u30faー・])"
    r"|(?<![\u3041-\u309e])[\u3041-\u3096ー]{2,6} [\u3041-\u3096ー]{2,6}(?![\u3041-\u309e])"
)
_LATIN_NAME = re.compile(
    r"(?<![A-Za-z0-9.@_-])[A-Z][A-Za-zÀ-ſ'’-]{1,15}(?:, ?| )[A-Z][A-Za-zÀ-ſ'’-]{1,15}(?![A-Za-z0-9@_])"
)
_LETTER = re.compile(r"[\u3041-\u30fa\u3400-\u9fff]|[A-Z][A-Za-z]")
#: What may stand for a surname or a given name if the other part is certain.
_PROPER = frozenset({Kind.SURNAME, Kind.GIVEN, Kind.NAME, Kind.PLACE, Kind.PROPER, Kind.NOUN})
_PERSONAL = frozenset({Kind.SURNAME, Kind.GIVEN, Kind.NAME})


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    score: float
    evidence: tuple[str, ...]


class PersonRecognizer(Recognizer):
    """Finds 山田太郎, 佐藤様, ヤマダ タロウ, Taro Yamada."""

    ENTITY = Entity.PERSON
    KIND = "name"
    STRENGTH = Strength.WEAK
    CONTEXT = (*_LABELS, *_HONORIFICS)
    HEADERS = (
        "氏名", "名前", "お名前", "姓名", "姓", "名", "氏", "苗字", "名字", "フリガナ", "ふりがな",
        "カナ", "カナ氏名", "氏名カナ", "カナ名", "読み", "よみがな", "顧客名", "会員名", "社員名",
        "従業員名", "患者名", "担当者", "担当者名", "担当", "契約者", "契約者名", "申込者", "申込者名",
        "受取人", "受取人名", "送付先氏名", "保護者", "保護者名", "名義", "名義人", "口座名義", "旧姓",
        "応募者", "応募者名", "name", "fullname", "firstname", "lastname", "familyname", "givenname",
        "surname", "customername", "membername", "employeename", "personname", "username",
        "contactname", "kana", "namekana", "kananame", "fullnamekana", "lastnamekana",
        "firstnamekana", "seikana", "meikana", "sei", "mei", "shimei", "simei", "namae", "myoji",
        "furigana", "nameja", "nameen", "romaji", "nameromaji", "recipient", "recipientname",
        "sendername", "ownername", "cardholder", "assignee",
    )  # fmt: skip
    PREFILTER = r"[\x{3041}-\x{30fa}\x{3400}-\x{9fff}\x{20000}-\x{2ffff}]|[A-Z][A-Za-z]"
    NEEDS_TOKENS = True

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find names by words, by labels, and as pairs in kana or Latin letters."""
        bare, kept = strip_selectors(folded.text)
        key = fold_itaiji(bare)
        if not _LETTER.search(key):
            return
        tokens = doc_tokens(doc) if doc is not None and doc.text == key else tokenize(key)
        spans = [*_spoken(key, tokens), *_labelled(key), *_paired(key)]
        for span in strongest(spans):
            start, end = (kept[span.start], kept[span.end]) if kept else (span.start, span.end)
            yield self._found(folded, start, end, span.score, *span.evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is a full name or a usual part of one."""
        return name_form(value) is not None

    def normal(self, text: str) -> str:
        """Return the name without spaces, honorific and itaiji, hiragana as katakana."""
        name = fold_itaiji(strip_selectors(fold(text).text.strip())[0])
        bare = re.sub(rf"(?<=..)[ ]?(?:{'|'.join(_HONORIFICS)})$", "", name)
        return re.sub(r"[\s・,、]+", "", to_katakana(bare)).lower()


def _spoken(text: str, tokens: Sequence[Token]) -> Iterator[_Span]:
    lists = gazetteer()
    for at, token in enumerate(tokens):
        if token.kind in _PROPER and token.surface[0] >= "\u3041":
            found = _full(text, tokens, at, lists) or _lone(text, tokens, at, lists)
            if found:
                yield found


def _full(text: str, tokens: Sequence[Token], at: int, lists: Gazetteer) -> _Span | None:
    """A surname, perhaps a space, a given name of one to three words."""
    surname = tokens[at]
    if surname.kind is not Kind.SURNAME and surname.surface not in lists.surnames:
        return None
    rest = at + 1
    spaced = rest < len(tokens) and tokens[rest].surface == " "
    rest += spaced
    last = _given_end(tokens, rest, lists)
    if last is None or _NOT_A_PERSON.match(text, tokens[last - 1].end):
        return None
    name = text[surname.start : tokens[last - 1].end]
    if not spaced and name in lists.words:
        return None
    score = _certainty(surname, tokens[rest:last], spaced, lists)
    if score is None:
        return None
    return _Span(surname.start, tokens[last - 1].end, score, ("dictionary",))


def _given_end(tokens: Sequence[Token], start: int, lists: Gazetteer) -> int | None:
    """Where the longest given name that begins at ``start`` ends."""
    for end in range(min(start + 3, len(tokens)), start, -1):
        words = tokens[start:end]
        if any(
            word.kind is Kind.BLANK or word.start != before.end
            for before, word in zip(words, words[1:], strict=False)
        ):
            continue
        name = "".join(word.surface for word in words)
        if len(name) <= 5 and (
            name in lists.given or (len(words) == 1 and words[0].kind is Kind.GIVEN)
        ):
            return end
    return None


def _certainty(
    surname: Token, given: Sequence[Token], spaced: bool, lists: Gazetteer
) -> float | None:
    personal = (surname.kind in _PERSONAL) + all(word.kind in _PERSONAL for word in given)
    if personal == 2:
        return 0.85
    if personal == 1:
        return 0.7
    common = surname.surface in lists.common_surnames and len(surname.surface) > 1
    return 0.55 if common and (spaced or sum(len(word.surface) for word in given) > 1) else None


def _lone(text: str, tokens: Sequence[Token], at: int, lists: Gazetteer) -> _Span | None:
    """A part of a name with an honorific or a post behind it."""
    token = tokens[at]
    after = text[token.end : token.end + 5].lstrip(" ")
    honorific = next((word for word in _HONORIFICS if after.startswith(word)), None)
    post = next((word for word in _POSTS if after.startswith(word)), None)
    if not honorific and not post:
        return None
    named = token.kind in _PERSONAL or token.surface in lists.common_surnames
    if not named or (at and _glued(tokens[at - 1], token)):
        return None
    score = 0.75 if honorific and token.kind is not Kind.NAME else 0.6
    return _Span(token.start, token.end, score, ("dictionary", f"context {honorific or post}"))


def _glued(before: Token, token: Token) -> bool:
    """Tell whether the word before belongs to the same compound (東京 in 東京山田)."""
    return before.end == token.start and before.kind in _PROPER and before.kind is not Kind.NOUN


def _labelled(text: str) -> Iterator[_Span]:
    for match in _LABELLED.finditer(text):
        start, end = match.span("name")
        for stop in (end, start + len(match["name"].split(" ")[0])):
            form = name_form(text[start:stop])
            if form and not _NOT_A_PERSON.match(text, stop):
                score = 0.9 if form is NameForm.FULL else 0.7
                name = text[start:stop]
                stop -= len(name) - len(_without_honorific(name))
                yield _Span(start, stop, score, ("dictionary", "context label"))
                break


def _without_honorific(name: str) -> str:
    return re.sub(rf"(?<=..)[ ]?(?:{'|'.join(_HONORIFICS)})$", "", name)


def _paired(text: str) -> Iterator[_Span]:
    for pattern in (_KANA_NAME, _LATIN_NAME):
        for match in pattern.finditer(text):
            if name_form(match[0]) is NameForm.FULL and not _NOT_A_PERSON.match(text, match.end()):
                score = 0.8 if re.search(r"[ ・]", match[0]) else 0.6
                yield _Span(match.start(), match.end(), score, ("dictionary",))
