"""JSON arrays, written again without some elements or with other values in them.

An element goes with the comma and the spaces behind it, the last ones with those before. Values
one after the other are written alike; places inside a document, ``{"pointer":…}``, by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from connectors.change import Why
from connectors.encoding import Codec, Guess
from connectors.readers.head import head
from connectors.rewriters.base import Edit, Hindrance, Rewritten
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.json_elements import Elements
from connectors.rewriters.json_value import value_patches
from connectors.rewriters.named import gone_of, merged, numbers
from connectors.rewriters.raw_lines import Span
from connectors.rewriters.splice import Patch, splice

_DOCUMENT = "One value in a document holds others; change it in an editor."
_NOT_UTF8 = "The file isn't in UTF-8, as JSON is; change it in an editor."


@dataclass(slots=True)
class _Place:
    """An element, where the one before it ends and where the one behind it begins."""

    span: Span
    before: int
    behind: int


class JsonRewriter:
    """Cuts elements, and writes values."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the array again."""
        wanted = numbers(edits, "row")
        known = {edit.record for edit in wanted.values()}
        refused = [_unknown(record) for record in merged(edits) if record not in known]
        guess = head(file).guess
        try:
            places, rows = _places(file, guess, wanted)
        except Hindered as hindered:
            refused += [Hindrance(each, hindered.why, str(hindered)) for each in known]
            return Rewritten(0, tuple(refused))
        refused += [gone_of(edit.record) for at, edit in wanted.items() if at not in places]
        patches = list(_cuts(places, {at for at in places if wanted[at].values is None}, rows))
        for at, place in sorted(places.items()):
            try:
                patches += value_patches(file, place.span, wanted[at].values or {}, guess)
            except Hindered as hindered:
                refused.append(Hindrance(wanted[at].record, hindered.why, str(hindered)))
        if not refused:
            splice(file, patches, out)
        return Rewritten(rows - sum(wanted[at].values is None for at in places), tuple(refused))


def _places(
    file: BinaryIO, guess: Guess, wanted: Mapping[int, Edit]
) -> tuple[dict[int, _Place], int]:
    """Find elements by number; raises ``Hindered``."""
    if guess.codec not in {Codec.ASCII, Codec.UTF_8}:
        raise Hindered(Why.BY_HAND, _NOT_UTF8)
    found: dict[int, _Place] = {}
    elements = Elements(file, guess.bom)
    number, last = 0, 0
    for number, span in enumerate(elements.spans(), 1):
        if number - 1 in found:
            found[number - 1].behind = span.start
        if number in wanted:
            found[number] = _Place(span, last if number > 1 else span.start, span.end)
        last = span.end
    cut = sum(wanted[at].values is None for at in found)
    if not elements.is_array and number - cut < 2:  # noqa: PLR2004  # one alone is a document
        raise Hindered(Why.BY_HAND, _DOCUMENT)
    return found, number


def _cuts(places: Mapping[int, _Place], cut: set[int], rows: int) -> Iterator[Patch]:
    last = rows
    while last in cut:
        last -= 1
    if last < rows:
        yield Patch(places[last + 1].before, places[rows].span.end)
    for at in cut:
        if at < last:
            yield Patch(places[at].span.start, places[at].behind)


def _unknown(record: str) -> Hindrance:
    if record.startswith('{"pointer":'):
        return Hindrance(record, Why.BY_HAND, _DOCUMENT)
    return gone_of(record)
