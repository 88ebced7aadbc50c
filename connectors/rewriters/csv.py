"""CSV and TSV, written again without some records or with other cells, every other byte kept.

Records are counted as :mod:`connectors.readers.csv` does. A cut record goes with its line end; a
new value stands in quotes where the old one did or where it must, in the file's own encoding.
Lines above the header, ``{"line":n}``, are cut and written as lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from connectors.change import Why
from connectors.readers.csv_plan import Plan, plan
from connectors.rewriters.base import Edit, Hindrance, Rewritten
from connectors.rewriters.csv_found import Found
from connectors.rewriters.csv_lines import find, header_lines
from connectors.rewriters.csv_record import opened
from connectors.rewriters.csv_scan import Doubtful, scan
from connectors.rewriters.hindered import TWO_WAYS, Hindered
from connectors.rewriters.line import line_patch
from connectors.rewriters.named import gone_of, merged, numbers
from connectors.rewriters.raw_lines import Span, spans
from connectors.rewriters.splice import Patch, splice
from connectors.rewriters.written_in import codec_for


class CsvRewriter:
    """Cuts records from tables in text, and writes cells."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the table again."""
        work = _Work(file, hint, plan(file, hint))
        patches = list(work.patches(edits))
        if not work.refused:
            splice(file, patches, out)
        return Rewritten(work.rows, tuple(work.refused))


class _Work:
    """One rewriting: what is refused, and how many records will be left."""

    def __init__(self, file: BinaryIO, hint: str, found: Plan) -> None:
        self._file = file
        self._hint = hint
        self._plan = found
        self.rows = len(found.titles)
        self.refused: list[Hindrance] = []

    def patches(self, edits: Sequence[Edit]) -> Iterator[Patch]:
        rows, lines = numbers(edits, "row"), numbers(edits, "line")
        known = {each.record for each in (*rows.values(), *lines.values())}
        self.refused += [gone_of(record) for record in merged(edits) if record not in known]
        yield from self._titles(lines)
        found = self._found(rows)
        self.rows += found.records
        for number, edit in sorted(rows.items()):
            try:
                yield from self._record(found, number, edit)
            except Hindered as hindered:
                self.refused.append(Hindrance(edit.record, hindered.why, str(hindered)))

    def _found(self, rows: Mapping[int, Edit]) -> Found:
        before = header_lines(self._file, self._plan)
        start = self._plan.guess.bom
        for _, span in zip(range(before), spans(self._file, self._plan.guess), strict=False):
            start = span.end
        try:
            return scan(self._file, self._plan, start, rows)
        except Doubtful:
            return find(self._file, self._hint, self._plan, rows)

    def _record(self, found: Found, number: int, edit: Edit) -> Iterator[Patch]:
        record = found.spans.get(number)
        if record is None:
            self.refused.append(gone_of(edit.record))
        elif found.is_compared and record.row is None:
            raise Hindered(Why.BY_HAND, TWO_WAYS)
        elif edit.values is None:
            self.rows -= 1
            yield Patch(record.start, record.end)
        else:
            codec = codec_for(edit.values.values(), self._file, self._plan.guess)
            there = opened(self._file, self._plan, record, unclosed=found.unclosed)
            yield from there.patches(edit.values, codec)

    def _titles(self, lines: Mapping[int, Edit]) -> Iterator[Patch]:
        known = {title.line for title in self._plan.titles}
        self.refused += [gone_of(edit.record) for at, edit in lines.items() if at not in known]
        wanted = known & lines.keys()
        if not wanted:
            return
        for number, span in zip(
            range(1, max(wanted) + 1), spans(self._file, self._plan.guess), strict=False
        ):
            if number in wanted:
                yield from self._title(span, lines[number])

    def _title(self, span: Span, edit: Edit) -> Iterator[Patch]:
        try:
            yield line_patch(self._file, span, edit, self._plan.guess)
            self.rows -= not any((edit.values or {}).values())
        except Hindered as hindered:
            self.refused.append(Hindrance(edit.record, hindered.why, str(hindered)))
