"""Postal codes are known by Japan Post's table."""

from __future__ import annotations

from scanners.finding import Entity
from scanners.normalize import fold
from scanners.recognizers.registry import recognizer

KNOWN = recognizer(Entity.JP_POSTAL_CODE)


def test_codes_are_known_by_the_table_and_any_other_still_fits() -> None:
    """Seven digits fit; what the table lists is known where no header says so."""
    assert [KNOWN.knows(code) for code in ("1600023", "160-0023", "〒060-8621")] == [True] * 3
    assert KNOWN.fits("999-9999")
    assert not KNOWN.knows("999-9999")


def test_few_numbers_of_seven_digits_are_codes() -> None:
    """Numbers in a row, as orders have them, are not taken for codes."""
    numbers = [f"{number:07}" for number in range(1_000_000, 1_010_000)]
    assert sum(map(KNOWN.knows, numbers)) < len(numbers) / 5


def test_the_score_says_what_speaks_for_a_code() -> None:
    """An address that agrees says most, a mark alone least where the table lacks the code."""
    texts = ("〒160-0023 新宿区西新宿2-8-1", "〒160-0023", "〒999-9999")
    scores = [found.score for text in texts for found in KNOWN.find(fold(text))]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(texts)
