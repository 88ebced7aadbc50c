"""Chance: the made-up company's only source of variety, the same for the same seed.

Every draw belongs to a subject (``chance(7, "person", 12)``), so people and tables can be made in
any order, one at a time, and adding a draw for one subject changes no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")

# Odd and no multiple of 5, so that it has no factor in common with a power of ten.
_STEP = 61_803_398_877


def chance(*subject: int | str) -> Random:
    """Return the draws of a subject; equal subjects draw equally, on any machine.

    >>> chance(7, "person", 1).random() == chance(7, "person", 1).random()
    True
    """
    name = "/".join(map(str, subject))
    return Random(int.from_bytes(blake2b(name.encode(), digest_size=8).digest()))


def spread(number: int, digits: int, start: int = 0) -> int:
    """Return a number below ``10**digits`` that looks like chance and that no other one gets.

    >>> len({spread(n, 4) for n in range(10_000)})
    10000
    """
    size: int = 10**digits
    return (number * _STEP + start) % size


def common_first(draws: Random, choices: Sequence[T]) -> T:
    """Draw one, the first ones more often, as with surnames."""
    return choices[int(len(choices) * draws.random() ** 1.7)]
