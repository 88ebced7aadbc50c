"""The sets that accuracy is measured on are what they are said to be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from stdnum import luhn
from stdnum.jp import cn, in_

from scanners.finding import Entity
from scanners.japanese.training.split import held_out
from tests.benchmarks.accuracy import codes, numbers
from tests.benchmarks.accuracy.names import people
from tests.benchmarks.accuracy.spans import covers, exact, overlap
from tests.benchmarks.accuracy.templates import FOLDER, filled, genres

DRAWS = range(300)


def test_business_texts_are_many() -> None:
    """At least 250 templates of six kinds, none twice."""
    lines = [line for genre in genres() for line in _lines(FOLDER / f"{genre}.txt")]
    assert len(genres()) == 6
    assert len(lines) == len(set(lines)) >= 250


def test_a_template_is_filled(shared_data: Path) -> None:
    """The spans are people's; no slot is left open; the same seed gives the same text."""
    del shared_data
    for genre in genres():
        texts = list(filled(genre, 1, 3))
        assert texts == list(filled(genre, 1, 3))
        for one in texts:
            assert all(one.text[start:end].strip() for start, end in one.persons)
            assert not {"山田太郎", "佐藤花子", "[会社]", "[商品]", "{山田}"} & _words(one.text)


@pytest.mark.parametrize("rare", [False, True])
def test_names_are_held_out(shared_data: Path, rare: bool) -> None:
    """Training sees none of the full names measured, in kanji or by their reading."""
    del shared_data
    for one in people(200, 5, rare=rare):
        assert held_out(one.surname.kanji + one.given.kanji)
        assert held_out(one.surname.katakana + one.given.katakana)


def test_every_code_has_sentences_and_headers() -> None:
    """At least 30 sentences and 10 headers a code; every decoy can be made."""
    told = codes.told()
    assert set(told["codes"]) == {entity.value for entity in numbers.CODES} | {"BIOMETRIC"}
    assert len(set(told["sentences"])) >= 30
    assert len(set(told["sentences_apart"]) - set(told["sentences"])) >= 30
    for said in told["codes"].values():
        assert not {str(one) for one in said["headers"]} & {
            str(one) for one in said["headers_apart"]
        }
        assert len({str(one) for one in said["headers"]}) >= 10
    assert len(list(codes.decoys())) >= 30


@pytest.mark.parametrize("entity", numbers.CODES)
def test_a_sentence_holds_its_code(entity: Entity) -> None:
    """The span is the code."""
    for part in ("sentences", "sentences_apart"):
        for text, start, end, which in codes.sentences(part):
            if which is entity:
                assert text[start:end] == text[start:end].strip() != ""


def test_made_up_numbers_are_valid() -> None:
    """Check digits are those that an independent library verifies."""
    chance = random.Random(1)
    for _ in DRAWS:
        assert in_.is_valid(numbers.my_number(chance))
        assert cn.is_valid(numbers.corporate(chance))
        assert luhn.is_valid(numbers.insurer(chance, "06", 8))
        assert luhn.is_valid(numbers.insurer(chance, "13", 6))
    assert numbers.licence(chance)[:2] in map(str, range(10, 98))


def test_spans_are_compared() -> None:
    """Exact spans agree in both ends; overlapping ones share a character; a cell is covered."""
    assert exact([(0, 2), (3, 5)], [(0, 2), (3, 6)]).f1 == 0.5
    assert overlap([(0, 2), (3, 5)], [(1, 4)]).recall == 1.0
    assert covers(" 山田 太郎 ", [(1, 6)])
    assert not covers("山田 太郎", [(0, 2), (3, 5)])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _words(text: str) -> set[str]:
    words = ("山田太郎", "佐藤花子", "[会社]", "[商品]", "{山田}")
    return {word for word in words if word in text}
