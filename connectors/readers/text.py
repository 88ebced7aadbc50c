"""Plain text and logs: one record a line, ``{"line":7}``, with the one field ``text``.

A line ends with LF, CR LF or CR. Blank lines are left out; numbers count them. A line longer than
a million characters is read in parts under its one name, and said so: what lies across a cut can
be missed, and offsets count from the part's start.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from connectors.place import Field, Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.head import head
from connectors.readers.record import numbered
from connectors.readers.transcode import Utf8

_ROWS = 20_000
_CHARACTERS = 1 << 22
_LONGEST = 1 << 20


class TextReader:
    """Reads lines."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Tell the encoding; the only field is ``text``."""
        guess = head(file).guess
        return Layout("text/plain", (Field("text", "string"),), guess.codec, guess.evidence)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read all lines."""
        stream = Utf8(file, head(file).guess)
        text = io.TextIOWrapper(io.BufferedReader(stream, 1 << 20), "utf-8", newline="")
        lines = _Lines(text)
        while some := list(lines.some()):
            yield _piece(some)
        yield from stream.gaps()
        if lines.cut:
            reason = "lines are longer than a million characters and were read in parts"
            yield Gap(Status.PARTIAL, f"{lines.cut} {reason}", lines.cut)


class _Lines:
    """Lines with their numbers; ``cut`` counts those that were too long."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._number = 1
        self._within = False
        self.cut = 0

    def some(self) -> Iterator[tuple[int, str]]:
        """Yield the next lines that aren't blank, a bounded amount of them."""
        rows = size = 0
        while rows < _ROWS and size < _CHARACTERS and (part := self._text.readline(_LONGEST)):
            number = self._counted(part)
            line = part.rstrip("\r\n")
            if line.strip():
                rows += 1
                size += len(line)
                yield number, line

    def _counted(self, part: str) -> int:
        """Return the number of the line that ``part`` belongs to."""
        number, ended = self._number, part.endswith(("\n", "\r"))
        self.cut += not ended and len(part) == _LONGEST and not self._within
        self._within = not ended
        self._number += ended
        return number


def _piece(lines: list[tuple[int, str]]) -> Piece:
    numbers, texts = zip(*lines, strict=True)
    values = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], ["text"])
    return Piece(numbered("line", pa.array(numbers, pa.int64())), values)
