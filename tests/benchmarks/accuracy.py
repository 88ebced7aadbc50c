"""``make accuracy``: what a scan of the made-up company finds, beside the truth about it.

Seed 7, 300 people (or ``ACCURACY_SEED``, ``ACCURACY_PEOPLE``), every database and file.
Recall and precision by entity over all places
(source, dataset, record, field); then a trace of everyone from their e-mail address alone.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows import wiring
from flows.demo import build
from flows.progress import Lines
from flows.run import scan
from flows.settings import Settings, load
from reports.token import new_key_file
from reports.trace import Tracer
from tests.truth import Score, Traced, Truth, scores, spots, traced

PEOPLE = int(os.environ.get("ACCURACY_PEOPLE", "300"))
SEED = int(os.environ.get("ACCURACY_SEED", "7"))


def main() -> None:
    """Build, scan, compare, print."""
    with tempfile.TemporaryDirectory() as folder:
        settings, truth = scanned(Path(folder))
        inventory = wiring.inventory(settings)
        view, seal = inventory.view(), inventory.tokens.seal
        _by_entity(scores(truth, spots(view, seal)))
        tracer = Tracer(view, inventory.tokens)
        asked = [one for one in truth.people if one.identifiers.get("EMAIL_ADDRESS")]
        _traces([traced(tracer, seal, truth, one) for one in asked])


def scanned(folder: Path, people: int = PEOPLE, seed: int = SEED) -> tuple[Settings, Truth]:
    """Make up a company in ``folder`` and scan all of it."""
    company = build(folder / "company", people, seed)
    new_key_file(company.directory / "shozai.key")
    settings = load(company.settings)
    scan(settings, (), Lines())
    return settings, Truth.read(company.truth)


def _by_entity(found: dict[str, Score]) -> None:
    table = Table("entity", "places", "recall", "precision", "missed most at", "wrong most at")
    for entity, score in found.items():
        shares = f"{score.recall:.3f}", f"{score.precision:.3f}"
        worst = _top(score.missed_at), _top(score.wrong_at)
        table.add_row(entity, f"{score.true:,}", *shares, *worst)
    Console(width=180).print(table)


def _top(counted: Counter[str]) -> str:
    return "\n".join(f"{number} {where}" for where, number in counted.most_common(3))


def _traces(found: list[Traced]) -> None:
    missed = sum(bool(one.missed) for one in found)
    foreign = sum(bool(one.foreign) for one in found)
    print(
        f"traces by e-mail address: {len(found)}; that missed a record: {missed}; "
        f"that called another's record certain: {foreign}"
    )


if __name__ == "__main__":
    main()
