"""印の付いた語 (marked words): what the open sets mark, alone as in a cell of a table.

Firms, places, goods and events are nobody's name. What is marked as a person, too, is left out, and
so are persons: alone they taught the model to take works for persons.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scanners.japanese.training.dictionary import is_name
from scanners.japanese.training.example import Example
from scanners.japanese.training.open_sets import Row, persons, read_rows
from scanners.japanese.training.split import held_out

_NOBODY = frozenset(
    (
        *("ORGANIZATION", "ORG", "FACILITY", "FAC", "PRODUCT", "ARTIFACT"),
        *("EVENT", "WORK_OF_ART", "LAW"),
    )
)


def marked_words(path: Path) -> Iterator[Example]:
    """Yield each marked word of the sentences that are not held out, once."""
    rows = [row for row in read_rows(path) if not held_out(row["text"])]
    people = {name for row in rows for name in _people(row)}
    others = {name for row in rows for name in _others(row)}
    for name in sorted(others - people):
        if not is_name(name):
            yield Example(name, (), "mark")


def _people(row: Row) -> Iterator[str]:
    return (row["text"][start:end] for start, end in persons(row))


def _others(row: Row) -> Iterator[str]:
    return (row["text"][start:end] for start, end, label in row["entities"] if label in _NOBODY)
