"""The patient way to records of a table in text: line by line, as its reader does.

Needed in UTF-16 and ISO-2022-JP, under dialects whose signs are bytes of characters in CP932
(``|``, a backslash) and where quotes stand in odd places. What is found is held against what the
reader itself makes of a large file, because there Arrow reads, and differs on quotes left open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import BinaryIO

from connectors.readers.base import Piece
from connectors.readers.csv import CsvReader
from connectors.readers.csv_patient import counted
from connectors.readers.csv_plan import Plan
from connectors.readers.csv_rows import Tally
from connectors.readers.head import head, text_lines
from connectors.rewriters.csv_found import Found, Record
from connectors.rewriters.raw_lines import spans


def header_lines(file: BinaryIO, plan: Plan) -> int:
    """Count the lines before the first record."""
    sizes = accumulate((len(line.encode()) for line in head(file).lines), initial=0)
    return next(number for number, size in enumerate(sizes) if size >= plan.skip)


def find(file: BinaryIO, hint: str, plan: Plan, wanted: Collection[int]) -> Found:
    """Find records; their ``row`` is what their cells are."""
    found = _by_line(file, plan, wanted)
    _place(file, plan, found)
    if not plan.is_small:
        _compare(file, hint, found)
    return found


def _by_line(file: BinaryIO, plan: Plan, wanted: Collection[int]) -> Found:
    """Find records by the numbers of their lines."""
    found = Found(wanted)
    line = header_lines(file, plan)
    lines = text_lines(file, plan.guess)
    for _ in range(line):
        next(lines)
    tally = Tally()
    unclosed = 0
    for taken, row in counted(lines, plan.dialect, tally):
        found.records += bool(row)
        if row and found.records in wanted:
            quoted = tally.unclosed == unclosed
            found.spans[found.records] = Record(line, line + taken, quoted, tuple(row))
        line += taken
        unclosed = tally.unclosed
    found.unclosed = unclosed > 0
    return found


def _place(file: BinaryIO, plan: Plan, found: Found) -> None:
    """Put bytes for line numbers."""
    wanted = {at for each in found.spans.values() for at in (each.start, each.end - 1)}
    places = {at: span for at, span in enumerate(spans(file, plan.guess)) if at in wanted}
    for number, each in found.spans.items():
        start, end = places[each.start].start, places[each.end - 1].end
        found.spans[number] = replace(each, start=start, end=end)


def _compare(file: BinaryIO, hint: str, found: Found) -> None:
    """Let go of the row of a record that the reader sees otherwise."""
    found.is_compared = True
    seen = dict(_seen(file, hint, {f'{{"row":{number}}}' for number in found.spans}))
    for number, each in found.spans.items():
        if seen.get(f'{{"row":{number}}}') != _bare(each.row or ()):
            found.spans[number] = replace(each, row=None)


def _seen(file: BinaryIO, hint: str, names: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    for piece in CsvReader().read(file, hint):
        if isinstance(piece, Piece):
            for at, name in enumerate(piece.records.to_pylist()):
                if name in names:
                    yield name, _bare([column[at].as_py() for column in piece.values.columns])


def _bare(row: Sequence[str | None]) -> list[str]:
    """Put "" for null and leave out empty cells at the end."""
    texts = [cell or "" for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts
