"""Three ways to find, one answer: by column, in a text, and through Presidio's ``analyze``.

And what must hold of all of them for any text: no crash, no span outside, nothing lost where a
long text is cut, level memory, linear time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine

from scanners.finding import Entity, Finding
from scanners.normalize import fold
from scanners.presidio import analyzer, find_in_text
from scanners.recognizers.base import Recognizer
from scanners.recognizers.registry import recognizers
from scanners.scan import Scanner
from tests.calls import is_linear
from tests.scanners.recognizers.pieces import PIECES

#: Entity, start, end, score.
Found = list[tuple[str, int, int, float]]

CASES = Path(__file__).parents[1] / "cases" / "recognizers"
SAID = [
    str(case["text"])
    for path in sorted(CASES.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["found"]
]
MISSES = [
    str(case)
    for path in sorted(CASES.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["not_found"]
]
#: Whole cases of every recognizer, near misses, bare pieces, and any text between.
MIXED = st.lists(
    st.sampled_from(SAID) | st.sampled_from(MISSES) | st.sampled_from(PIECES) | st.text(max_size=4),
    max_size=5,
).map("".join)
#: What stands around a plant: prose, lists without a full stop, words, one long word, lines.
FILLERS = ("在庫を確認した。", "赤、青、", "abc def ", "棚卸", "item ok\n", "出荷済み 数量 ")
PLANT = "／担当は山田 太郎様、090-1234-5678、個人番号 6214 9832 0257／"
#: Sudachi takes 49,149 bytes: so many kana and kanji; shorter cuts lie before.
LIMITS = (12_000, 49_149 // 3)
_MIB = 1 << 20


@pytest.fixture(scope="module")
def engine() -> AnalyzerEngine:
    """One engine for all tests."""
    return analyzer()


def in_columns(texts: Sequence[str]) -> list[Found]:
    """Return what the columnar engine finds in each text of a column without verdict."""
    batch = pa.RecordBatch.from_pydict({"text": pa.array(texts, pa.string())})
    out: list[Found] = [[] for _ in texts]
    for one in Scanner().scan(batch):
        told = one.findings.to_pylist()
        for row, at in zip(one.rows.to_pylist(), one.index.to_pylist(), strict=True):
            found = told[at]
            out[row].append(
                (found["entity"], found["start"], found["end"], round(found["score"], 4))
            )
    return [sorted(found) for found in out]


def in_text(text: str) -> Found:
    """Return what is found in a text."""
    return sorted(map(_plain, find_in_text(text)))


def by_presidio(engine: AnalyzerEngine, text: str) -> Found:
    """Return what Presidio answers."""
    found = engine.analyze(text, "ja")
    return sorted((one.entity_type, one.start, one.end, round(one.score, 4)) for one in found)


@settings(max_examples=40)
@given(texts=st.lists(MIXED, min_size=1, max_size=6))
def test_a_column_is_its_texts(texts: list[str]) -> None:
    """The columnar engine finds in a column what is found in each of its texts."""
    clean = [text.encode("utf-8", "ignore").decode() for text in texts]
    assert in_columns(clean) == [in_text(text) for text in clean]


@settings(max_examples=40)
@given(text=MIXED)
def test_presidio_finds_the_same(engine: AnalyzerEngine, text: str) -> None:
    """Presidio's ``analyze`` answers what is found in the text."""
    assert by_presidio(engine, text) == in_text(text)


@pytest.mark.slow
def test_every_case_is_found_alike(engine: AnalyzerEngine) -> None:
    """All three ways agree on every case of every recognizer."""
    texts = [*SAID, *MISSES]
    alone = [in_text(text) for text in texts]
    assert in_columns(texts) == alone
    assert [by_presidio(engine, text) for text in texts] == alone


@settings(max_examples=80)
@given(text=st.text(max_size=200) | MIXED)
def test_spans_lie_in_the_text(text: str) -> None:
    """Any text is searched without a crash; a finding is the characters of its span."""
    last = 0
    for found in find_in_text(text):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        last = found.end


