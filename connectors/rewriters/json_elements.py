"""Elements of a JSON array, or values one after the other, by the places of their bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO, cast

from connectors.change import Why
from connectors.rewriters.hindered import TWO_WAYS, Hindered
from connectors.rewriters.raw_lines import Span

_CHUNK = 1 << 16
_LARGEST = 1 << 27
_SPACE = " \t\n\r"
_DECODER = json.JSONDecoder(strict=False)


class Elements:
    """The elements in order; once given, ``is_array`` tells what they stood in."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        file.seek(start)
        self._text = io.TextIOWrapper(cast("BinaryIO", _Left(file)), "utf-8", newline="")
        self._held = ""
        self._at = 0
        self._byte = start
        self.is_array = False

    def spans(self) -> Iterator[Span]:
        """Yield where each begins and ends; raises ``Hindered`` where it isn't JSON in UTF-8."""
        try:
            self.is_array = self._take("[")
            while not self._is_over():
                start = self._byte
                self._value()
                yield Span(start, self._byte)
                if not self._take(",") and self.is_array and self._peek() != "]":
                    raise Hindered(Why.BY_HAND, TWO_WAYS)
        except (UnicodeError, RecursionError):
            raise Hindered(Why.BY_HAND, TWO_WAYS) from None

    def _is_over(self) -> bool:
        return self._take("]") if self.is_array else not self._peek()

    def _peek(self) -> str:
        while True:
            end = self._at
            while end < len(self._held) and self._held[end] in _SPACE:
                end += 1
            self._byte += end - self._at
            self._at = end
            if end < len(self._held):
                return self._held[end]
            if not self._more(_CHUNK):
                return ""

    def _take(self, character: str) -> bool:
        found = self._peek() == character
        self._at += found
        self._byte += found
        return found

    def _value(self) -> None:
        size = _CHUNK
        while True:
            try:
                end = _DECODER.raw_decode(self._held, self._at)[1]
            except ValueError:
                end = -1
            # A number that ends where the window ends may go on behind it.
            if end >= 0 and (end < len(self._held) or not self._more(size)):
                self._byte += len(self._held[self._at : end].encode())
                self._at = end
                return
            if end < 0 and not self._more(size):
                raise Hindered(Why.BY_HAND, TWO_WAYS)
            end = -1
            size *= 2

    def _more(self, size: int) -> bool:
        if len(self._held) - self._at > _LARGEST:
            raise Hindered(Why.BY_HAND, TWO_WAYS)
        chunk = self._text.read(size)
        if chunk:
            self._held = self._held[self._at :] + chunk
            self._at = 0
        return bool(chunk)


class _Left(io.BufferedIOBase):
    """A file that is left open by whoever wraps it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(-1 if size is None else size)

    def read1(self, size: int = -1) -> bytes:
        return self._file.read(size)
