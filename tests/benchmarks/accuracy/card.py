"""Scores that are training runs of their own, as the model card keeps them.

What a model does on a set that it never saw a sentence of, and what one does that learnt from no
share-alike set at all. ``make model`` writes them; there, marks that differ from our convention
are put right first, as ``training/open_sets.py`` tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import scanners
from tests.benchmarks.accuracy.table import Cell, Figure, Table, least

SCORES = Path(scanners.__path__[0]) / "japanese" / "model" / "scores.json"
_BAR, _WITHOUT, _MADE_UP = 0.80, "without ", "made up"
_TITLE = "PERSON in sets that training never saw, model alone, from the model card"


def tables() -> Iterator[Table]:
    """Show the scores of the model card."""
    if not SCORES.exists():
        yield Table(_TITLE, (), (), ("Not measured: the model keeps no scores.json.",))
        return
    scores = json.loads(SCORES.read_text(encoding="utf-8"))
    rows = [
        _row(model, tested, row)
        for model, tests in sorted(scores.items())
        for tested, row in sorted(tests.items())
        if model in (_MADE_UP, _WITHOUT + tested) and tested != _MADE_UP
    ]
    columns = ("model", "measured on", "persons", "exact F1", "P", "R")
    notes = [f"`{_MADE_UP}`: learnt from made-up examples alone."]
    yield Table(_TITLE, columns, rows, notes)


def _row(model: str, tested: str, row: dict[str, float]) -> list[Cell]:
    f1 = Figure(row["F1"]) if model == _MADE_UP else least(row["F1"], _BAR)
    others = Figure(row["precision"]), Figure(row["recall"])
    return [model, tested, round(row["names"]), f1, *others]
