"""Columns judged under true headers, under c1…cn, and under shuffled ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanners.finding import Entity
from tests.benchmarks import columns as judged
from tests.benchmarks.accuracy.table import Cell, Figure, Table, least, most

#: Bars of macro F1, in the order of the layouts.
_BARS = (0.98, 0.93, 0.90)


def tables() -> Iterator[Table]:
    """Judge the tables held out from development in every layout."""
    made = [one for one in judged.tables() if one.held_out]
    results = {layout: judged.measure(made, layout) for layout in judged.LAYOUTS}
    rows: list[list[Cell]] = [["macro F1"], ["fields flagged in tables of nobody"]]
    for (scores, flagged), bar in zip(results.values(), _BARS, strict=True):
        rows[0].append(least(judged.macro(scores), bar))
        rows[1].append(most(flagged.total(), 0, 0))
    each = {layout: scores for layout, (scores, _) in results.items()}
    rows += [_row(entity, each) for entity in Entity if any(entity in one for one in each.values())]
    share, _ = judged.abouts(made)
    notes = [f"{len(made)} tables; whom a table is about is told rightly in {share:.3f} of them."]
    headers = ["", *(f"headers {layout}" for layout in judged.LAYOUTS)]
    yield Table("columns: F1 by entity", headers, rows, notes)


def _row(entity: Entity, each: Mapping[str, Mapping[Entity, judged.Score]]) -> list[Cell]:
    scores = (one.get(entity) for one in each.values())
    return [entity.value, *(Figure(score.f1) if score else None for score in scores)]
