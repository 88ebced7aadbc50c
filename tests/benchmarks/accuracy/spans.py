"""Spans found beside spans that are true: exact, overlapping, covering a whole cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

#: First character and the one behind the last.
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """How many are true, how many were found, and how many of each are the other."""

    true: int = 0
    found: int = 0
    true_hit: int = 0
    found_hit: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.true + other.true,
            self.found + other.found,
            self.true_hit + other.true_hit,
            self.found_hit + other.found_hit,
        )

    @property
    def recall(self) -> float:
        """The share of what is true that was found."""
        return self.true_hit / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is true."""
        return self.found_hit / self.found if self.found else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def exact(true: Iterable[Span], found: Iterable[Span]) -> Score:
    """Count spans that agree in both ends.

    >>> exact([(0, 2), (3, 5)], [(0, 2), (3, 6)]).f1
    0.5
    """
    trues, founds = set(true), set(found)
    same = len(trues & founds)
    return Score(len(trues), len(founds), same, same)


def overlap(true: Iterable[Span], found: Iterable[Span]) -> Score:
    """Count spans that share a character with one of the other side."""
    trues, founds = set(true), set(found)
    return Score(
        len(trues),
        len(founds),
        sum(any(_meet(one, other) for other in founds) for one in trues),
        sum(any(_meet(one, other) for other in trues) for one in founds),
    )


def total(scores: Iterable[Score]) -> Score:
    """Add scores up."""
    return sum(scores, Score())


def covers(text: str, found: Sequence[Span]) -> bool:
    """Tell whether one span covers all of a cell but the blanks around it."""
    first = len(text) - len(text.lstrip())
    return (first, len(text.rstrip())) in set(found)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
