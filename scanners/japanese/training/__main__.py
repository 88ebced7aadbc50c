"""``make model``: train the name model and write its card.

Needs the packages of ``requirements-train.lock`` and the open data. Equal data, seed and versions
give equal weights on one kind of machine.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scanners.japanese.name_model import MODEL, NameModel
from scanners.japanese.training.card import Card
from scanners.japanese.training.measure import measure
from scanners.japanese.training.train import Recipe, train
from scanners.japanese.training.vectors import read_vectors
from scanners.japanese.weights import save

SETS = ("stockmark", "ud_gsd_train", "wikipedia_annotated")
ALL, MADE_UP = "all", "made up"


def main() -> None:
    """Train the models asked for; the one that ships is written."""
    asked = _arguments()
    vectors, card = read_vectors(), Card.read(MODEL.parent)
    for name, without in _models(asked):
        _tell(f"model {name}:")
        weights = train(Recipe(asked.data, without=without), vectors, _tell)
        for tested, scores in measure(NameModel(weights), asked.data, without):
            card.tell(name, tested, scores)
            _tell(f"  {tested}: exact F1 {scores.f1:.3f} of {scores.marked:,} names")
        if name == asked.ship:
            save(weights, MODEL)
        card.write(MODEL.parent)


def _models(asked: argparse.Namespace) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names of the models to train, each with the sets it doesn't see."""
    if asked.leave_one_out:
        return [(f"without {one}", (one,)) for one in SETS]
    return [(MADE_UP, SETS)] if asked.without_share_alike else [(ALL, ())]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make model", description="Train the name model.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the open data")
    others = parser.add_mutually_exclusive_group()
    others.add_argument(
        "--leave-one-out",
        action="store_true",
        help="train a model without each open set and note its scores; none of them ships",
    )
    others.add_argument(
        "--without-share-alike",
        action="store_true",
        help="train on made-up examples alone, whose licence is ours, and note the scores",
    )
    parser.add_argument(
        "--ship", default=ALL, choices=(ALL, MADE_UP), help="which model is written (default: all)"
    )
    return parser.parse_args()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
