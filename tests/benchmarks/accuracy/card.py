"""Scores that are training runs of their own, as ``model/scores.json`` keeps them for the card.

A list of ``{"run", "set", "precision", "recall", "f1"}``: ``run`` says what was left out (``leave
one out``, ``without share-alike sets``), ``set`` what it was measured on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import scanners
from tests.benchmarks.accuracy.table import Cell, Figure, Table, least

SCORES = Path(scanners.__path__[0]) / "japanese" / "model" / "scores.json"
LEFT_OUT, _BAR = "leave one out", 0.80
_TITLE = "PERSON in sentences of sets that training left out, from the model card"


def tables() -> Iterator[Table]:
    """Show the scores of the model card."""
    if not SCORES.exists():
        yield Table(_TITLE, (), (), ("Not measured: the model keeps no scores.json.",))
        return
    rows = [_row(one) for one in json.loads(SCORES.read_text(encoding="utf-8"))]
    yield Table(_TITLE, ("run", "measured on", "exact F1", "P", "R"), rows)


def _row(one: dict[str, str | float]) -> list[Cell]:
    f1 = float(one["f1"])
    shown = least(f1, _BAR) if one["run"] == LEFT_OUT else Figure(f1)
    others = (Figure(float(one[name])) for name in ("precision", "recall"))
    return [str(one["run"]), str(one["set"]), shown, *others]
