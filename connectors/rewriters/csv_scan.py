"""The fast way to records of a table in text: quotes and line ends counted as bytes, in blocks.

It holds where no character contains a quote, a delimiter or a line end as a byte, where every
quote that opens a cell stands at its beginning, and where no record goes on for so long that a
reader would take its quote for one left open. All else raises ``Doubtful``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from connectors.encoding import Codec
from connectors.readers.csv_plan import Plan
from connectors.rewriters.csv_found import Found, Record

_Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
_Places = np.ndarray[tuple[int], np.dtype[np.intp]]
_Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]

_BLOCK = 1 << 23
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
    state = _State(start, dialect.delimiter.encode(), dialect.quote.encode())
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
        codes = np.frombuffer(block, np.uint8)
        breaks = _breaks(block, codes)
        quotes = self._quotes(block, codes)
        if quotes is not None or self.within:
            self._records(codes, self._outside(np.flatnonzero(breaks), quotes), found)
        elif not self._none_wanted(codes, breaks, found):
            self._records(codes, np.flatnonzero(breaks), found)
        self.before = int(codes[-1])
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
            inside = np.ones(len(places), np.bool_)
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

    def _none_wanted(self, codes: _Bytes, breaks: _Flags, found: Found) -> bool:
        """Count the records of a block without quotes, if no wanted one is among them."""
        starts_line = self.start == self.at
        last = len(codes) - 1 - int(breaks[::-1].argmax()) if breaks.any() else -1
        if last < 0:
            return True
        empty = breaks[:-1] & _is_break(codes[1:])
        blank = int(np.count_nonzero(empty[:last]))
        blank += starts_line and int(codes[0]) in {_LF, _CR}
        records = int(np.count_nonzero(breaks)) - blank
        self.lines = 0
        if any(found.records < each <= found.records + records for each in found.wanted):
            return False
        found.records += records
        self.start = self.at + last + 1
        return True

    def _records(self, codes: _Bytes, places: _Places, found: Found) -> None:
        if not len(places):
            return
        starts = np.concatenate([[self.start - self.at], places[:-1] + 1])
        blank = _is_break(codes[np.maximum(starts, 0)]) & (starts >= 0)
        numbers = np.flatnonzero(~blank)
        for each in found.wanted:
            index = each - found.records - 1
            if 0 <= index < len(numbers):
                here = numbers[index]
                end = self.at + int(places[here]) + 1
                found.spans[each] = Record(self.at + int(starts[here]), end)
        found.records += len(numbers)
        self.start = self.at + int(places[-1]) + 1


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
