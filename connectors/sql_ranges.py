"""Ranges of keys: the parts of a large table that are read one by one, the same in every scan.

A range of whole numbers is a bucket of 4^m numbers, m chosen so that it holds about a million
rows. Because m goes in steps of four by the density of the keys alone, a table that grows gets
new buckets and keeps the old ones; only once it holds four times as many rows to a number do all
change. The first bucket is open below and the last above, so that no row lies outside. Keys that
are UUIDs are cut at fixed places of the 128 bits. Text keys are not cut: the bounds would be
people's.
"""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

#: A table with fewer rows is one partition.
LEAST_ROWS = 500_000
_ROWS = 2**20
_INT32 = 0x7FFFFFFF


@dataclass(frozen=True, slots=True)
class KeyRange:
    """Keys from ``low`` on and below ``high``, whole numbers or UUIDs; ``None`` is open.

    ``number`` stays the same from scan to scan, whatever ranges come before it.
    """

    number: int = 0
    low: int | str | None = None
    high: int | str | None = None

    @classmethod
    def of(cls, name: str) -> Self:
        """Read a partition's name."""
        bounds = json.loads(name or "{}")
        return cls(0, bounds.get("from"), bounds.get("to"))

    @property
    def name(self) -> str:
        """Its bounds as compact JSON, ``{"from":4,"to":8}``; "" for all keys."""
        bounds = {"from": self.low, "to": self.high}
        given = {word: bound for word, bound in bounds.items() if bound is not None}
        return json.dumps(given, separators=(",", ":")) if given else ""


#: A whole table.
WHOLE = KeyRange()


def ranges(lowest: int | None, highest: int | None, rows: int | None) -> list[KeyRange]:
    """Cut a table by its whole-number key; ``rows`` may be the server's estimate."""
    if lowest is None or highest is None or (rows or 0) < LEAST_ROWS:
        return [WHOLE]
    width = _width(highest - lowest + 1, rows or 1)
    buckets = range(lowest // width, highest // width + 1)
    return list(_opened([(k & _INT32, k * width) for k in buckets]))


def uuid_ranges(rows: int | None) -> list[KeyRange]:
    """Cut a table by its UUIDs, wherever they lie."""
    if (rows or 0) < LEAST_ROWS:
        return [WHOLE]
    parts = 4 ** max(1, math.ceil(math.log((rows or 1) / _ROWS, 4)))
    starts = [str(uuid.UUID(int=k * (2**128 // parts))) for k in range(parts)]
    return list(_opened(list(enumerate(starts))))


def _width(span: int, rows: int) -> int:
    """Return the power of four whose bucket comes nearest to the rows wanted."""
    wanted = max(1, span * _ROWS // rows)
    exponent: int = round((wanted.bit_length() - 1) / 2)
    return int(4**exponent)


def _opened(starts: Sequence[tuple[int, int | str]]) -> Iterator[KeyRange]:
    edges: list[int | str | None] = [None, *(low for _, low in starts[1:]), None]
    for (number, _), (low, high) in zip(starts, pairwise(edges), strict=True):
        yield KeyRange(number, low, high)
