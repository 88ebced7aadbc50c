"""The lines of a dump that hold no rows, numbered as in the file."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from connectors.readers.base import Piece
from connectors.readers.record import numbered
from connectors.readers.sql_scan import Rest
from connectors.readers.sql_values import Values

_MOST_LINES = 10_000
_MOST_BYTES = 1 << 22
#: A longer line is given in parts, under its one name.
_LONGEST = 1 << 20


class TextLines:
    """Gathers lines; one on which several statements stand is one line."""

    def __init__(self, *, escapes: bool) -> None:
        self._values = Values(escapes=escapes)
        self._lines: list[tuple[int, bytes]] = []
        self._size = 0

    def take(self, part: Rest) -> Iterator[Piece]:
        """Add what is no row; give what is complete, once it is much."""
        for number, line in enumerate(part.body.split(b"\n"), part.line):
            self._add(number, line.rstrip(b"\r"))
        if self._size > _MOST_BYTES or len(self._lines) > _MOST_LINES:
            kept = self._lines.pop()
            yield from self.last()
            self._add(*kept)

    def last(self) -> Iterator[Piece]:
        """Give what is left."""
        lines = [(number, line) for number, line in self._lines if line.strip()]
        if lines:
            numbers, texts = zip(*lines, strict=True)
            column = self._values.text(pa.array(texts, pa.binary()))
            records = numbered("line", pa.array(numbers, pa.int64()))
            yield Piece(records, pa.RecordBatch.from_arrays([column], ["text"]))
        self._lines, self._size = [], 0

    def _add(self, number: int, line: bytes) -> None:
        self._size += len(line)
        if self._lines and self._lines[-1][0] == number:
            line = self._lines.pop()[1] + line
        starts = range(0, max(1, len(line)), _LONGEST)
        self._lines += [(number, line[at : at + _LONGEST]) for at in starts]
