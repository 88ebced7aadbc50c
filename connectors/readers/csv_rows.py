"""Rows of cells as a piece of a table, and the count of what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from connectors.place import Status
from connectors.readers.base import Gap, Piece
from connectors.readers.record import numbered


class Unfinished(Exception):  # says what happened
    """The fast way can't go on; the records in the tally are done."""


@dataclass(slots=True)
class Tally:
    """``records`` done so far; ``ragged`` have too few or too many cells, ``unclosed`` a quote."""

    records: int = 0
    ragged: int = 0
    unclosed: int = 0

    def gaps(self) -> Iterator[Gap]:
        """Tell what was wrong."""
        if self.ragged:
            reason = "records have fewer or more cells than the table has columns; all were kept"
            yield Gap(Status.PARTIAL, f"{self.ragged} {reason}", self.ragged)
        if self.unclosed:
            reason = "lines open a quote that is never closed; it was read as a character"
            yield Gap(Status.PARTIAL, f"{self.unclosed} {reason}", self.unclosed)


def piece(rows: Sequence[Sequence[str]], numbers: Sequence[int], names: Sequence[str]) -> Piece:
    """Make a piece of ``rows``; shorter ones end in nulls, longer ones in columns ``cN``."""
    width = max(len(names), max(map(len, rows), default=0))
    extra = [f"c{at}" for at in range(len(names) + 1, width + 1)]
    padded = ([*row, *[None] * (width - len(row))] for row in rows)
    columns = [
        pa.array([cell or None for cell in column], pa.string())
        for column in zip(*padded, strict=True)
    ]
    values = pa.RecordBatch.from_arrays(columns, unused(names, extra))
    return Piece(numbered("row", pa.array(numbers, pa.int64())), values)


def unused(names: Sequence[str], extra: Sequence[str]) -> list[str]:
    """Append ``extra`` names, each made different from every other."""
    taken = list(names)
    for name in extra:
        free = name
        while free in taken:
            free += "#2"
        taken.append(free)
    return taken
