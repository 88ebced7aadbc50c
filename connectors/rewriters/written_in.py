"""The encoding a new value is written in: that of the text around it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import BinaryIO

from connectors.encoding import Codec, Guess, detect, python_codec

_BLOCK = 1 << 20


def encoded(value: str, codec: str) -> bytes | None:
    """Encode ``value``; ``None`` where the encoding lacks one of its characters."""
    try:
        data = value.encode(python_codec(codec))
        kept = data.decode(python_codec(codec)) == value
    except UnicodeError:
        return None
    return data if kept else None


def codec_for(values: Iterable[str | None], file: BinaryIO, guess: Guess) -> str:
    """Choose the encoding for new values: where they are ASCII, that of the file's head does."""
    if all(value is None or value.isascii() for value in values):
        return guess.codec
    return codec_of(file, guess)


def codec_of(file: BinaryIO, guess: Guess) -> str:
    """Tell a file's encoding where its head is only ASCII; UTF-8 if all of it is."""
    if guess.codec != Codec.ASCII:
        return guess.codec
    file.seek(0)
    rest = b""
    while block := file.read(_BLOCK):
        lines, _, rest = (rest + block).rpartition(b"\n")
        if not lines.isascii() or b"\x1b" in lines:
            return detect(lines).codec
    found = detect(rest).codec
    return Codec.UTF_8 if found == Codec.ASCII else found


def offsets(raw: bytes, codec: str) -> tuple[str, list[int]] | None:
    """Decode ``raw`` and tell where each character begins, and the last ends.

    ``None`` where it doesn't decode, or doesn't alone.
    """
    decoder = codecs.getincrementaldecoder(python_codec(codec))()
    text, places = "", [0]
    try:
        for at in range(len(raw)):
            new = decoder.decode(raw[at : at + 1], final=at + 1 == len(raw))
            text += new
            places += [at + 1] * len(new)
    except UnicodeError:
        return None
    return text, places
