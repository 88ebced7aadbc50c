"""信用 (belief): which findings of an entity in a field are more than chance, by what was counted.

A verdict is reached from the head; the scan sees everything, so in the end its counts decide.
Distinct values are counted by the least of their keyed hashes (Bar-Yossef et al., "Counting
distinct elements in a data stream", 2002), exactly up to ``EXACT``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from scanners.finding import Entity
from scanners.verdict import FieldVerdict

#: Hashes kept; a count beyond them is an estimate, 3 % off in two cases of three.
EXACT = 1024
_SPACE = float(2**64)
#: A finding with this score has more than its shape to show: a word nearby, a verdict.
SURE = 0.7
#: Shares of a field's values between which bare, unsure findings are chance.
_CHANCE = (0.01, 0.6)
#: Fewer values of a list of firms or towns look like names than numbers pass a check digit.
_CHANCES = {Entity.PERSON: (0.01, 0.15)}


class Belief(Enum):
    """Which findings of an entity in a field are believed."""

    NOTHING = "nothing"
    SURE = "sure"
    ALL = "all"

    @property
    def least(self) -> float:
        """Return the score from which on findings are believed."""
        return {Belief.NOTHING: math.inf, Belief.SURE: SURE, Belief.ALL: 0.0}[self]

    def exceeds(self, other: Belief) -> bool:
        """Tell whether more is believed than under the other."""
        return self.least < other.least


@dataclass(slots=True)
class Counts:
    """One entity in one field: cells with a value, findings, and how far they are sure.

    ``bare`` counts unsure findings about as long as their cell: a number that might be anything's.
    ``dummies`` counts findings of known dummies, which prove nothing. ``sure`` are the findings
    among them whose score is at least ``SURE``, if there are any.
    """

    cells: int = 0
    hits: int = 0
    bare: int = 0
    dummies: int = 0
    score: float = 0.0
    hashes: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    sure: Counts | None = None

    @property
    def distinct(self) -> int:
        """Return how many distinct values were found; an estimate beyond ``EXACT``."""
        if len(self.hashes) < EXACT:
            return len(self.hashes)
        return round((EXACT - 1) * _SPACE / float(self.hashes[-1]))

    @property
    def mean_score(self) -> float:
        """Return the mean score of the findings."""
        return self.score / self.hits if self.hits else 0.0

    def merge(self, other: Counts) -> None:
        """Add what another worker counted under the same salt."""
        self.cells += other.cells
        self.hits += other.hits
        self.bare += other.bare
        self.dummies += other.dummies
        self.score += other.score
        self.hashes = np.union1d(self.hashes, other.hashes)[:EXACT]
        if other.sure:
            self.sure = self.sure or Counts()
            self.sure.merge(other.sure)

    def of(self, belief: Belief) -> Counts:
        """Return the counts of the findings that are believed."""
        chosen = {Belief.ALL: self, Belief.SURE: self.sure}.get(belief) or Counts()
        return replace(chosen, cells=self.cells)


def belief(counts: Counts, verdict: FieldVerdict) -> Belief:
    """Tell which of a field's findings of an entity are more than chance.

    Findings that something beside their shape speaks for are believed, however few: one My Number
    in a million memos is one. Unsure findings that are about whole cells are not where they are a
    part of the field's values: among random numbers a tenth pass a check digit, among firms a few
    sound like persons, and one name before 様 makes no persons of them.
    """
    if not counts.hits or (not verdict.whole and counts.dummies == counts.hits):
        return Belief.NOTHING
    if verdict.whole or not _is_chance(counts, verdict.entity):
        return Belief.ALL
    sure = counts.sure.hits if counts.sure else 0
    if counts.bare + sure < counts.hits:  # the rest stands in longer texts
        return Belief.ALL
    return Belief.SURE if sure else Belief.NOTHING


def _is_chance(counts: Counts, entity: Entity) -> bool:
    least, most = _CHANCES.get(entity, _CHANCE)
    return counts.bare > 0 and least <= counts.bare / counts.cells < most