@pytest.mark.parametrize("filler", FILLERS[:2])
def test_nothing_is_lost_at_a_seam(filler: str) -> None:
    """A long text is cut to be read; what lies on a cut is found as if there were none."""
    for offset in range(0, len(PLANT) + 2, 13):
        assert planted(filler, LIMITS[0] - offset), f"offset {offset} before {LIMITS[0]}"


@pytest.mark.slow
@pytest.mark.parametrize("filler", FILLERS)
def test_nothing_is_lost_at_any_offset_of_a_seam(filler: str) -> None:
    """The same for every other offset before our own cut, and some before Sudachi's limit."""
    for limit, step in zip(LIMITS, (2, 11), strict=True):
        for offset in range(-3, len(PLANT) + 3, step):
            assert planted(filler, limit - offset), f"offset {offset} before {limit}"


def planted(filler: str, at: int) -> bool:
    """Tell whether a plant deep in a text is found just as one between two words."""
    meant = between(filler, at % len(filler) + 10 * len(filler))
    assert {entity for entity, _, _ in meant} == {"PERSON", "PHONE_NUMBER", "JP_MY_NUMBER"}
    return between(filler, at) == meant


def between(filler: str, at: int) -> list[tuple[str, int, int]]:
    """Return what is found of a plant behind ``at`` characters, as spans of the plant."""
    around = filler * (at // len(filler) + 60)
    found = find_in_text(around[:at] + PLANT + around[at:])
    return [(str(one.entity), one.start - at, one.end - at) for one in found]


@pytest.mark.slow
def test_memory_stays_level(engine: AnalyzerEngine) -> None:
    """50,000 different sentences later, a process is hardly larger than after the first 10,000."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("how much memory a process has is read from Linux's /proc")
    scanner, sizes = Scanner(), []
    for number, texts in enumerate(_different(Random(3))):  # noqa: S311 - repeatable
        scanner.scan(pa.RecordBatch.from_pydict({"text": texts}))
        for text in texts[::10]:
            engine.analyze(text, "ja")
        gc.collect()
        sizes.append(int(statm.read_text().split()[1]) * 4096 // _MIB)
        if number == 24:
            break
    assert sizes[-1] - sizes[4] < 150, sizes


def _different(chance: Random) -> Iterator[list[str]]:
    """Yield batches of 2,000 sentences, each with words that none had before."""
    kana = [chr(code) for code in range(0x30A2, 0x30F0)]
    while True:
        yield [
            f"{''.join(chance.choices(kana, k=7))}の{chance.randrange(10**9)}を"
            f"{''.join(chance.choices('赤青山川田中村木本', k=4))}様へ発送した。"
            for _ in range(2_000)
        ]


UNITS = (
    *("0", "1-", "090-", "(0", "a", "a@", "a.", "1 ", "4111-", "+8", "東京都", "あ市", "一", "ア"),
    *("氏名 ", "昭和", "1985/", "ア・", "年齢", "山田", "Aa ", "1丁目", "番", "記号", "AB12", "%"),
    *("12:", "f:", "ab-", "_a", "/a", " ", "\n", "第", "-", "A", "．", "様", "x1", "1a", "<", "="),
    *("番号 1 ", "記号1-", "user:", "key=", "ﾃﾙ", "生", "年1月", "〒1", "の", "ー", "･", "a b"),
)
_LONG = 5_000


@pytest.mark.slow
@pytest.mark.parametrize("known", recognizers(), ids=lambda known: known.name)
def test_any_repetition_is_read_in_linear_time(known: Recognizer) -> None:
    """Four times the text takes no more than about four times the calls, whatever is repeated."""

    def read(text: str) -> None:
        folded = fold(text)
        list(known.find(folded))
        known.fits(folded.text)

    assert [unit for unit in UNITS if not is_linear(read, unit * (_LONG // len(unit)))] == []


def _plain(found: Finding) -> tuple[str, int, int, float]:
    return str(Entity(found.entity)), found.start, found.end, round(found.score, 4)
