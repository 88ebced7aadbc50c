"""PERSON in business texts of our own: mail, chat, logs, forms, records; templates unseen before.

The templates were written for this measure alone, by another hand than those for training; the
people's full names are held out too. Traps are companies, towns, stations, shops and goods that
sound like names.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.accuracy.detectors import NO_PEER, peer, shipped
from tests.benchmarks.accuracy.sentences import COLUMNS, compared, measured
from tests.benchmarks.accuracy.table import Table
from tests.benchmarks.accuracy.templates import filled, genres

_TIMES, _SEED, _BAR = 4, 31, 0.93


def tables() -> Iterator[Table]:
    """Measure every genre, and all."""
    texts = {genre: list(filled(genre, _TIMES, _SEED)) for genre in genres()}
    rows = [measured(genre, "as shipped", shipped, told) for genre, told in texts.items()]
    everything = [one for told in texts.values() for one in told]
    notes = [f"{len(everything) // _TIMES} templates, each with {_TIMES} times other people."]
    rows += compared("all", everything, _BAR)
    yield Table("PERSON in business texts", COLUMNS, rows, notes + ([] if peer() else [NO_PEER]))
