"""重なり (overlap): which of several findings over the same characters stays.

The stronger stays, and of about equally strong ones the longer: a card number is not also the
telephone number inside it, an address keeps the town that is a surname. Of equals the first given
stays.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """Something found at characters ``start`` to ``end`` with a score."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character behind the last."""

    @property
    def score(self) -> float:
        """Between 0 and 1."""


S = TypeVar("S", bound=Spanned)


def strongest(found: Iterable[S]) -> list[S]:
    """Return what stays, in order of the text; nothing that stays overlaps."""
    ranked = sorted(found, key=lambda one: (-_rank(one), one.start, one.end))
    starts: list[int] = []
    kept: list[S] = []
    for one in ranked:
        at = bisect(starts, one.start)
        if _free(kept, at, one):
            starts.insert(at, one.start)
            kept.insert(at, one)
    return kept


def _rank(one: Spanned) -> float:
    """The score, a little raised by length: 20 characters weigh as much as a tenth."""
    return one.score + min(one.end - one.start, 40) / 200


def _free(kept: Sequence[Spanned], at: int, one: Spanned) -> bool:
    if at and kept[at - 1].end > one.start:
        return False
    return at == len(kept) or kept[at].start >= one.end
