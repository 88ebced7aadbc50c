r"""A window over a dump of any size: the part of its bytes that is looked at, as UTF-8.

A dump in UTF-8 goes by as it is, so that places in it are places in the file, and bytes of a
photograph among its values stay what they are. Any other encoding is decoded first, since in
CP932 a kanji may end with the backslash that escapes a quote; what doesn't decode goes by as the
half of a surrogate pair that :mod:`connectors.encoding` makes of it.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from connectors.encoding import Codec, Guess, detect, incremental
from connectors.errors import Damaged
from connectors.readers.sql_mixed import Mixed

CHUNK = 1 << 21
#: A row, or a statement that is no row, larger than this isn't looked at as a whole.
MOST = 1 << 26
#: Begins two-byte characters in ISO-2022-JP, which is ASCII otherwise.
_JIS = b"\x1b$"
_AS_IT_IS = (Codec.UTF_8, Codec.ASCII)


class Window:
    """Bytes of ``file`` from the place ``start`` on; ``data[pos:]`` is still to be looked at.

    ``damage`` says why the file ended early, if it did. ``codec`` is settled by the first bytes
    that aren't ASCII.
    """

    def __init__(
        self, file: BinaryIO, codec: str, start: int = 0, *, is_mixed: bool = False
    ) -> None:
        self.codec = codec
        self.data = b""
        self.pos = 0
        self.ended = False
        self.damage: Damaged | None = None
        self._file = file
        self._at = 0
        self._lines = self._counted = 0
        self._is_mixed = is_mixed
        self._decoder: codecs.IncrementalDecoder | Mixed | None = None
        file.seek(start if codec in _AS_IT_IS else 0)
        self._skip(start)

    @property
    def at(self) -> int:
        """Return the place in the dump that is looked at."""
        return self._at + self.pos

    @property
    def left(self) -> int:
        """Return how many bytes of the window are still to be looked at."""
        return len(self.data) - self.pos

    def line(self) -> int:
        """Return the number of the line that is looked at, from where the window was opened."""
        self._lines += self.data.count(b"\n", self._counted, self.pos)
        self._counted = self.pos
        return self._lines + 1

    def more(self) -> bool:
        """Widen the window, to twice what is left of it at least; tell whether there was more."""
        chunk = b"" if self.ended else self._chunk(max(CHUNK, self.left))
        self.ended = not chunk
        self.line()
        self._at += self.pos
        self._counted = 0
        self.data, self.pos = self.data[self.pos :] + chunk, 0
        return bool(chunk)

    def has(self, size: int) -> bool:
        """Widen the window until so much is left to be looked at; tell whether anything is."""
        while self.left < size and self.more():
            pass
        return self.left > 0

    def take(self, end: int) -> bytes:
        """Go on to ``end`` of the data, and return what was passed."""
        passed = self.data[self.pos : end]
        self.pos = end
        return passed

    def _skip(self, start: int) -> None:
        if self.codec in _AS_IT_IS:
            self._at = start
            return
        while self.at < start and self.has(1):
            self.pos += min(self.left, start - self.at)

    def _chunk(self, size: int) -> bytes:
        raw = self._raw(size)
        if self.codec == Codec.ASCII and (not raw.isascii() or _JIS in raw):
            self.codec = detect(raw).codec
        if self.codec in _AS_IT_IS:
            return raw
        if self._decoder is None:
            self._decoder = Mixed(self.codec) if self._is_mixed else incremental(self.codec)
        text = self._decoder.decode(raw, final=not raw)
        return text.encode("utf-8", "surrogatepass")

    def _raw(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except Damaged as damage:  # what came before it is still to be read
            self.damage = damage
            return b""


def opened(file: BinaryIO, guess: Guess, start: int = 0, *, is_mixed: bool = False) -> Window:
    """Open a dump at a place that an earlier window told, or at its first character."""
    is_raw = guess.codec in _AS_IT_IS
    window = Window(file, guess.codec, start or (guess.bom if is_raw else 0), is_mixed=is_mixed)
    if not start and window.has(3) and window.data.startswith(codecs.BOM_UTF8):
        window.pos = 3
    return window
