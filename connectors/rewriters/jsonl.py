"""JSON lines, written again without some lines or with other values in them.

Only the bytes of a value that changes are others: a blanked one is ``null``, a corrected one of
the kind it was. What the encoding can't write is escaped. Lines are counted as
:mod:`connectors.readers.jsonl` does.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from connectors.encoding import Guess
from connectors.readers.head import head
from connectors.readers.json_stream import parse
from connectors.readers.transcode import Utf8
from connectors.rewriters.base import Edit, Hindrance, Rewritten
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.json_value import value_patches
from connectors.rewriters.named import gone_of, merged, numbers
from connectors.rewriters.raw_lines import Span, spans
from connectors.rewriters.splice import Patch, splice


class JsonlRewriter:
    """Cuts lines, and writes values."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the lines again."""
        guess = head(file).guess
        wanted = numbers(edits, "row")
        lines, rows = _lines(file, guess, wanted)
        known = {edit.record for edit in lines.values()}
        refused = [gone_of(record) for record in merged(edits) if record not in known]
        patches: list[Patch] = []
        for span, edit in _spans(file, guess, lines):
            try:
                patches += _patches(file, span, edit, guess)
            except Hindered as hindered:
                refused.append(Hindrance(edit.record, hindered.why, str(hindered)))
        if not refused:
            splice(file, patches, out)
        cut = sum(edit.values is None for edit in lines.values())
        return Rewritten(rows - cut, tuple(refused))


def _lines(file: BinaryIO, guess: Guess, wanted: Mapping[int, Edit]) -> tuple[dict[int, Edit], int]:
    """Find the wanted records' line numbers, from 0, and count all records."""
    text = io.TextIOWrapper(io.BufferedReader(Utf8(file, guess), 1 << 20), "utf-8", newline="\n")
    found: dict[int, Edit] = {}
    number = rows = 0
    for at, line in enumerate(text):
        if line.strip():
            number += 1
            is_record = _is_json(line)
            rows += is_record
            if is_record and number in wanted:
                found[at] = wanted[number]
    return found, rows


def _is_json(line: str) -> bool:
    try:
        parse(line)
    except (ValueError, RecursionError):
        return False
    return True


def _spans(file: BinaryIO, guess: Guess, lines: Mapping[int, Edit]) -> list[tuple[Span, Edit]]:
    ahead = range(max(lines, default=-1) + 1)
    places = zip(ahead, spans(file, guess, only_lf=True), strict=False)
    return [(span, lines[at]) for at, span in places if at in lines]


def _patches(file: BinaryIO, span: Span, edit: Edit, guess: Guess) -> Iterator[Patch]:
    if edit.values is None:
        yield Patch(span.start, span.end)
    else:
        yield from value_patches(file, span, edit.values, guess)
