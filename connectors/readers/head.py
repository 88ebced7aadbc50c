"""The head of a file of text: its encoding and first lines, from which all else is guessed."""

from __future__ import annotations

import io
from typing import BinaryIO, NamedTuple

from connectors.encoding import HEAD, Guess, detect
from connectors.readers.transcode import Utf8

_LONGEST_HEAD = 1 << 23


class Head(NamedTuple):
    """The first whole lines of a file, with their line ends; one cut line where it has no other.

    ``is_whole`` says that nothing comes after them.
    """

    guess: Guess
    lines: list[str]
    is_whole: bool


def head(file: BinaryIO) -> Head:
    """Look at the first 128 KiB, or further where not even one line ends there."""
    data, cut = _first_bytes(file)
    guess = detect(data)
    lines = list(text_lines(io.BytesIO(data), guess))
    return Head(guess, lines[:-1] if cut and len(lines) > 1 else lines, not cut)


def text_lines(file: BinaryIO, guess: Guess) -> io.TextIOWrapper:
    """Open ``file`` as text of which no line end is changed."""
    return io.TextIOWrapper(io.BufferedReader(Utf8(file, guess), 1 << 20), "utf-8", newline="")


def _first_bytes(file: BinaryIO) -> tuple[bytes, bool]:
    file.seek(0)
    data = file.read(HEAD)
    more = data
    while more and b"\n" not in data and b"\r" not in data and len(data) < _LONGEST_HEAD:
        more = file.read(len(data))
        data += more
    return data, len(data) >= HEAD and bool(more)
