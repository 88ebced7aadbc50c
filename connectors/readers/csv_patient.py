"""The patient way through a table in text: Python's parser, with an eye on quotes left open.

A quote that is never closed would swallow the rest of the file into one cell. So a record may
span only so many lines; past that its first line is read with the quote as a character.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from itertools import islice

from connectors.readers.base import Piece
from connectors.readers.csv_plan import Plan
from connectors.readers.csv_rows import Tally, piece
from connectors.readers.dialect import Dialect
from connectors.readers.transcode import Utf8

_ROWS = 10_000
_CHARACTERS = 1 << 23
_CELLS = 1 << 20
_SPAN_LINES = 5_000
_SPAN_CHARACTERS = 1 << 20


class _Unclosed(Exception):  # never leaves this module
    """A record goes on for too long."""


class _Lines:
    """Lines that can be put back, and that know how many the current record has taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self._most = _SPAN_LINES
        self.taken: list[str] = []
        self._size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines, None)
        if line is None and not self.taken:
            raise StopIteration
        if line is None or len(self.taken) > self._most or self._size > _SPAN_CHARACTERS:
            if line is not None:
                self._back.appendleft(line)
            raise _Unclosed
        self.taken.append(line)
        self._size += len(line)
        return line

    def done(self) -> None:
        self.taken = []
        self._size = 0

    def give_back(self) -> str:
        """Keep the first line and put the others back; the next search is shorter."""
        first, *others = self.taken
        self._back.extendleft(reversed(others))
        self._most = max(20, self._most // 2)
        self.done()
        return first


def read(stream: Utf8, plan: Plan, tally: Tally) -> Iterator[Piece]:
    """Read the records after the first ``tally.records``."""
    source = io.BufferedReader(stream, 1 << 20)
    _skip(source, plan.skip)
    lines = io.TextIOWrapper(source, "utf-8", newline="")
    rows = (row for _, row in counted(lines, plan.dialect, tally) if row)
    records = islice(rows, tally.records, None)
    while some := _some(records):
        yield from _pieces(some, plan, tally)


def counted(
    lines: Iterator[str], dialect: Dialect, tally: Tally
) -> Iterator[tuple[int, list[str]]]:
    """Yield every row and the number of lines it took; a blank line is a row without cells."""
    feed = _Lines(lines)
    reader = dialect.rows(feed)
    while True:
        try:
            row = next(reader, None)
            taken = len(feed.taken)
        except (_Unclosed, csv.Error):
            tally.unclosed += 1
            row = next(dialect.rows([feed.give_back()], quoted=False), [])
            taken = 1
        feed.done()
        if row is None:
            return
        yield taken, row


def _skip(source: io.BufferedReader[Utf8], size: int) -> None:
    while size > 0:
        size -= len(source.read(min(size, 1 << 20)))


def _some(records: Iterator[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    size = cells = 0
    for row in records:
        rows.append(row)
        size += sum(map(len, row))
        cells = max(cells, len(row))
        if len(rows) >= _ROWS or size > _CHARACTERS or cells * len(rows) > _CELLS:
            break
    return rows


def _pieces(rows: list[list[str]], plan: Plan, tally: Tally) -> Iterator[Piece]:
    """Give regular records first, then ragged ones with the columns they add."""
    first, width = tally.records + 1, len(plan.names)
    tally.records += len(rows)
    numbered = list(enumerate(rows, first))
    regular = [(number, row) for number, row in numbered if len(row) == width]
    ragged = [(number, row) for number, row in numbered if len(row) != width]
    tally.ragged += len(ragged)
    for some in filter(None, (regular, ragged)):
        numbers, cells = zip(*some, strict=True)
        yield piece(cells, numbers, plan.names)
