"""PERSON in open sentences: news, encyclopedia and web text, a fifth of each held apart.

Each set is cut by a hash of the sentence, so no sentence of it was trained on. How a model fares on
a set it wasn't trained on at all is a training run of its own: the model card keeps those scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.benchmarks.accuracy import card
from tests.benchmarks.accuracy.data import Sentence, sample, sentences
from tests.benchmarks.accuracy.detectors import NO_PEER, PEER, Detect, model, peer, shipped
from tests.benchmarks.accuracy.spans import exact, overlap, total
from tests.benchmarks.accuracy.table import Cell, Figure, Table, least

#: File, name for people, bar of exact F1.
SETS = (
    ("stockmark", "Stockmark", 0.87),
    ("ud_gsd_train", "GSD", 0.85),
    ("wikipedia_annotated", "Wikipedia Annotated", None),
)
COLUMNS = ("set", "who", "sentences", "persons", "exact F1", "P", "R", "overlap P", "overlap R")
#: The peer takes a second for 41 to 74 sentences.
_SAMPLE = 300


def tables() -> Iterator[Table]:
    """Measure every set; then what the model card says of the sets left out."""
    rows = [row for file, name, bar in SETS for row in compared(name, sentences(file), bar)]
    notes = ["Persons as the sets mark them, nothing put right."]
    notes += [] if peer() else [NO_PEER]
    yield Table("PERSON in sentences held out", COLUMNS, rows, notes)
    yield from card.tables()


def compared(name: str, texts: Sequence[Sentence], bar: float | None) -> Iterator[list[Cell]]:
    """Measure a set by everyone there is."""
    yield measured(name, "as shipped", shipped, texts, bar)
    alone, other = model(), peer()
    if alone:
        yield measured(name, "model alone", alone, texts)
    if other:
        yield measured(name, PEER, other, sample(texts, _SAMPLE))


def measured(
    name: str, who: str, detect: Detect, texts: Sequence[Sentence], bar: float | None = None
) -> list[Cell]:
    """Return a row of the table."""
    found = detect([one.text for one in texts])
    pairs = [(one.persons, spans) for one, spans in zip(texts, found, strict=True)]
    same = total(exact(*pair) for pair in pairs)
    some = total(overlap(*pair) for pair in pairs)
    f1 = least(same.f1, bar) if bar else Figure(same.f1)
    others = (same.precision, same.recall, some.precision, some.recall)
    return [name, who, len(texts), same.true, f1, *map(Figure, others)]
