"""差し替え (recasting): sentences of the open sets with other persons, companies, places, products.

Somebody wrote the sentence, what it speaks of is made up: 山田工業 where a company stood, 鈴木町
where a town. So the model learns from the words around a name, not from the names of the sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from scanners.japanese.training.augment import other
from scanners.japanese.training.example import Example
from scanners.japanese.training.names import Names
from scanners.japanese.training.open_sets import Row, persons, read_rows
from scanners.japanese.training.split import held_out
from scanners.japanese.training.things import FILLERS

#: What stands for the marks of the three sets, and how many in a hundred are swapped.
_KINDS = {
    **dict.fromkeys(("ORGANIZATION", "ORG"), "company"),
    **dict.fromkeys(("LOCATION", "GPE", "LOC"), "town"),
    **dict.fromkeys(("FACILITY", "FAC"), "named_place"),
    **dict.fromkeys(("PRODUCT", "ARTIFACT"), "coined"),
}
_SWAPPED = 60
_PERSON = "PERSON"
_Mark = tuple[int, int, str]


def recast(path: Path, random: Random, names: Names) -> Iterator[Example]:
    """Recast, once, each sentence of a set that is not held out and has something to swap."""
    for row in read_rows(path):
        marks = list(_marks(row))
        if marks and not held_out(row["text"]):
            yield _recast(row["text"], marks, random, names)


def _marks(row: Row) -> Iterator[_Mark]:
    """Marks in order, none over another; persons go first."""
    named = [(start, end, _PERSON) for start, end in persons(row)]
    taken = {at for start, end, _ in named for at in range(start, end)}
    others = [mark for mark in row["entities"] if mark[2] in _KINDS]
    free = [mark for mark in others if taken.isdisjoint(range(mark[0], mark[1]))]
    yield from _apart(sorted((start, end, label) for start, end, label in (*named, *free)))


def _apart(marks: Iterable[_Mark]) -> Iterator[_Mark]:
    last = 0
    for start, end, label in marks:
        if start >= last:
            yield start, end, label
            last = end


def _recast(text: str, marks: list[_Mark], random: Random, names: Names) -> Example:
    made, spans, at = "", [], 0
    swapped: dict[str, str] = {}
    for start, end, label in marks:
        old = text[start:end]
        new = swapped.setdefault(old, _new(old, label, random, names))
        made += text[at:start]
        if label == _PERSON:
            spans.append((len(made), len(made) + len(new)))
        made, at = made + new, end
    return Example(made + text[at:], tuple(spans), "recast")


def _new(old: str, label: str, random: Random, names: Names) -> str:
    if label == _PERSON:
        return other(old, random, names)
    if random.randrange(100) >= _SWAPPED:
        return old
    return FILLERS[_KINDS[label]](random, names)
