"""mbox (RFC 4155): a folder of mail in one file, each message after a line ``From sender date``.

A message's records have its number, from 1, as their first key: ``{"message":2,"part":"body"}``.
One message is in memory at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from connectors.errors import Damaged
from connectors.options import PLAIN, Options
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.mail import LARGEST, counted, message_parts
from connectors.readers.parts import Part, pieces, place

MEDIA_TYPE = "application/mbox"

_LINE = 1024 * 1024
# "From here on" begins a line of prose; the separator has a time of day and a year.
_SEPARATOR = re.compile(rb"From .*\d{1,2}:\d{2}.*\d{4}")


class MboxReader:
    """Reads a folder of mail message by message."""

    def __init__(self, options: Options = PLAIN) -> None:
        self._options = options

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Check that it begins with the line that parts messages."""
        if not _SEPARATOR.match(file.readline(_LINE)):
            raise Damaged("This isn't an mbox: it doesn't begin with a From line; restore it.")
        return Layout(MEDIA_TYPE)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield the parts of every message, then what couldn't be read."""
        yield from pieces(counted(_parts(file, self._options)))


def _parts(file: BinaryIO, options: Options) -> Iterator[Part | Piece | Gap]:
    for number, data in enumerate(_messages(file), 1):
        yield from message_parts(data, partial(_name, number), options)


def _name(number: int, part: str) -> str:
    return place(message=number, part=part)


def _messages(file: BinaryIO) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    blank = True
    while line := file.readline(_LINE):
        if blank and _SEPARATOR.match(line):
            if held:
                yield b"".join(held)
            held, size = [], 0
        if size <= LARGEST:  # one byte more than a mail may have, so that its cut is told
            held.append(line)
            size += len(line)
        blank = not line.strip()
    if held:
        yield b"".join(held)
