"""A part of XML in pieces that end where an element of some name does, of bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 20
_CLOSING = re.compile(rb"</(?:\w+:)?\Z")
_LONGEST = 64


def chunks(part: BinaryIO, name: bytes) -> Iterator[bytes]:
    """Yield the part, cut only behind ``</name>``; the last piece is what follows."""
    rest = b""
    while more := part.read(_CHUNK):
        data = rest + more
        end = _last(data, name + b">")
        rest = data[end:]
        if end:
            yield data[:end]
    yield rest


def _last(data: bytes, tail: bytes) -> int:
    """Find the end of the last closing tag; the same letters may stand in a text."""
    at = len(data)
    while (at := data.rfind(tail, 0, at)) >= 0:
        if _CLOSING.search(data[max(0, at - _LONGEST) : at]):
            return at + len(tail)
    return 0
