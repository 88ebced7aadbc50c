"""Presidio's engine and the direct way find the same, offline."""

from __future__ import annotations

import socket
from itertools import pairwise
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider
from presidio_analyzer.recognizer_registry.recognizers_loader_utils import RecognizerListLoader

from scanners.japanese.pipeline import PIPELINE
from scanners.presidio import REGISTRY, analyzer, find_in_text
from scanners.recognizers.registry import recognizers
from tests.scanners.recognizers.pieces import TEXTS

MEMO = (
    "担当の山田太郎様（㍻元年12月31日生まれ）より。TEL０３－１２３４－５６７８、"
    "taro@example.jp、〒100-0001 東京都千代田区千代田1-1。個人番号621498320257。"
)


@pytest.fixture(scope="module")
def engine() -> AnalyzerEngine:
    """One engine for all tests."""
    return analyzer()


@pytest.fixture(scope="module")
def plain() -> AnalyzerEngine:
    """Presidio's engine as others set it up: the YAML registry and a spaCy pipeline, no more."""
    recognizers()
    model = {"lang_code": "ja", "model_name": str(PIPELINE)}
    words = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    return AnalyzerEngine(
        registry=RecognizerRegistryProvider(conf_file=REGISTRY).create_recognizer_registry(),
        nlp_engine=words.create_engine(),
        supported_languages=["ja", "en"],
    )


def spans(text: str, engine: AnalyzerEngine, language: str) -> list[tuple[str, int, int, float]]:
    """What Presidio answers, in order."""
    found = engine.analyze(text, language)
    return sorted((one.entity_type, one.start, one.end, one.score) for one in found)


@pytest.mark.parametrize("language", ["ja", "en"])
@settings(max_examples=60, deadline=None)
@given(text=st.text() | TEXTS)
def test_analyze_is_find(engine: AnalyzerEngine, language: str, text: str) -> None:
    """``analyze`` answers in both languages what ``find_in_text`` finds."""
    direct = [(str(one.entity), one.start, one.end, one.score) for one in find_in_text(text)]
    assert spans(text, engine, language) == sorted(direct)


@settings(max_examples=60, deadline=None)
@given(st.text() | TEXTS)
def test_nothing_found_overlaps(text: str) -> None:
    """Findings come in order of the text and share no character."""
    found = find_in_text(text)
    for one, following in pairwise(found):
        assert one.end <= following.start


def test_a_memo() -> None:
    """A memo of one sentence gives up everything it holds."""
    found = {str(one.entity): one.text for one in find_in_text(MEMO)}
    assert found == {
        "PERSON": "山田太郎",
        "DATE_OF_BIRTH": "㍻元年12月31日",
        "PHONE_NUMBER": "０３－１２３４－５６７８",
        "EMAIL_ADDRESS": "taro@example.jp",
        "JP_POSTAL_CODE": "100-0001",
        "JP_ADDRESS": "東京都千代田区千代田1-1",
        "JP_MY_NUMBER": "621498320257",
    }


@pytest.mark.slow
def test_long_texts(engine: AnalyzerEngine) -> None:
    """A text far above Sudachi's bound of 49,149 bytes is searched to its end."""
    text = MEMO * 800
    assert len(find_in_text(text)) == len(engine.analyze(text, "ja")) == 7 * 800


#: Numbers that are nobody's, by what they are called and alone.
NOBODYS = (
    "法人番号 7010001008844",
    "インボイス登録番号：T7010001008844",
    "JANコード：4901234567894 を発注",
    "4901234567894",
    "AWSアカウント 123456789018 の請求",
    "arn:aws:iam::123456789018:role/batch",
    "UsageAccountId 123456789018",
    "注文番号：621601832391",
    "timestamp 202401011230",
    "cus_9s6XKzkNRiz8i3 の決済 pi_3MtwBwLkdIwHu7ix28a3tqPa",
)


@pytest.mark.parametrize("text", NOBODYS)
def test_a_plain_engine_with_the_registry_takes_no_number_that_is_nobodys(
    plain: AnalyzerEngine, text: str
) -> None:
    """Corporate numbers, JAN, cloud accounts, orders are nobody's in others' engines too."""
    assert plain.analyze(text, "ja") == []


def test_no_recognizer_bears_the_name_of_one_of_presidios() -> None:
    """Presidio finds classes by their bare names: of two with one name either might be taken."""
    names = [known.__name__ for known in RecognizerListLoader.get_all_existing_recognizers()]
    assert [ours.name for ours in recognizers() if names.count(ours.name) != 1] == []


def test_a_plain_engine_with_the_registry_finds_what_a_memo_holds(plain: AnalyzerEngine) -> None:
    """What Shozai finds is found, by recognizers that Presidio loads by their names."""
    found = {(one.entity_type, MEMO[one.start : one.end]) for one in plain.analyze(MEMO, "ja")}
    assert {(str(one.entity), one.text) for one in find_in_text(MEMO)} <= found


def test_batches(engine: AnalyzerEngine) -> None:
    """Presidio's batch engine works on ours."""
    answers = BatchAnalyzerEngine(engine).analyze_iterator([MEMO, "", "何もない"], "ja")
    assert [len(answer) for answer in answers] == [7, 0, 0]


def test_undecodable_bytes_are_no_crash() -> None:
    """A byte that a terminal could not decode stands in a text as a lone surrogate."""
    text = "\udc82担当の山田太郎様 taro@example.jp"
    assert [one.text for one in find_in_text(text)] == ["山田太郎", "taro@example.jp"]


def test_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh engine opens no connection."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert analyzer(("ja",)).analyze(MEMO, "ja")
