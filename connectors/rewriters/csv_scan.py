"""The fast way to records of a table in text: quotes and line ends counted as bytes, in blocks.

It holds where no character contains a quote, a delimiter or a line end as a byte, where every
quote that opens a cell stands at its beginning, and where no record goes on for so long that a
reader would take its quote for one left open. All else raises ``Doubtful``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from connectors.encoding import Codec
from connectors.readers.csv_plan import Plan
from connectors.rewriters.csv_bits import Counting
from connectors.rewriters.csv_found import Found, Record

_Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
_Places = np.ndarray[tuple[int], np.dtype[np.intp]]
_Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]

#: Small enough that what is made of it stays in a processor's own memory.
_BLOCK = 1 << 19
_LF, _CR, _ESCAPE = 10, 13, b"\x1b"
_PLAIN = frozenset((Codec.ASCII, Codec.UTF_8, Codec.CP932, Codec.EUC_JP))
#: Below those of :mod:`connectors.readers.csv_patient`.
_LONGEST, _MOST_LINES = 1 << 20, 4_000


class Doubtful(Exception):
    """Bytes alone don't tell the records."""


def scan(file: BinaryIO, plan: Plan, start: int, wanted: Collection[int]) -> Found:
    """Find records in what comes from ``start`` on; raises ``Doubtful``."""
    dialect = plan.dialect
    if plan.guess.codec not in _PLAIN or dialect.escape or dialect.delimiter not in ",\t;":
        raise Doubtful
    found = Found(wanted)
    state = _State(start, dialect.delimiter.encode(), dialect.quote.encode(), sorted(wanted))
    file.seek(start)
    for block in _blocks(file):
        if plan.guess.codec == Codec.ASCII and _ESCAPE in block:
            raise Doubtful  # ISO-2022-JP may begin here
        state.take(block, found)
    state.end(found)
    return found


@dataclass(slots=True)
class _State:
    """What is known where a block begins: ``at`` in the file, the record that lies across it."""

    at: int
    delimiter: bytes
    quote: bytes
    wanted: Sequence[int]
    start: int = -1
    within: bool = False
    lines: int = 0
    before: int = _LF

    def __post_init__(self) -> None:
        self.start = self.at

    def take(self, block: bytes, found: Found) -> None:
        """Take the records that end in ``block``."""
        if self.at - self.start > _LONGEST:
            raise Doubtful
        if not self._none_wanted(block, found):
            codes = np.frombuffer(block, np.uint8)
            breaks, quotes = _breaks(block, codes), self._quotes(block, codes)
            self._records(codes, self._outside(np.flatnonzero(breaks), quotes), found)
        self.before = block[-1]
        self.at += len(block)

    def end(self, found: Found) -> None:
        """Take the last record if no line end follows it."""
        if self.within:
            raise Doubtful
        if self.start < self.at:
            found.records += 1
            if found.records in found.wanted:
                found.spans[found.records] = Record(self.start, self.at)

    def _quotes(self, block: bytes, codes: _Bytes) -> _Places | None:
        """Return where quotes stand; each that opens a cell must stand at its beginning."""
        if self.quote not in block:
            return None
        places = np.flatnonzero(codes == self.quote[0])
        opening = places[self.within :: 2]
        before = np.where(opening > 0, codes[opening - 1], self.before)
        allowed = np.zeros(256, np.bool_)
        allowed[[*self.delimiter, *self.quote, _LF, _CR]] = True
        if not allowed[before].all():
            raise Doubtful
        return places

    def _outside(self, places: _Places, quotes: _Places | None) -> _Places:
        """Leave out line ends in quotes; raise ``Doubtful`` where a record goes on for long."""
        if quotes is None:
            inside = np.full(len(places), self.within)
        else:
            inside = (np.searchsorted(quotes, places) + self.within) % 2 == 1
            self.within = bool((len(quotes) + self.within) % 2)
        outer = np.flatnonzero(~inside)
        taken = np.diff(outer, prepend=-1 - self.lines)
        self.lines = len(places) - 1 - int(outer[-1]) if len(outer) else self.lines + len(places)
        kept = places[outer]
        sizes = np.diff(kept, prepend=self.start - self.at)
        if max(self.lines, taken.max(initial=0)) > _MOST_LINES or (sizes > _LONGEST).any():
            raise Doubtful
        return kept

    def _none_wanted(self, block: bytes, found: Found) -> bool:
        """Count the records of a plain block, if no wanted one is among them."""
        starts = self.start == self.at
        counting = Counting(self.delimiter[0], self.quote[0])
        told = counting.counted(block, self.before, within=self.within, starts=starts)
        if told is None or self._wanted(found.records, told.records):
            return False
        found.records += told.records
        self.start = self.at + told.last + 1
        self.within, self.lines = told.within, 0
        return True

    def _records(self, codes: _Bytes, places: _Places, found: Found) -> None:
        if not len(places):
            return
        starts = np.concatenate([[self.start - self.at], places[:-1] + 1])
        blank = _is_break(codes[np.maximum(starts, 0)]) & (starts >= 0)
        numbers = np.flatnonzero(~blank)
        for each in self._wanted(found.records, len(numbers)):
            here = numbers[each - found.records - 1]
            end = self.at + int(places[here]) + 1
            found.spans[each] = Record(self.at + int(starts[here]), end)
        found.records += len(numbers)
        self.start = self.at + int(places[-1]) + 1

    def _wanted(self, before: int, records: int) -> Sequence[int]:
        """Return the numbers wanted among so many records behind ``before`` others."""
        first = bisect_right(self.wanted, before)
        return self.wanted[first : bisect_right(self.wanted, before + records)]


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield blocks that end with no CR whose LF may follow."""
    while block := file.read(_BLOCK):
        while block.endswith(b"\r") and (more := file.read(1)):
            block += more
        yield block


def _breaks(block: bytes, codes: _Bytes) -> _Flags:
    """Flag the last byte of each line end."""
    feeds = np.equal(codes, _LF)
    if b"\r" not in block:
        return feeds
    returns = np.equal(codes, _CR)
    returns[:-1] &= ~feeds[1:]
    return np.logical_or(feeds, returns)


def _is_break(codes: _Bytes) -> _Flags:
    return np.logical_or(np.equal(codes, _LF), np.equal(codes, _CR))
