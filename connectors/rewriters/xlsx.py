"""Excel workbooks, written again with some cells empty or with other texts.

Rows are never removed, for formulas count on their places: a record that is cut is a row whose
cells and comments are empty. A shared text that no cell shows any more is emptied with its
振り仮名. Every other part of the package is copied byte for byte.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import BinaryIO, cast

from connectors.change import Why
from connectors.errors import Damaged
from connectors.readers.base import Piece
from connectors.readers.package import Closed, Package, package
from connectors.readers.sheet import Sheet
from connectors.readers.xlsx import XlsxReader
from connectors.readers.xlsx_book import Book, SheetPart
from connectors.readers.xlsx_rows import marks, rows
from connectors.rewriters.base import Edit, Hindrance, Rewritten
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.named import gone_of, merged
from connectors.rewriters.office_copies import copies
from connectors.rewriters.xlsx_part import Cell, rewritten
from connectors.rewriters.xlsx_sheet import SheetEdits
from connectors.rewriters.xlsx_texts import emptied, silenced
from connectors.rewriters.zip_copy import copy, spooled

_SHUT = "The workbook is encrypted or damaged; open it in Excel."
_COPIES = "{} may keep copies; look at them in Excel"
_SHARED = ("xl/sharedStrings.xml",)
_HELD = "{} still holds the old value; change it in Excel"
_CACHED = "formulas keep their last results until Excel calculates them anew"


class XlsxRewriter:
    """Empties rows and cells, and writes cells."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the workbook again."""
        with ExitStack() as stack:
            try:
                work = _Work(file, stack)
                work.edit(_by_sheet(edits))
                new = stack.enter_context(spooled())
                if not work.refused:
                    copy(file, work.parts, new)
            except Hindered as hindered:
                return Rewritten(0, tuple(_all(edits, hindered)))
            except (Closed, Damaged, zipfile.BadZipFile, ValueError):
                return Rewritten(0, tuple(_all(edits, Hindered(Why.BY_HAND, _SHUT))))
            if work.refused:
                return Rewritten(0, tuple(work.refused))
            new.seek(0)
            shutil.copyfileobj(new, out)
            return Rewritten(_records(new), (), work.sentence)


class _Work:
    """One rewriting: the parts that are new, and what is refused."""

    def __init__(self, file: BinaryIO, stack: ExitStack) -> None:
        file.seek(0)
        self._package: Package = stack.enter_context(package(file))
        self._archive = stack.enter_context(zipfile.ZipFile(file))
        self._book = Book(self._package, self._archive)
        self._stack = stack
        self.parts: dict[str, BinaryIO] = {}
        self.refused: list[Hindrance] = []
        self.sentence = ""
        self._values: set[str] = set()

    def edit(self, edits: Mapping[str, Mapping[int, Edit]]) -> None:
        """Make the new parts; raises ``Hindered``."""
        sheets = {each.title: each for each in self._book.sheets()}
        dropped: set[int] = set()
        for title, some in edits.items():
            if title in sheets:
                dropped |= self._sheet(sheets[title], some)
            else:
                self.refused += [gone_of(edit.record) for edit in some.values()]
        unused = dropped - self._used(dropped)
        shared = self._package.relations(self._package.main()).values()
        for part in [each.target for each in shared if each.kind == "sharedStrings"]:
            if unused:
                self._keep(part, emptied(self._open(part), unused))
        self.sentence = "; ".join([_CACHED, *self._copies(dropped)])

    def _copies(self, dropped: set[int]) -> Iterator[str]:
        """Say where else an emptied value stands, or may."""
        for what, _ in self._book.others():
            yield _COPIES.format(what)
        shared = self._book.texts().shared if dropped else []
        texts = {shared[at] for at in dropped if at < len(shared)} | self._values
        for what in copies(self._archive, self.parts, texts, _SHARED):
            yield _HELD.format(what)

    def _sheet(self, sheet: SheetPart, edits: Mapping[int, Edit]) -> set[int]:
        remarks = {each.row for each in self._book.remarks(sheet)}
        work = SheetEdits(sheet.title, edits, remarks)
        self._keep(sheet.part, work.write(self._open(sheet.part), self._table(sheet)))
        self.refused += work.done.refused
        for relation in self._package.relations(sheet.part).values():
            if relation.kind in {"comments", "threadedComment"} and work.done.comments:
                part = self._archive.read(relation.target)
                self._keep(relation.target, iter([silenced(part, work.done.comments)]))
        self._values |= work.done.values
        return work.done.texts

    def _table(self, sheet: SheetPart) -> Sheet:
        with self._archive.open(sheet.part) as part:
            found = marks(cast("BinaryIO", part))
        texts = self._book.texts()
        return Sheet(sheet.title, rows(self._open(sheet.part), texts), found.merged)

    def _used(self, texts: set[int]) -> set[int]:
        """Return those of the shared texts that a cell still shows."""
        used: set[int] = set()

        def seen(cell: Cell) -> None:
            if cell.shared in texts:
                used.add(cell.shared)

        for sheet in self._book.sheets() if texts else []:
            part = self.parts.get(sheet.part) or self._open(sheet.part)
            part.seek(0)
            for _ in rewritten(part, seen):
                pass
        return used

    def _open(self, part: str) -> BinaryIO:
        return cast("BinaryIO", self._stack.enter_context(self._archive.open(part)))

    def _keep(self, part: str, content: Iterator[bytes]) -> None:
        held = self._stack.enter_context(spooled())
        for some in content:
            held.write(some)  # unlike ``writelines``, goes to disk in time
        self.parts[part] = held


def _by_sheet(edits: Sequence[Edit]) -> dict[str, dict[int, Edit]]:
    """Return edits by sheet and row; one whose name isn't of that kind is of no sheet."""
    found: dict[str, dict[int, Edit]] = {}
    for at, edit in enumerate(merged(edits).values()):
        try:
            name = json.loads(edit.record)
            found.setdefault(str(name["sheet"]), {})[int(name["row"])] = edit
        except (ValueError, TypeError, KeyError):
            found.setdefault("\0", {})[at] = edit
    return found


def _all(edits: Sequence[Edit], why: Hindered) -> Iterator[Hindrance]:
    for record in merged(edits):
        yield Hindrance(record, why.why, str(why))


def _records(file: BinaryIO) -> int:
    pieces = XlsxReader().read(file, "")
    return sum(len(each.records) for each in pieces if isinstance(each, Piece))
