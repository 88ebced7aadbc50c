"""One line of text, cut with its end or written anew before it; its only field is ``text``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from connectors.change import Why
from connectors.encoding import Guess
from connectors.rewriters.base import Edit
from connectors.rewriters.hindered import NO_FIELD, Hindered, lacking
from connectors.rewriters.raw_lines import Span
from connectors.rewriters.splice import Patch
from connectors.rewriters.written_in import codec_for, encoded

_BREAK = "A line can't hold a line break; write it without."


def line_patch(file: BinaryIO, span: Span, edit: Edit, guess: Guess) -> Patch:
    """Return how the bytes of a line change; raises ``Hindered``."""
    if edit.values is None:
        return Patch(span.start, span.end)
    text = _text(edit.values)
    codec = codec_for([text], file, guess)
    data, end = encoded(text, codec), _end(file, span, codec)
    if data is None:
        raise lacking(codec)
    return Patch(span.start, span.end - end, data)


def _text(values: Mapping[str, str | None]) -> str:
    if values.keys() - {"text"}:
        raise Hindered(Why.NO_FIELD, NO_FIELD)
    text = values.get("text") or ""
    if "\n" in text or "\r" in text:
        raise Hindered(Why.WRONG_TYPE, _BREAK)
    return text


def _end(file: BinaryIO, span: Span, codec: str) -> int:
    """Measure the line's end in bytes."""
    file.seek(max(span.start, span.end - 8))
    tail = file.read(span.end - file.tell())
    for sign in ("\r\n", "\n", "\r"):
        if tail.endswith(sign.encode(codec)):
            return len(sign.encode(codec))
    return 0
