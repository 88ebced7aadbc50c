"""What names of columns say: ``tests/cases/columns.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scanners.cutting import squeezed
from scanners.deeds import COUNTERS, DEEDS
from scanners.finding import Entity
from scanners.headers import Heading
from scanners.naming import read_name
from scanners.recognizers.base import Recognizer
from scanners.recognizers.registry import recognizers
from scanners.words import WORDS

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/columns.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("name", "said"), CASES["headings"].items())
def test_a_name_says_what_its_values_are_and_whose(name: str, said: list[str]) -> None:
    """A header is read as a person would read it, misleading ones included."""
    heading = read_name(name)
    sureness = "denied" if heading.denies else "sure" if heading.sure else "maybe"
    assert [heading.entity or "-", sureness, heading.whose or "-"] == said


@pytest.mark.parametrize(
    ("name", "entity"),
    [(name, entity) for entity, names in CASES["called"].items() for name in names],
)
def test_a_code_is_known_however_its_name_is_put_together(name: str, entity: str) -> None:
    """Kanji, kana, romaji, English, abbreviations, whose it is; near misses are none of these."""
    heading = read_name(name)
    known = heading.sure and heading.entity in CASES["called"]
    assert (heading.entity if known else "-") == entity


def test_every_word_is_written_as_names_are_cut() -> None:
    """A word that folding or cutting would change could never be met."""
    words = {*WORDS, *DEEDS, *COUNTERS}
    assert {word for word in words if squeezed(word) != word} == set()


@pytest.mark.parametrize("name", ["c4", "_c4", "col4", "F4", "V4", "Unnamed: 4", "D", "名簿!D"])
def test_a_name_that_only_counts_columns_says_nothing(name: str) -> None:
    """Whatever program numbered them: by letters, or behind a letter."""
    assert read_name(name) == Heading()


def test_a_heading_keeps_only_words_that_it_understood() -> None:
    """Evidence never shows what was not understood: a header may hold somebody's name."""
    assert read_name("山田太郎_tel").words == ("tel",)


#: Of these a recognizer also lists names that may be somebody else's or hold several: 送付先, from.
OPEN = {Entity.PERSON, Entity.EMAIL_ADDRESS, Entity.PHONE_NUMBER, Entity.JP_ADDRESS}


@pytest.mark.parametrize(
    "known",
    [one for one in recognizers() if one.ENTITY not in OPEN],
    ids=lambda known: known.ENTITY.value,
)
def test_what_a_recognizer_calls_its_columns_is_heard(known: Recognizer) -> None:
    """Every header that a recognizer names announces it outright, also in capitals."""
    unheard = [
        header
        for header in known.HEADERS
        for name in (header, header.upper())
        if read_name(name).entity is not known.ENTITY
    ]
    assert unheard == []


@pytest.mark.parametrize(
    "group", ["基本情報", "基本", "名簿!基本", "属性", "会員名簿!基本情報", "A/B"]
)
def test_a_heading_over_several_columns_takes_nothing_away(group: str) -> None:
    """What a column is, it is under a heading that says nothing of whose it is."""
    names = {header for known in recognizers() for header in known.HEADERS}
    alone = {name: read_name(name).entity for name in names}
    over = {name: read_name(f"{group}/{name}").entity for name in names}
    assert {name: over[name] for name in names if alone[name] and over[name] != alone[name]} == {}
