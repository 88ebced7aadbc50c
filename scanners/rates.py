"""率 (rates): which share of a column's distinct values could be an entity, and which surely is.

A check digit passes a tenth of random numbers, and a few shop names look like surnames: only
shares say what a column holds. Most are never asked for, so each is counted when it first is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from scanners.believable import believed
from scanners.dummies import is_dummy
from scanners.finding import Entity
from scanners.recognizers.base import Recognizer


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of ``of`` distinct values fit, are known without a header, fail the check digit.

    ``looks`` have at least the shape, which is all that a header asks for; where the header names
    something else nobody asks, and those that fit are counted.
    """

    fits: int
    knows: int
    fails: int
    looks: int
    of: int

    @property
    def fit(self) -> float:
        """Return the share that fits; 0 where there are no values."""
        return self.fits / self.of if self.of else 0.0

    @property
    def known(self) -> float:
        """Return the share that needs no header."""
        return self.knows / self.of if self.of else 0.0

    @property
    def look(self) -> float:
        """Return the share that has at least the shape."""
        return self.looks / self.of if self.of else 0.0


class Rates:
    """The rates of some folded, distinct values; ``announced`` is what their header names."""

    def __init__(
        self, values: Sequence[str], recognizers: Sequence[Recognizer], announced: Entity | None
    ) -> None:
        self._values = values
        self._recognizers = {known.ENTITY: known for known in recognizers}
        self._announced = announced
        self._counted: dict[Entity, Rate] = {}

    def __contains__(self, entity: Entity) -> bool:
        return entity in self._recognizers

    def __getitem__(self, entity: Entity) -> Rate:
        if entity not in self:
            return _NONE
        if entity not in self._counted:
            self._counted[entity] = self._count(self._recognizers[entity])
        return self._counted[entity]

    def _count(self, known: Recognizer) -> Rate:
        fitting = [value for value in self._values if known.fits(value)]
        proofs = [value for value in fitting if not is_dummy(known.ENTITY, value)]
        knows = sum(map(known.knows, proofs))
        fails = sum(known.checks(value) is False for value in fitting)
        looks = self._looks(known.ENTITY, len(fitting))
        return Rate(len(fitting), knows, fails, looks, len(self._values))

    def _looks(self, entity: Entity, fitting: int) -> int:
        if entity is not self._announced:
            return fitting
        shaped = believed(entity, pa.array(self._values, pa.string()))
        return fitting if shaped is None else int(shaped.true_count)


_NONE = Rate(0, 0, 0, 0, 0)
NO_RATES = Rates((), (), None)
