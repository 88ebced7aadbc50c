"""Text and logs, written again without some lines or with others in their place.

A cut line goes with its end; a blanked one leaves its end. Lines are counted as
:mod:`connectors.readers.text` does, blank ones too, though those are no records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import BinaryIO

from connectors.encoding import Guess
from connectors.readers.head import head, text_lines
from connectors.rewriters.base import Edit, Hindrance, Rewritten
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.line import line_patch
from connectors.rewriters.named import gone_of, merged, numbers
from connectors.rewriters.raw_lines import spans
from connectors.rewriters.splice import Patch, splice

#: A reader gives longer lines in parts of so many characters.
_PART = 1 << 20


class TextRewriter:
    """Cuts lines, and writes them."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the lines again."""
        guess = head(file).guess
        wanted = numbers(edits, "line")
        parts, rows = _parts(file, guess, wanted)
        there = {at: edit for at, edit in wanted.items() if parts[at]}
        known = {edit.record for edit in there.values()}
        refused = [gone_of(record) for record in merged(edits) if record not in known]
        patches: list[Patch] = []
        for found in _patches(file, guess, there):
            (refused if isinstance(found, Hindrance) else patches).append(found)  # type: ignore[arg-type]
        if not refused:
            splice(file, patches, out)
        lost = sum(parts[at] for at, edit in there.items() if not any((edit.values or {}).values()))
        return Rewritten(rows - lost, tuple(refused))


def _parts(file: BinaryIO, guess: Guess, wanted: Collection[int]) -> tuple[Counter[int], int]:
    """Count the parts with something in them of each wanted line, and those of all."""
    text = text_lines(file, guess)
    number, rows = 1, 0
    parts: Counter[int] = Counter()
    while part := text.readline(_PART):
        if part.strip():
            rows += 1
            if number in wanted:
                parts[number] += 1
        number += part.endswith(("\n", "\r"))
    return parts, rows


def _patches(
    file: BinaryIO, guess: Guess, wanted: Mapping[int, Edit]
) -> Iterator[Patch | Hindrance]:
    last = max(wanted, default=0)
    found = [
        (span, wanted[number])
        for number, span in zip(range(1, last + 1), spans(file, guess), strict=False)
        if number in wanted
    ]
    for span, edit in found:
        try:
            yield line_patch(file, span, edit, guess)
        except Hindered as hindered:
            yield Hindrance(edit.record, hindered.why, str(hindered))
