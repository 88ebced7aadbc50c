"""A mark: a value of somebody, written somewhere; files and truth are made of the same marks.

A cell is what stands in one field of one record: nothing, a plain value, a mark (the whole value
is somebody's) or a phrase (a text with marks in it). What is written comes from :func:`plain`,
what the truth says from :func:`marks`, so the two can't differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from flows.demo.itaiji import fit
from scanners.finding import Role


class Via(StrEnum):
    """Whether a place holds a value of the person, or a key that refers to them."""

    VALUE = "value"
    KEY = "key"


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """A value of a person, as it is written here."""

    person: int
    entity: str
    value: str | int | date
    role: Role = Role.SELF
    via: Via = Via.VALUE


Phrase = tuple["str | Mark", ...]
Plain = str | int | float | date | datetime | None
Cell = Plain | Mark | Phrase
Span = tuple[Mark, int | None, int | None]


def plain(cell: Cell) -> Plain:
    """Return what is written."""
    if isinstance(cell, tuple):
        return "".join(map(_text, cell))
    return cell.value if isinstance(cell, Mark) else cell


def marks(cell: Cell) -> Iterator[Span]:
    """Yield the marks of a cell, with their characters where it is a text that holds more."""
    if isinstance(cell, Mark):
        yield cell, None, None
    elif isinstance(cell, tuple):
        yield from _spans(cell)


def text(cell: Cell) -> str:
    """Return what is written, as text; nothing is empty."""
    value = plain(cell)
    return "" if value is None else str(value)


def phrase(*cells: Cell) -> Phrase:
    """Join cells to one text; what is missing leaves nothing."""
    parts: list[str | Mark] = []
    for cell in cells:
        if isinstance(cell, tuple):
            parts.extend(cell)
        elif cell is not None:
            parts.append(cell if isinstance(cell, Mark) else str(cell))
    return tuple(parts)


def join(gap: str, cells: tuple[Cell, ...]) -> Phrase:
    """Join cells with a gap between them, empty ones too, as the cells of a row."""
    spaced = [part for cell in cells for part in (gap, cell)]
    return phrase(*spaced[1:])


def fitted(cell: Cell, encoding: str) -> Cell:
    """Return the cell in characters that the encoding has; lengths stay."""
    if isinstance(cell, tuple):
        return tuple(_fitted(part, encoding) for part in cell)
    return _fitted(cell, encoding) if isinstance(cell, str | Mark) else cell


def _fitted(part: str | Mark, encoding: str) -> str | Mark:
    if isinstance(part, str):
        return fit(part, encoding)
    return replace(part, value=fit(part.value, encoding)) if isinstance(part.value, str) else part


def _text(part: str | Mark) -> str:
    return part if isinstance(part, str) else str(part.value)


def _spans(phrase: Phrase) -> Iterator[Span]:
    start = 0
    whole = len(phrase) == 1
    for part in phrase:
        end = start + len(_text(part))
        if isinstance(part, Mark):
            yield (part, None, None) if whole else (part, start, end)
        start = end
