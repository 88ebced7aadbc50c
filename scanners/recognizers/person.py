"""氏名 (personal names) as they stand in Japanese sentences, forms and cells.

The name model reads the words of a sentence; beside it, pairs of kana or Latin letters are believed
where a dictionary knows both parts. Companies, stations and towns that bear a surname (鈴木商店,
田中駅) are not persons. A name identifies a living person: 個人情報の保護に関する法律 Art. 2(1)(i).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.japanese.kana import to_katakana
from scanners.japanese.name_form import name_form
from scanners.japanese.name_model import name_model
from scanners.japanese.spoken import Span, spoken
from scanners.japanese.titles import HONORIFICS, LABELS, without_honorific
from scanners.japanese.tokenizer import Token, doc_tokens, is_cut, tokenize
from scanners.joined import strip
from scanners.normalize import Folded, fold
from scanners.overlap import strongest
from scanners.recognizers.base import Recognizer

_LETTER = re.compile(r"[\u3041-\u30fa\u3400-\u9fff\U00020000-\U0002ffff]|[A-Z][A-Za-z]")
#: Texts whose words are in memory at a time.
_AT_ONCE = 256
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
        """Find names by the model, and as pairs in kana or Latin letters."""
        yield from self._find([_Text(folded, doc)])[0]

    def find_each(self, texts: Sequence[Folded]) -> list[list[Finding]]:
        """Find in many texts, of which the model reads some hundred at once."""
        found: list[list[Finding]] = []
        for start in range(0, len(texts), _AT_ONCE):
            found += self._find([_Text(folded) for folded in texts[start : start + _AT_ONCE]])
        return found

    def _find(self, texts: Sequence[_Text]) -> list[list[Finding]]:
        read = name_model().find([text.words for text in texts])
        return [
            [
                self._located(text, span)
                for span in strongest(spoken(text.key, names))
                if not _numbered(text.key, span)
            ]
            for text, names in zip(texts, read, strict=True)
        ]

    def _located(self, text: _Text, span: Span) -> Finding:
        start, end = text.kept(span.start), text.kept(span.end)
        return self._found(text.folded, start, end, span.score, *span.evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is a full name or a usual part of one."""
        return name_form(value) is not None

    def normal(self, text: str) -> str:
        """Return the name without spaces, honorific and itaiji, hiragana as katakana."""
        name = fold_itaiji(strip_selectors(strip(fold(text).text))[0])
        return _GAP.sub("", to_katakana(without_honorific(name))).lower()


def _numbered(text: str, span: Span) -> bool:
    """Tell whether Latin letters go on in digits: they are a number's (MU1234567), no name."""
    return text[span.end - 1].isascii() and text[span.end : span.end + 1].isdecimal()


class _Text:
    """A folded text without selectors and variants of characters, and its words."""

    def __init__(self, folded: Folded, doc: Doc | None = None) -> None:
        bare, self._kept = strip_selectors(folded.text)
        self.folded, self.key = folded, fold_itaiji(bare)
        self.words = self._cut(doc) if _LETTER.search(self.key) else []

    def kept(self, at: int) -> int:
        """Return where a character of the key stands in the folded text."""
        return self._kept[at] if self._kept else at

    def _cut(self, doc: Doc | None) -> list[Token]:
        return doc_tokens(doc) if is_cut(doc, self.key) else tokenize(self.key)
