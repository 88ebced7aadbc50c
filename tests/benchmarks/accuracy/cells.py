"""Full names alone in a cell: whether one finding covers all of it.

Value by value, where nothing but the cell is known, and as a column of nothing else, under a true
header and under none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.benchmarks.accuracy.detectors import NO_PEER, PEER, Detect, model, peer, shipped
from tests.benchmarks.accuracy.names import Name, people
from tests.benchmarks.accuracy.spans import covers
from tests.benchmarks.accuracy.table import Cell, Figure, Table, least
from tests.benchmarks.accuracy.tabled import persons_in_column

Write = Callable[[Name], str]
_CELLS, _SAMPLE = 1000, 200


def _in(script: str, gap: str) -> Write:
    return lambda one: f"{getattr(one.surname, script)}{gap}{getattr(one.given, script)}"


def _comma(one: Name) -> str:
    return f"{one.surname.romaji.upper()}, {one.given.romaji}"


#: Form, how it is written, whether the given name is a rare one, bar.
FORMS: tuple[tuple[str, Write, bool, float | None], ...] = (
    ("kanji, space", _in("kanji", " "), False, 0.998),
    ("kanji, full-width space", _in("kanji", "\u3000"), False, 0.998),
    ("kanji, no space", _in("kanji", ""), False, 0.998),
    ("rare given name, space", _in("kanji", " "), True, 0.97),
    ("rare given name, no space", _in("kanji", ""), True, 0.97),
    ("katakana, space", _in("katakana", " "), False, 0.995),
    ("hiragana, space", _in("hiragana", " "), False, 0.995),
    ("katakana, no space", _in("katakana", ""), False, 0.97),
    ("hiragana, no space", _in("hiragana", ""), False, 0.97),
    ("half-width kana, space", _in("half", " "), False, 0.995),
    ("half-width kana, no space", _in("half", ""), False, 0.995),
    ("Given Surname", lambda one: f"{one.given.romaji} {one.surname.romaji}", False, 0.99),
    ("Surname Given", _in("romaji", " "), False, 0.99),
    ("SURNAME GIVEN", lambda one: _in("romaji", " ")(one).upper(), False, 0.99),
    (
        "SURNAME, Given",
        lambda one: f"{one.surname.romaji.upper()}, {one.given.romaji}",
        False,
        None,
    ),
    ("kanji, middle dot", _in("kanji", "・"), False, None),
)


def tables() -> Iterator[Table]:
    """Measure every form."""
    alone, other = model(), peer()
    columns = ["form", "cells", "value by value", "column 氏名", "column c1"]
    columns += ["model alone"] if alone else []
    columns += [f"{PEER} ({_SAMPLE})"] if other else []
    rows = [
        _row(form, write, people(_CELLS, at, rare=rare), bar, alone, other)
        for at, (form, write, rare, bar) in enumerate(FORMS)
    ]
    notes = ["The share of cells that one finding covers from end to end."]
    yield Table("full names alone in a cell", columns, rows, notes + ([] if other else [NO_PEER]))


def _row(
    form: str,
    write: Write,
    names: list[Name],
    bar: float | None,
    alone: Detect | None,
    other: Detect | None,
) -> list[Cell]:
    cells = [write(one) for one in names]
    ways = [_share(shipped, cells), _column("氏名", cells), _column("c1", cells)]
    shares: list[Cell] = [least(share, bar) if bar else Figure(share) for share in ways]
    shares += [Figure(_share(alone, cells))] if alone else []
    shares += [Figure(_share(other, cells[:_SAMPLE]))] if other else []
    return [form, len(cells), *shares]


def _share(detect: Detect, cells: list[str]) -> float:
    found = detect(cells)
    return sum(covers(cell, spans) for cell, spans in zip(cells, found, strict=True)) / len(cells)


def _column(header: str, cells: list[str]) -> float:
    return len(persons_in_column(header, cells)[1]) / len(cells)
