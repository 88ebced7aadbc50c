"""氏名 (personal names) as they stand in Japanese sentences, forms and cells.

A full name (山田 太郎, ヤマダ タロウ, Taro Yamada) is believed where a dictionary knows both
parts. A lone part (佐藤) is believed only with an honorific behind it or a label in front;
companies, stations and towns that bear a surname (鈴木商店, 田中駅) are not persons. Names are
those of the register (戸籍法13条, 50条), and whatever readings and Latin letters make of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.japanese.kana import to_katakana
from scanners.japanese.name_form import name_form
from scanners.japanese.spoken import by_label, by_line, by_middle_dot, by_pair, by_words
from scanners.japanese.titles import HONORIFICS, LABELS, without_honorific
from scanners.japanese.tokenizer import doc_tokens, is_cut, tokenize
from scanners.joined import strip
from scanners.normalize import Folded, fold
from scanners.overlap import strongest
from scanners.recognizers.base import Recognizer

_LETTER = re.compile(r"[\u3041-\u30fa\u3400-\u9fff\U00020000-\U0002ffff]|[A-Z][A-Za-z]")
_GAP = re.compile(r"[\s・,、]+")


class PersonRecognizer(Recognizer):
    """Finds 山田太郎, 佐藤様, ヤマダ タロウ, Taro Yamada."""

    ENTITY = Entity.PERSON
    KIND = "name"
    STRENGTH = Strength.WEAK
    CONTEXT = (*LABELS, *HONORIFICS)
    HEADERS = (
        *(
            "氏名",
            "名前",
            "お名前",
            "姓名",
            "姓",
            "名",
            "氏",
            "苗字",
            "名字",
            "フリガナ",
            "ふりがな",
        ),
        *(
            "カナ",
            "カナ氏名",
            "氏名カナ",
            "カナ名",
            "読み",
            "よみがな",
            "顧客名",
            "会員名",
            "社員名",
        ),
        *("従業員名", "患者名", "担当者", "担当者名", "担当", "契約者", "契約者名", "申込者"),
        *("申込者名", "受取人", "受取人名", "送付先氏名", "保護者", "保護者名", "名義", "名義人"),
        *("口座名義", "旧姓", "応募者", "応募者名", "name", "fullname", "firstname", "lastname"),
        *("familyname", "givenname", "surname", "customername", "membername", "employeename"),
        *("personname", "username", "contactname", "kana", "namekana", "kananame", "fullnamekana"),
        *("lastnamekana", "firstnamekana", "seikana", "meikana", "sei", "mei", "shimei", "simei"),
        *("namae", "myoji", "furigana", "nameja", "nameen", "romaji", "nameromaji", "recipient"),
        *("recipientname", "sendername", "ownername", "cardholder", "assignee"),
    )
    PREFILTER = r"[\x{3041}-\x{30fa}\x{3400}-\x{9fff}\x{20000}-\x{2ffff}]|[A-Z][A-Za-z]"
    NEEDS_TOKENS = True
    JOINS = True

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find names by words, by labels, and as pairs in kana or Latin letters."""
        bare, kept = strip_selectors(folded.text)
        key = fold_itaiji(bare)
        if not _LETTER.search(key):
            return
        tokens = doc_tokens(doc) if is_cut(doc, key) else tokenize(key)
        read = by_words(key, tokens), by_middle_dot(key, tokens)
        seen = by_label(key), by_line(key), by_pair(key)
        for span in strongest(chain(*read, *seen)):
            start, end = (kept[span.start], kept[span.end]) if kept else (span.start, span.end)
            yield self._found(folded, start, end, span.score, *span.evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is a full name or a usual part of one."""
        return name_form(value) is not None

    def normal(self, text: str) -> str:
        """Return the name without spaces, honorific and itaiji, hiragana as katakana."""
        name = fold_itaiji(strip_selectors(strip(fold(text).text))[0])
        return _GAP.sub("", to_katakana(without_honorific(name))).lower()
