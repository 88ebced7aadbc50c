"""抽選箱 (a pool): things to draw from, each with its weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Pool(Generic[Thing]):
    """Things and the sums of their weights."""

    things: tuple[Thing, ...]
    sums: tuple[float, ...]

    def draw(self, random: Random) -> Thing:
        """Draw one."""
        return random.choices(self.things, cum_weights=self.sums)[0]


def pool(weighted: Iterable[tuple[Thing, float]]) -> Pool[Thing]:
    """Make a pool of things and their weights."""
    things, weights = zip(*weighted, strict=True)
    return Pool(things, tuple(accumulate(weights)))
