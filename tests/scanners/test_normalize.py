"""Folding is NFKC, and remembers where each character came from."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanners.normalize import fold, fold_values
from tests.calls import is_linear

#: Characters that folding makes longer, shorter or joins, among plain ones.
JAPANESE = st.text(alphabet="ｱｶﾀﾊﾞﾟ㈱㍻ガか゛゙é΅각ᆨ1１-ー−A髙﨑塚\U000e0100😀 \u3000\n")
ANY = st.text() | JAPANESE


@settings(deadline=None)
@given(ANY)
@example("ﾀﾞ㈱㍻")
@example("가\u11a8")
def test_folding_is_nfkc(text: str) -> None:
    """The folded text is Unicode's NFKC of the text."""
    assert fold(text).text == unicodedata.normalize("NFKC", text)


@settings(deadline=None)
@given(ANY, st.data())
def test_offsets_map_back(text: str, data: st.DataObject) -> None:
    """Spans map inside the text, greater offsets never to smaller ones, the whole to the whole."""
    folded = fold(text)
    last = len(folded.text)
    if not last:
        return
    one, other = sorted(data.draw(st.tuples(st.integers(0, last - 1), st.integers(0, last - 1))))
    (start, end), (later, farther) = folded.span(one, one + 1), folded.span(other, other + 1)
    assert 0 <= start <= later <= len(text)
    assert start < end <= farther <= len(text)
    assert folded.span(one, other + 1) == (start, farther)
    assert folded.span(0, last) == (0, len(text))


@settings(deadline=None)
@given(ANY, st.data())
def test_a_span_folds_to_what_was_asked(text: str, data: st.DataObject) -> None:
    """What a span covers in the text as given folds to text that holds the span."""
    folded = fold(text)
    end = data.draw(st.integers(0, len(folded.text)))
    start = data.draw(st.integers(0, end))
    first, last = folded.span(start, end)
    assert folded.text[start:end] in unicodedata.normalize("NFKC", text[first:last])


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("担当ﾀﾞﾃ様", "ダテ", "ﾀﾞﾃ"),
        ("㈱青空", "株", "㈱"),
        ("㍻元年1月8日", "平成元年", "㍻元年"),
        ("か\u3099く", "が", "か\u3099"),
        ("０３－１２３４", "03-1234", "０３－１２３４"),
    ],
)
def test_spans_of_known_texts(text: str, asked: str, expected: str) -> None:
    """Half-width and combining marks, squared words and full-width digits map as one reads."""
    folded = fold(text)
    start = folded.text.index(asked)
    first, last = folded.span(start, start + len(asked))
    assert text[first:last] == expected


def test_folded_text_stays_the_same_object() -> None:
    """A text that is folded already is not copied."""
    text = "山田太郎 03-1234-5678"
    assert fold(text).text is text


def test_no_value_in_a_repr() -> None:
    """A folded text doesn't print what it holds."""
    assert "山田" not in repr(fold("山田太郎"))


@settings(deadline=None)
@given(st.lists(st.none() | JAPANESE))
def test_columns_fold_as_texts(values: list[str | None]) -> None:
    """A column folds value by value as ``fold`` does; nulls stay null."""
    expected = [None if value is None else fold(value).text for value in values]
    assert fold_values(pa.array(values, pa.string())).to_pylist() == expected


def test_long_texts_fold_in_linear_time() -> None:
    """A hundred thousand characters that all change map back, four times as many as readily."""

    def read(text: str) -> None:
        folded = fold(text)
        assert folded.span(len(folded.text) - 1, len(folded.text))[1] == len(text)

    assert is_linear(read, "ﾀﾞ㈱" * 33_000)
