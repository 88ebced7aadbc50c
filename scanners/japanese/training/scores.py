"""成績 (scores): how the names found compare with those marked.

Exact: both ends right. By overlap: a name found counts if it shares a character with one marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts over some texts; ratios are between 0 and 1."""

    marked: int
    found: int
    exact: int
    #: Of those found, and of those marked, how many overlap one of the others.
    near_found: int
    near_marked: int

    @property
    def precision(self) -> float:
        """Exact precision."""
        return self.exact / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Exact recall."""
        return self.exact / self.marked if self.marked else 0.0

    @property
    def near_precision(self) -> float:
        """Precision by overlap."""
        return self.near_found / self.found if self.found else 0.0

    @property
    def near_recall(self) -> float:
        """Recall by overlap."""
        return self.near_marked / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Exact F1."""
        both = self.found + self.marked
        return 2 * self.exact / both if both else 0.0


def compare(pairs: Iterable[tuple[Sequence[Span], Sequence[Span]]]) -> Scores:
    """Compare, for each text, the spans marked with those found."""
    counts = [_count(marked, found) for marked, found in pairs]
    return Scores(*(sum(column) for column in zip(*counts, strict=True))) if counts else _NONE


def _count(marked: Sequence[Span], found: Sequence[Span]) -> tuple[int, int, int, int, int]:
    return (
        len(marked),
        len(found),
        len({*marked} & {*found}),
        sum(any(_overlap(one, other) for other in marked) for one in found),
        sum(any(_overlap(one, other) for other in found) for one in marked),
    )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


_NONE = Scores(0, 0, 0, 0, 0)
