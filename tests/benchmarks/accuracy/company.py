"""The made-up company: what a scan of all its databases and files finds, beside the truth.

Seed 7, 300 people (or ``ACCURACY_SEED``, ``ACCURACY_PEOPLE``), every database and file.
Recall and precision by entity over all places
(source, dataset, record, field); then a trace of everyone from their e-mail address alone.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from flows import wiring
from flows.demo import build
from flows.progress import Lines
from flows.run import scan
from flows.settings import Settings, load
from reports.token import new_key_file
from reports.trace import Tracer
from tests.benchmarks.accuracy.table import Cell, Figure, Table
from tests.truth import Score, Traced, Truth, scores, spots, traced

PEOPLE = int(os.environ.get("ACCURACY_PEOPLE", "300"))
SEED = int(os.environ.get("ACCURACY_SEED", "7"))


def tables() -> Iterator[Table]:
    """Build, scan, compare."""
    with tempfile.TemporaryDirectory() as folder:
        settings, truth = scanned(Path(folder))
        inventory = wiring.inventory(settings)
        view, seal = inventory.view(), inventory.tokens.seal
        found = scores(truth, spots(view, seal))
        tracer = Tracer(view, inventory.tokens)
        asked = [one for one in truth.people if one.identifiers.get("EMAIL_ADDRESS")]
        traces = [traced(tracer, seal, truth, one) for one in asked]
    columns = ("entity", "places", "recall", "precision", "missed most at", "wrong most at")
    title = f"places of the made-up company, {PEOPLE:,} people, seed {SEED}"
    rows = [_row(entity, score) for entity, score in found.items()]
    yield Table(title, columns, rows, (_told(traces),))


def scanned(folder: Path, people: int = PEOPLE, seed: int = SEED) -> tuple[Settings, Truth]:
    """Make up a company in ``folder`` and scan all of it."""
    company = build(folder / "company", people, seed)
    new_key_file(company.directory / "shozai.key")
    settings = load(company.settings)
    scan(settings, (), Lines())
    return settings, Truth.read(company.truth)


def _row(entity: str, score: Score) -> list[Cell]:
    shares = Figure(score.recall), Figure(score.precision)
    return [entity, score.true, *shares, _top(score.missed_at), _top(score.wrong_at)]


def _top(counted: Counter[str]) -> str:
    return "; ".join(f"{number} {where}" for where, number in counted.most_common(3))


def _told(found: list[Traced]) -> str:
    missed = sum(bool(one.missed) for one in found)
    foreign = sum(bool(one.foreign) for one in found)
    return (
        f"Traces by e-mail address alone: {len(found)}; that missed a record: {missed}; "
        f"that called another's record certain: {foreign}."
    )
