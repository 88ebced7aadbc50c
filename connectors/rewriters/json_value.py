"""One JSON value in a file's bytes, written over field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from connectors.change import Why
from connectors.encoding import Codec, Guess
from connectors.rewriters.hindered import TWO_WAYS, Hindered
from connectors.rewriters.json_spans import leaves, node, shown, written
from connectors.rewriters.raw_lines import Span
from connectors.rewriters.splice import Patch
from connectors.rewriters.written_in import codec_of, encoded, offsets


def value_patches(
    file: BinaryIO, span: Span, values: Mapping[str, str | None], guess: Guess
) -> Iterator[Patch]:
    """Write over the fields of the value in ``span``; raises ``Hindered``."""
    file.seek(span.start)
    raw = file.read(span.end - span.start)
    codec = codec_of(file, guess)
    ascii_only = guess.codec == Codec.ASCII and raw.isascii()
    view = offsets(raw, codec)
    if view is None:
        raise Hindered(Why.BY_HAND, TWO_WAYS)
    text, places = view
    try:
        found = list(leaves(node(text)))
    except (ValueError, RecursionError):
        raise Hindered(Why.BY_HAND, TWO_WAYS) from None
    for each, value in written(text, found, values):
        data = encoded(shown(value, each, ascii_only=ascii_only), codec)
        if data is None:
            data = encoded(shown(value, each, ascii_only=True), codec) or b'""'
        yield Patch(span.start + places[each.start], span.start + places[each.end], data)
