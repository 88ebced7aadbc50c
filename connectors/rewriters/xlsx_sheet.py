"""One sheet of a workbook, written again: which cells its edits mean, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from connectors.change import Why
from connectors.readers.sheet import Sheet
from connectors.rewriters.base import Edit, Hindrance
from connectors.rewriters.hindered import NO_FIELD, Hindered
from connectors.rewriters.named import gone_of
from connectors.rewriters.xlsx_part import Cell, rewritten

_BESIDE = ("text", "comment", "phonetic", "drawing")
_NUMBERED = re.compile(r"c(\d+)")
_AS_A_WHOLE = "It stands beside the cells; blank it with its whole row, or change it in Excel."
_NO_CELL = "The row has no such cell; correct it in Excel."


@dataclass(slots=True, repr=False)
class Emptied:
    """What rewriting a sheet came to: shared texts no longer shown, comments to be silenced.

    ``values`` are those that stood in the cells themselves.
    """

    texts: set[int] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    comments: set[int] = field(default_factory=set)
    refused: list[Hindrance] = field(default_factory=list)


class SheetEdits:
    """The edits of one sheet by row; ``remarks`` are the rows with something beside the cells."""

    def __init__(self, title: str, edits: Mapping[int, Edit], remarks: set[int]) -> None:
        self._title = title
        self._edits = edits
        self._remarks = remarks
        self._wanted: dict[int, dict[int, str | None] | None] = {}
        self._seen: dict[int, set[int]] = {row: set() for row in edits}
        self._full: set[int] = set()
        self.done = Emptied()

    def write(self, part: BinaryIO, table: Sheet) -> Iterator[bytes]:
        """Yield the sheet's part anew."""
        for row, edit in self._edits.items():
            try:
                self._wanted[row] = self._columns(row, edit, table)
            except Hindered as hindered:
                self._refuse(row, hindered)
        yield from rewritten(part, self._changed, self._needed)
        self._look_back()

    def _columns(self, row: int, edit: Edit, table: Sheet) -> dict[int, str | None] | None:
        """Return new values by column, from 1; ``None`` for all of the row."""
        if edit.values is None:
            self.done.comments.add(row)
            return None
        found: dict[int, str | None] = {}
        for name, value in edit.values.items():
            bare = name.removeprefix(f"{self._title}!")
            names = table.columns(int((_NUMBERED.fullmatch(bare) or ["", "0"])[1]))
            if bare in names:
                found[names.index(bare) + 1] = value
            elif bare == "comment" and not value:
                self.done.comments.add(row)
            elif bare in _BESIDE:
                raise Hindered(Why.BY_HAND, _AS_A_WHOLE)
            else:
                raise Hindered(Why.NO_FIELD, NO_FIELD)
        return found

    def _changed(self, cell: Cell) -> bytes | None:
        wanted = self._wanted.get(cell.row, {})
        value = wanted.get(cell.column) if wanted else None
        if not (cell.content or value):
            return None
        self._seen.setdefault(cell.row, set()).add(cell.column)
        if cell.content:
            self._full.add(cell.row)
        if wanted is not None and cell.column not in wanted:
            return None
        try:
            new = cell.text(value) if value else cell.blank()
        except Hindered as hindered:
            self._refuse(cell.row, hindered)
            return None
        if cell.shared is not None:
            self.done.texts.add(cell.shared)
        else:
            self.done.values.add(cell.text_here)
        return new

    def _needed(self, row: int) -> list[int]:
        """Return the columns for which there are values, where the row holds anything."""
        wanted = self._wanted.get(row) or {}
        return [column for column, value in wanted.items() if value and row in self._full]

    def _look_back(self) -> None:
        """Refuse what wasn't there."""
        for row, wanted in self._wanted.items():
            seen = self._seen[row]
            if row not in self._full and row not in self._remarks:
                self.done.refused.append(gone_of(self._edits[row].record))
            elif any(value and column not in seen for column, value in (wanted or {}).items()):
                self._refuse(row, Hindered(Why.NO_FIELD, _NO_CELL))

    def _refuse(self, row: int, why: Hindered) -> None:
        self.done.refused.append(Hindrance(self._edits[row].record, why.why, str(why)))
