"""The fast way through a table in text: Arrow's own parser, block by block.

Records with too few or too many cells, which Arrow gives back, become a piece of their own. What
it can't read at all raises ``Unfinished`` or ``ArrowInvalid`` and is left to the patient way.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from pyarrow import csv

from connectors.readers.ahead import Ahead
from connectors.readers.base import Piece
from connectors.readers.csv_plan import Plan
from connectors.readers.csv_rows import Tally, Unfinished, piece
from connectors.readers.record import numbered
from connectors.readers.transcode import Utf8

_BLOCK = 1 << 22
_MOST_RAGGED = 10_000
_MOST_ROWS = 16_384


@dataclass(slots=True)
class _Ragged:
    """Records that Arrow gave back and that wait for their turn: number and text."""

    waiting: list[tuple[int, str]] = field(default_factory=list)

    def take(self, row: csv.InvalidRow) -> str:
        self.waiting.append((row.number, row.text))
        return "error" if len(self.waiting) > _MOST_RAGGED else "skip"

    def until(self, number: int | None) -> list[tuple[int, str]]:
        """Give away those below ``number``."""
        ready = [each for each in self.waiting if number is None or each[0] < number]
        self.waiting = self.waiting[len(ready) :]
        return ready


def read(stream: Utf8, plan: Plan, tally: Tally) -> Iterator[Piece]:
    """Read the records after the header; ``tally`` always tells how many were given away."""
    decoded = io.BufferedReader(stream, 1 << 20)
    _skip(decoded, plan.skip)
    if plan.names and decoded.peek(1):
        with closing(Ahead(decoded)) as ahead:
            yield from _records(io.BufferedReader(ahead, 1 << 20), stream, plan, tally)


def _records(
    source: io.BufferedReader[Ahead], stream: Utf8, plan: Plan, tally: Tally
) -> Iterator[Piece]:
    ragged = _Ragged()
    held = None
    for batch in _open(source, plan, ragged):
        if held is not None:
            yield from _pieces(held, plan, ragged, tally)
        held = batch
    yield from _last(held, plan, ragged, tally, doubtful=stream.quotes % 2 == 1)


def _last(
    held: pa.RecordBatch | None, plan: Plan, ragged: _Ragged, tally: Tally, *, doubtful: bool
) -> Iterator[Piece]:
    """Give the rest; where a quote stayed open, the last record may be many, so leave it."""
    size = 0 if held is None else held.num_rows
    end = tally.records + size + len(ragged.waiting)
    last_is_ragged = bool(ragged.waiting) and ragged.waiting[-1][0] == end
    cut = doubtful and _spans_lines(held, ragged if last_is_ragged else None)
    if cut and last_is_ragged:
        ragged.waiting.pop()
    elif cut and held is not None:
        held = held.slice(0, size - 1)
    if held is not None:
        yield from _pieces(held, plan, ragged, tally)
    yield from _ragged_pieces(ragged.until(None), plan, tally)
    if cut:
        raise Unfinished


def _spans_lines(held: pa.RecordBatch | None, ragged: _Ragged | None) -> bool:
    if ragged is not None:
        return "\n" in ragged.waiting[-1][1]
    if held is None or not held.num_rows:
        return False
    return any("\n" in (column[-1].as_py() or "") for column in held.columns)


def _open(source: io.BufferedReader[Ahead], plan: Plan, ragged: _Ragged) -> csv.CSVStreamingReader:
    dialect = plan.dialect
    return csv.open_csv(
        pa.PythonFile(source, "r"),
        csv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=list(plan.names)),
        csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote,
            escape_char=dialect.escape or False,
            newlines_in_values=True,
            invalid_row_handler=ragged.take,
        ),
        csv.ConvertOptions(
            check_utf8=False,  # the stream is valid by construction
            column_types=dict.fromkeys(plan.names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def _skip(source: io.BufferedReader[Utf8], size: int) -> None:
    while size > 0:
        size -= len(source.read(min(size, 1 << 20)))


def _pieces(batch: pa.RecordBatch, plan: Plan, ragged: _Ragged, tally: Tally) -> Iterator[Piece]:
    numbers = _numbers(batch.num_rows, ragged, tally.records + 1)
    for start in range(0, batch.num_rows, _MOST_ROWS):
        some = pa.array(numbers[start : start + _MOST_ROWS])
        yield Piece(numbered("row", some), batch.slice(start, _MOST_ROWS))
    if len(numbers):
        ready = ragged.until(int(numbers[-1]))
        tally.records = int(numbers[-1]) - len(ready)
        yield from _ragged_pieces(ready, plan, tally)


def _numbers(rows: int, ragged: _Ragged, first: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number ``rows`` records from ``first`` on, leaving out those that Arrow gave back."""
    taken = np.array([number for number, _ in ragged.waiting], np.int64)
    everything = np.arange(first, first + rows + len(taken), dtype=np.int64)
    return np.setdiff1d(everything, taken, assume_unique=True)[:rows]


def _ragged_pieces(ready: list[tuple[int, str]], plan: Plan, tally: Tally) -> Iterator[Piece]:
    if not ready:
        return
    rows = [next(plan.dialect.rows(io.StringIO(text, newline=""))) for _, text in ready]
    tally.records += len(ready)
    tally.ragged += len(ready)
    yield piece(rows, [number for number, _ in ready], plan.names)
