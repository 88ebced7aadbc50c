"""Which of several findings stays."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scanners.overlap import strongest


@dataclass(frozen=True)
class Found:
    """Anything with a span and a score."""

    start: int
    end: int
    score: float


FOUND = st.builds(
    lambda start, length, score: Found(start, start + length, score),
    st.integers(0, 30),
    st.integers(1, 10),
    st.floats(0.1, 1),
)


@settings(deadline=None)
@given(st.lists(FOUND))
def test_what_stays_is_apart_and_what_goes_was_covered(found: list[Found]) -> None:
    """What stays shares no character; what goes overlaps something that stays."""
    kept = strongest(found)
    for one, following in pairwise(kept):
        assert one.end <= following.start
    for one in found:
        assert any(one.start < other.end and other.start < one.end for other in kept)


def test_the_stronger_stays() -> None:
    """Strength decides."""
    assert strongest([Found(0, 5, 0.5), Found(3, 8, 0.9)]) == [Found(3, 8, 0.9)]


def test_of_equals_the_longer_stays() -> None:
    """Length decides between equals."""
    assert strongest([Found(0, 5, 0.9), Found(0, 12, 0.9)]) == [Found(0, 12, 0.9)]
