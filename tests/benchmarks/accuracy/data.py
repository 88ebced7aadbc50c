"""The open data beside the checkout, and which of it is held out from training."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from scanners.japanese.training.split import held_out
from tests.benchmarks.accuracy.spans import Span

SHARED = Path(__file__).parents[4] / "shared" / "data"


class Absent(Exception):
    """Data that a measure needs isn't there; says which."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with the spans of the persons in it, and of all else that is labelled."""

    text: str
    persons: tuple[Span, ...]
    others: tuple[tuple[int, int, str], ...] = ()


def shared(name: str) -> Path:
    """Return a path of the open data; ``Absent`` if it isn't there."""
    path = SHARED / name
    if not path.exists():
        raise Absent(f"../shared/data/{name} is absent")
    return path


def sentences(name: str) -> list[Sentence]:
    """Return the held-out sentences of a labelled set."""
    lines = shared(f"ner/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    return [_sentence(row["text"], row["entities"]) for row in rows if held_out(row["text"])]


def sample(texts: Sequence[Sentence], count: int) -> list[Sentence]:
    """Choose some by a hash of their text: the same ones each time, whatever their order."""
    return sorted(texts, key=lambda one: blake2b(one.text.encode()).digest()[1:])[:count]


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV of the open data."""
    with shared(name).open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.reader(lines)


def _sentence(text: str, entities: Sequence[tuple[int, int, str]]) -> Sentence:
    persons = tuple((start, end) for start, end, label in entities if label == "PERSON")
    others = tuple((start, end, label) for start, end, label in entities if label != "PERSON")
    return Sentence(text, persons, others)
