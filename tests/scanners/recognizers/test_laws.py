"""What holds for every recognizer and every text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanners.finding import Entity
from scanners.normalize import fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.registry import TABLE, recognizer, recognizers
from tests.calls import is_linear
from tests.scanners.recognizers.pieces import TEXTS

ALL = pytest.mark.parametrize("known", recognizers(), ids=lambda known: known.name)
FEW = settings(max_examples=40, deadline=None)
#: Long strings on which a pattern that goes back and forth would take for ever.
ADVERSARIAL = (
    *("保険者番号01130012記号1番号2" * 1_000, "記号12-34-" * 3_000, "記号" + "けん・" * 6_000),
    *("介護保険者番号 131011 被保険者番号 0000123456 " * 500, "01130012 1-1-1-1 " * 1_500),
    *("パスポートE12345678中国" * 1_000, "在留カード" * 4_000, "番号" * 8_000, "P<" * 10_000),
    *("0" * 20_000, "1-" * 10_000, "090-" * 5_000, "(0" * 10_000, "a" * 20_000, "a@" * 10_000),
    *("a." * 10_000 + "@", "a@" + "a." * 10_000, "1 " * 10_000, "4111-" * 4_000, "+8" * 10_000),
    *(
        "東京都" * 7_000,
        "あ市" * 10_000,
        "市区町村郡" * 4_000,
        "一" * 20_000,
        "千代田区一の" * 3_500,
    ),
    *("氏名 " * 7_000, "生年月日" * 5_000, "昭和" * 10_000, "1985/" * 4_000, "アア " * 7_000),
    *("東京都千代田区千代田1-1 " * 1_500, "〒100-0001東京都千代田区" * 1_000, "住所:" * 6_000),
    *("東京都港区芝公園4-2-8 " + "ア " * 9_000, "京都市中京区" + "上ル" * 9_000, "大字" * 10_000),
    *(
        "1丁目2番3号" * 2_500,
        "甲" * 20_000,
        "港区xx" * 5_000,
        "1-2-3 Aa, " * 2_500,
        "Aa-ku, " * 3_000,
    ),
    *(
        "1-" * 10_000 + "市",
        "市" * 20_000,
        "1985年1月1日生" * 2_000,
        "S60." * 6_000,
        "38歳(" * 6_000,
    ),
    *("Aa " * 7_000, "ア・" * 10_000, "年齢" * 10_000, "山田" * 10_000, "Jan 1 " * 3_000),
)


@ALL
@FEW
@given(text=st.text() | TEXTS)
def test_findings_lie_in_the_text(known: Recognizer, text: str) -> None:
    """A finding holds the characters of its span, behind the prefilter, with a score up to 1."""
    folded = fold(text)
    for found in known.find(folded):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert 0 < found.score <= 1
        assert found.evidence
        assert pc.match_substring_regex(pa.array([folded.text]), known.PREFILTER)[0].as_py()


@ALL
@FEW
@given(value=st.text(max_size=30) | TEXTS)
def test_any_value_is_judged(known: Recognizer, value: str) -> None:
    """Any value is judged and normalised without an error, and a normal form is a fixed point."""
    folded = fold(value).text
    if known.fits(folded):
        known.checks(folded)
        assert known.normal(known.normal(value)) == known.normal(value)
    known.normal(value)


@ALL
@FEW
@given(texts=st.lists(st.text(max_size=30) | TEXTS, max_size=8))
def test_many_are_normalised_as_one_is(known: Recognizer, texts: list[str]) -> None:
    """A column's normal forms are those of its values, whichever stand beside each other."""
    assert known.normals(texts) == [known.normal(text) for text in texts]


@ALL
def test_time_is_linear(known: Recognizer) -> None:
    """No long string keeps a recognizer busy."""

    def read(text: str) -> None:
        list(known.find(fold(text)))
        known.fits(text)
        known.normal(text)

    assert all(is_linear(read, text[: len(text) // 20]) for text in ADVERSARIAL)


def test_the_registry_is_complete() -> None:
    """Each entity but keys has one recognizer, asked for by entity or as the same list again."""
    entities = [known.ENTITY for known in recognizers()]
    assert len(set(entities)) == len(entities) >= len(TABLE)
    assert {*entities, Entity.SUBJECT_KEY} == set(Entity)
    assert all(recognizer(entity).ENTITY is entity for entity in entities)
    assert recognizers() is recognizers()


def test_each_recognizer_is_documented() -> None:
    """A recognizer says what it finds; its module what that is in the world."""
    for known in recognizers():
        assert type(known).__doc__
        assert known.HEADERS
        assert known.CONTEXT
        assert known.KIND
