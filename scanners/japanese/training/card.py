"""モデルカード (the model card): what the shipped model learnt from, and how well it does.

The scores are kept as JSON beside the weights, where ``make accuracy`` reads those that only a
training run can tell (a set left out, no share-alike data); the card is written from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from scanners.japanese.training.scores import Scores

SCORES, CARD = "scores.json", "MODEL_CARD.md"
_COLUMNS = ("names", "precision", "recall", "F1", "precision by overlap", "recall by overlap")


@dataclass(slots=True)
class Card:
    """Scores by model and test set; those of a model that wasn't trained again stay."""

    scores: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Card:
        """Read the scores of earlier runs, if any."""
        path = folder / SCORES
        return cls(json.loads(path.read_text("utf-8")) if path.exists() else {})

    def tell(self, model: str, tested: str, scores: Scores) -> None:
        """Note the scores of a model on a test set."""
        self.scores.setdefault(model, {})[tested] = as_row(scores)

    def write(self, folder: Path) -> None:
        """Write the scores, and the card from them."""
        text = json.dumps(self.scores, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / SCORES).write_text(text + "\n", "utf-8")
        template = files("scanners.japanese.training").joinpath("card.md").read_text("utf-8")
        (folder / CARD).write_text(template.replace("{scores}", self._table()), "utf-8")

    def _table(self) -> str:
        lines = [_line("trained on", "tested on", *_COLUMNS), "|" + "---|" * (len(_COLUMNS) + 2)]
        for model, tests in sorted(self.scores.items()):
            lines += [_line(model, tested, *_shown(row)) for tested, row in sorted(tests.items())]
        return "\n".join(lines)


def as_row(scores: Scores) -> dict[str, float]:
    """Return scores as they are kept, rounded to three digits."""
    ratios = {
        "precision": scores.precision,
        "recall": scores.recall,
        "F1": scores.f1,
        "precision by overlap": scores.near_precision,
        "recall by overlap": scores.near_recall,
    }
    return {"names": scores.marked, **{name: round(one, 3) for name, one in ratios.items()}}


def _shown(row: Mapping[str, float]) -> list[str]:
    return [f"{row['names']:,.0f}", *(f"{row[name]:.3f}" for name in _COLUMNS[1:])]


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
