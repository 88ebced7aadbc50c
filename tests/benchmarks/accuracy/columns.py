"""Columns judged under true headers, under c1…cn, and under shuffled ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanners.finding import Entity
from tests.benchmarks import columns as judged
from tests.benchmarks.accuracy.table import Cell, Figure, Table, least, most

#: Bars of macro F1, in the order of the layouts.
_BARS = (0.98, 0.93, 0.90)
_SILENT = "macro F1 with columns whose values say nothing"


def tables() -> Iterator[Table]:
    """Judge the tables held out from development in every layout."""
    made = [one for one in judged.tables() if one.held_out]
    rows: list[list[Cell]] = [["macro F1"], [_SILENT], ["fields flagged in tables of nobody"]]
    each = {}
    for layout, bar in zip(judged.LAYOUTS, _BARS, strict=True):
        said = judged.verdicts(made, layout)
        each[layout], flagged = judged.measure(made, layout, said)
        every, _ = judged.measure(made, layout, said, strict=True)
        rows[0].append(least(judged.macro(each[layout]), bar))
        rows[1].append(Figure(judged.macro(every)))
        rows[2].append(most(flagged.total(), 0, 0))
    rows += [_row(entity, each) for entity in Entity if any(entity in one for one in each.values())]
    share, _ = judged.abouts(made)
    notes = [
        f"{len(made)} tables; whom a table is about is told rightly in {share:.3f} of them.",
        "Without true headers, a column whose values say nothing counts in the second row alone.",
    ]
    yield Table("columns: F1 by entity", ["", *judged.LAYOUTS], rows, notes)


def _row(entity: Entity, each: Mapping[str, Mapping[Entity, judged.Score]]) -> list[Cell]:
    scores = (one.get(entity) for one in each.values())
    return [entity.value, *(Figure(score.f1) if score else None for score in scores)]
