"""PERSON in business texts of our own: mail, chat, logs, forms, records; templates unseen before.

The templates were written for this measure alone, by another hand than those for training; the
people's full names are held out too. Traps are companies, towns, stations, shops and goods that
sound like names. What the first set missed was looked at once while the model was made; the second
was written after that, and its misses were never seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.accuracy.detectors import NO_PEER, peer, shipped
from tests.benchmarks.accuracy.sentences import COLUMNS, compared, measured
from tests.benchmarks.accuracy.table import Table
from tests.benchmarks.accuracy.templates import filled, genres

_TIMES, _SEED, _BAR, _SECOND = 4, 31, 0.93, "second"


def tables() -> Iterator[Table]:
    """Measure every genre, and all."""
    texts = {genre: list(filled(genre, _TIMES, _SEED)) for genre in genres()}
    second = texts.pop(_SECOND)
    rows = [measured(genre, "as shipped", shipped, told) for genre, told in texts.items()]
    first = [one for told in texts.values() for one in told]
    count = (len(first) + len(second)) // _TIMES
    notes = [f"{count} templates, each with {_TIMES} times other people."]
    rows += compared("first set", first, _BAR)
    rows += compared("second set", second, _BAR)
    yield Table("PERSON in business texts", COLUMNS, rows, notes + ([] if peer() else [NO_PEER]))
