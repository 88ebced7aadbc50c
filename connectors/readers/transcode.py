r"""A file's text as UTF-8, whatever it is written in, as a stream of bounded memory.

The encoding is guessed from the head, but what comes later may say otherwise: a file can be ASCII
for a gigabyte before its first name, or two files pasted together. So every chunk is checked, and
lines that don't fit are decided one by one. Nothing is replaced in silence: bytes that fit nowhere
stay visible as ``\x..`` and are counted.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from connectors.encoding import Codec, Guess, decode, detect, incremental
from connectors.errors import Damaged
from connectors.kept import show_kept
from connectors.place import Status
from connectors.readers.base import Gap

_CHUNK = 1 << 20
_UNCUT = 1 << 23  # a line longer than this is cut where no character can be

#: After such a byte no encoding of Japanese is within a character: trailing bytes start at 0x40.
_SAFE = re.compile(rb"[\x00-\x3f](?=[^\x00-\x3f]*\Z)")
_JIS = re.compile(rb"\x1b(?:\$[@B(]|\([IJ])")


class Utf8(io.RawIOBase):
    r"""``file`` from its first character on, as UTF-8 bytes.

    ``undecodable`` counts bytes shown as ``\x..``, ``switched`` lines read in another encoding
    than the file's, ``quotes`` the double quotes that went by.
    """

    def __init__(self, file: BinaryIO, guess: Guess) -> None:
        super().__init__()
        file.seek(guess.bom)
        self.undecodable = 0
        self.switched = 0
        self.quotes = 0
        self._file = file
        self._codec = guess.codec
        self._damage: Damaged | None = None
        self._chunks = self._encoded()
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12
        """Fill ``buffer`` with what comes next; 0 at the end."""
        while not self._ready:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self.quotes += chunk.count(b'"')
            self._ready = memoryview(chunk)
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def gaps(self) -> Iterator[Gap]:
        """Tell what didn't decode, and where the file breaks off."""
        if self._damage:
            yield Gap(Status.PARTIAL, str(self._damage))
        if self.undecodable:
            reason = "bytes could not be decoded; they are kept as \\x.. in their values"
            yield Gap(Status.PARTIAL, f"{self.undecodable} {reason}", self.undecodable)
        if self.switched:
            reason = f"lines are not in the file's encoding; read as what fits each ({self._codec})"
            yield Gap(Status.PARTIAL, f"{self.switched} {reason}", self.switched)

    def _encoded(self) -> Iterator[bytes]:
        for data in self._cut():
            if self._codec == Codec.ASCII and _JIS.search(data):
                self._codec = Codec.ISO_2022_JP
            if self._is_stateful():
                yield from self._decoded_with_state(data)
                return
            yield self._converted(data)

    def _more(self) -> bytes:
        try:
            return self._file.read(_CHUNK)
        except Damaged as damage:  # what came before it is still to be read
            self._damage = damage
            return b""

    def _is_stateful(self) -> bool:
        return self._codec == Codec.ISO_2022_JP or self._codec.startswith(("utf-16", "utf-32"))

    def _decoded_with_state(self, first: bytes) -> Iterator[bytes]:
        decoder = incremental(self._codec)
        data = first + self._rest
        while data:
            yield self._shown(decoder.decode(data))
            data = self._more()
        yield self._shown(decoder.decode(b"", final=True))

    def _shown(self, text: str) -> bytes:
        try:
            return text.encode()
        except UnicodeEncodeError:
            shown, bad = show_kept(text)
            self.undecodable += bad
            return shown.encode("utf-8", "backslashreplace")

    def _cut(self) -> Iterator[bytes]:
        """Yield the file in chunks that end where no character is cut."""
        self._rest = b""
        while raw := self._more():
            data = self._rest + raw
            end = data.rfind(b"\n") + 1 or (_safe_end(data) if len(data) > _UNCUT else 0)
            self._rest = data[end:]
            if end:
                yield data[:end]
        if last := self._rest:
            self._rest = b""
            yield last

    def _converted(self, data: bytes) -> bytes:
        if data.isascii():
            return data
        if self._codec == Codec.ASCII:
            self._codec = detect(data).codec
        text = _strictly(data, self._codec)
        return text if text is not None else self._contradicted(data)

    def _contradicted(self, data: bytes) -> bytes:
        other = detect(data).codec
        text = None if other == self._codec else _strictly(data, other)
        if text is None:
            return b"\n".join(map(self._line, data.split(b"\n")))
        self._codec = other
        self.switched += sum(not line.isascii() for line in data.split(b"\n"))
        return text

    def _line(self, line: bytes) -> bytes:
        text = _strictly(line, self._codec)
        if text is not None:
            return text
        other = detect(line).codec
        text = None if other == self._codec else _strictly(line, other)
        if text is not None:
            self.switched += 1
            return text
        shown, bad = decode(line, self._codec)
        self.undecodable += bad
        return shown.encode()


def _safe_end(data: bytes) -> int:
    found = _SAFE.search(data, len(data) - 65536)
    return found.end() if found else len(data)


def _strictly(data: bytes, codec: str) -> bytes | None:
    """Return ``data`` in UTF-8, or ``None`` where something in it doesn't decode."""
    try:
        if codec == Codec.UTF_8:
            data.decode()
            return data
        if codec != Codec.EUC_JP:
            return data.decode(codec).encode()
        text, bad = decode(data, codec)  # Python's own lacks the vendors' rows
    except UnicodeError:
        return None
    return None if bad else text.encode()
