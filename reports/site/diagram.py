"""The diagram of references: tables as boxes, the referring ones to the right of their targets.

A layered drawing with as little art as it needs: a table stands one column further right than
the furthest table it refers to, and within a column near what it refers to. Lengths are in
pixels of an SVG picture.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Key = tuple[str, str]

#: More boxes than this are a tangle nobody reads.
MOST_BOXES = 60
_HEIGHT, _GAP, _APART, _MARGIN = 30.0, 12.0, 76.0, 8.0
_WIDE, _NARROW, _PADDING = 13.0, 7.4, 22.0
_LONGEST, _LOOP = 28, 7.0


@dataclass(frozen=True, slots=True)
class Edge:
    """A reference from one table to another; ``sure`` if declared or confirmed."""

    start: Key
    end: Key
    sure: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A table in the picture; ``x`` and ``y`` are its upper left corner."""

    key: Key
    text: str
    x: float
    y: float
    width: float
    height: float = _HEIGHT


@dataclass(frozen=True, slots=True)
class Line:
    """A reference in the picture, as the path of an SVG curve."""

    path: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture of ``width`` by ``height``."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(edges: Sequence[Edge], show: Callable[[Key], str]) -> Diagram | None:
    """Draw references between tables; ``None`` if there are none, or too many to read."""
    keys = sorted({key for edge in edges for key in (edge.start, edge.end)})
    if not keys or len(keys) > MOST_BOXES:
        return None
    boxes = {box.key: box for box in _place(_columns(keys, edges), show)}
    width = max(box.x + box.width for box in boxes.values()) + _MARGIN
    height = max(box.y for box in boxes.values()) + _HEIGHT + _MARGIN
    lines = tuple(_line(boxes[edge.start], boxes[edge.end], edge.sure) for edge in edges)
    return Diagram(width, height, tuple(boxes.values()), lines)


def _columns(keys: Sequence[Key], edges: Iterable[Edge]) -> list[list[Key]]:
    """Sort tables into columns, each right of what it refers to, near it from top to bottom."""
    targets = {key: {edge.end for edge in edges if edge.start == key} - {key} for key in keys}
    ranks = _ranks(targets)
    columns: list[list[Key]] = [[] for _ in range(max(ranks.values()) + 1)]
    for key in keys:
        columns[ranks[key]].append(key)
    places: dict[Key, float] = {}
    for column in columns:
        column.sort(key=lambda key: (_middle(targets[key], places), key))
        places |= {key: float(place) for place, key in enumerate(column)}
    return columns


def _ranks(targets: Mapping[Key, set[Key]]) -> dict[Key, int]:
    """Count the longest way from each table to one that refers to nothing.

    A reference that closes a circle doesn't count.
    """
    ranks: dict[Key, int] = {}
    for key in targets:
        _rank(key, targets, ranks, set())
    return ranks


def _rank(
    key: Key, targets: Mapping[Key, set[Key]], ranks: dict[Key, int], passing: set[Key]
) -> int:
    if key not in ranks:
        passing.add(key)
        onwards = [one for one in sorted(targets[key]) if one not in passing]
        further = [_rank(one, targets, ranks, passing) for one in onwards]
        ranks[key] = 1 + max(further, default=-1)
        passing.discard(key)
    return ranks[key]


def _middle(targets: set[Key], places: dict[Key, float]) -> float:
    placed = [places[one] for one in targets if one in places]
    return sum(placed) / len(placed) if placed else 0.0


def _place(columns: list[list[Key]], show: Callable[[Key], str]) -> Iterable[Box]:
    x = _MARGIN
    for column in columns:
        texts = [_shortened(show(key)) for key in column]
        width = max(map(_width, texts))
        for number, (key, text) in enumerate(zip(column, texts, strict=True)):
            yield Box(key, text, x, _MARGIN + number * (_HEIGHT + _GAP), width)
        x += width + _APART


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _width(text: str) -> float:
    return _PADDING + sum(
        _WIDE if unicodedata.east_asian_width(one) in "WFA" else _NARROW for one in text
    )


def _line(start: Box, end: Box, sure: bool) -> Line:
    """Curve from the left side of the referring box to the right side of its target."""
    x1, y1 = start.x, start.y + _HEIGHT / 2
    x2, y2 = end.x + end.width, end.y + _HEIGHT / 2
    if x1 <= x2:  # to itself, or one of a circle: leave and arrive on the right
        x1, y1, y2 = start.x + start.width, y1 - _LOOP, y2 + _LOOP
        bend = max(x1, x2) + _APART / 2
        return Line(f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}", sure)
    middle = (x1 + x2) / 2
    return Line(f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}", sure)
