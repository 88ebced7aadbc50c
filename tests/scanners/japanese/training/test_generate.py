"""Made-up examples: repeatable, marked rightly, free of names that are held out."""

from __future__ import annotations

import pytest

from scanners.japanese.training.example import Example
from scanners.japanese.training.generate import generate
from scanners.japanese.training.split import held_out

COUNT = 3000


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """Examples made of the shipped lists alone."""
    return list(generate(COUNT, 7))


def test_the_same_seed_makes_the_same_examples(examples: list[Example]) -> None:
    """Two runs with one seed agree, two seeds do not."""
    assert list(generate(COUNT, 7)) == examples
    assert list(generate(100, 8)) != examples[:100]


def test_spans_are_in_order_and_inside(examples: list[Example]) -> None:
    """Persons lie apart, in order, inside the text, and hold something without blanks around."""
    for example in examples:
        ends = [0]
        for start, end in example.persons:
            assert ends[-1] <= start < end <= len(example.text), example
            ends.append(end)
        assert all(name == name.strip() for name in example.names), example


def test_no_name_is_held_out(examples: list[Example]) -> None:
    """No person's name, its spaces left out, is one that is kept to measure with."""
    for example in examples:
        for name in example.names:
            bare = "".join(name.split())
            assert not (held_out(bare) and _is_full(bare)), example


def test_half_of_the_examples_name_nobody(examples: list[Example]) -> None:
    """Hard negatives are as many as positives, more or less."""
    share = sum(not example.persons for example in examples) / COUNT
    assert 0.35 < share < 0.6


def _is_full(name: str) -> bool:
    """Kanji too many for a surname or a given name alone."""
    return len(name) > 6 and all("\u4e00" <= char <= "\u9fff" for char in name)
