"""Kana, romaji, variants of characters, words and lists of names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.japanese.kana import kana_key, romaji, romaji_key, to_katakana
from scanners.japanese.name_form import NameForm, name_form
from scanners.japanese.tokenizer import doc_tokens, is_cut, to_doc, tokenize

SPELLINGS = [
    ("サトウ", "Satoh", "Satō", "SATOU", "Sato"),
    ("シュンスケ", "Syunsuke", "Shunsuke"),
    ("シンイチ", "Sin-iti", "Shin'ichi"),
    ("オオノ", "Ohno", "Ono", "Ōno"),
    ("ホンマ", "Homma", "Honma"),
    ("マッチ", "Matchi", "Macchi"),
    ("リョウコ", "Ryoko", "Ryōko"),
    ("ツヅキ", "Tuzuki", "Tsuzuki"),
]


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_spellings_of_a_reading_share_a_key(spellings: tuple[str, ...]) -> None:
    """Hepburn, Kunrei and passport spelling of a reading fall together."""
    kana, *latin = spellings
    assert {romaji_key(one) for one in latin} == {romaji_key(romaji(kana))}


def test_kana_spellings_share_a_key() -> None:
    """Hiragana, large letters as banks write them and long vowels fall together."""
    assert kana_key("しょうへい") == kana_key("シヨウヘイ")
    assert kana_key("タロー") == kana_key("タロウ")
    assert to_katakana("やまだ太郎") == "ヤマダ太郎"


@settings(deadline=None)
@given(st.text())
def test_folding_itaiji_keeps_lengths(text: str) -> None:
    """One character stays one character, and folding twice changes nothing."""
    folded = fold_itaiji(text)
    assert len(folded) == len(text)
    assert fold_itaiji(folded) == folded


@pytest.mark.parametrize(
    ("given_name", "common"),
    [("髙橋", "高橋"), ("山﨑", "山崎"), ("渡邉", "渡辺"), ("渡邊", "渡辺"), ("齋藤", "斎藤"),
     ("齊藤", "斉藤"), ("𠮷野", "吉野"), ("冨田", "富田"), ("髙𣘺", "高橋"), ("櫻井", "桜井")],
)  # fmt: skip
def test_variants_fold_to_the_common_shape(given_name: str, common: str) -> None:
    """Registers' shapes fold to the ones people type."""
    assert fold_itaiji(given_name) == common


def test_other_surnames_stay_apart() -> None:
    """斎藤 and 斉藤 are two surnames, and so are 崎 and 嵜."""
    assert fold_itaiji("斎藤") != fold_itaiji("斉藤")
    assert fold_itaiji("山嵜") != fold_itaiji("山崎")


def test_selectors_are_dropped_and_remembered() -> None:
    """Variation selectors go, and each character left knows where it stood."""
    assert strip_selectors("渡邉\U000e0102子") == ("渡邉子", [0, 1, 3, 4])
    assert strip_selectors("渡邉子") == ("渡邉子", None)


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_words_cover_the_text(text: str) -> None:
    """Words follow one another without a gap, and a spaCy document gives the same words back."""
    tokens = tokenize(text)
    assert "".join(token.surface for token in tokens) == text
    assert all(text[token.start : token.end] == token.surface for token in tokens)


def test_a_document_gives_back_its_words() -> None:
    """A text cut once for Presidio needn't be cut again."""
    from spacy.vocab import Vocab

    text = "担当の山田 太郎様\n髙橋"
    doc = to_doc(Vocab(), text)
    assert is_cut(doc, text)
    assert not is_cut(doc, text + "。")
    assert doc_tokens(doc) == tokenize(text)


def test_long_texts_are_cut_anywhere() -> None:
    """Text without a line end or a full stop is cut all the same."""
    text = "あ" * 40_000
    assert "".join(token.surface for token in tokenize(text)) == text


def test_lists_hold_most_names() -> None:
    """The lists are the size their origin says, and common names are in them."""
    lists = gazetteer()
    assert len(lists.surnames) > 70_000
    assert len(lists.given) > 100_000
    assert {"佐藤", "鈴木", "高橋"} <= lists.common_surnames
    assert {"横浜市", "新宿区"} <= lists.municipalities


def test_every_common_surname_makes_a_full_name() -> None:
    """A usual surname with a usual given name is told as a full name, joined or apart."""
    surnames = [name for name in gazetteer().common_surnames if len(name) > 1]
    apart = [name for name in surnames if name_form(f"{name} 健太郎") is not NameForm.FULL]
    joined = [name for name in surnames if name_form(f"{name}健太郎") is not NameForm.FULL]
    assert apart == []
    assert len(joined) < len(surnames) / 100
