"""A workbook's package: its sheets, the texts and formats they share, and what lies beside cells.

Parts and relations: ECMA-376 part 1, 12.3 (SpreadsheetML package).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast
from zipfile import ZipFile

from lxml.etree import _Element

from connectors.readers.excel_number import SINCE_1900, SINCE_1904, Format, format_of
from connectors.readers.package import Package
from connectors.readers.sheet import Remark
from connectors.readers.xlsx_cell import Phonetics, Texts, phonetic, plain
from connectors.readers.xlsx_rows import elements


@dataclass(frozen=True, slots=True, repr=False)
class SheetPart:
    """A sheet's name as its tab shows it and the part that holds its cells."""

    title: str
    part: str


class Book:
    """A workbook's parts, read as they are needed."""

    def __init__(self, package: Package, archive: ZipFile) -> None:
        self._package = package
        self._archive = archive
        self._main = package.main()
        self._relations = package.relations(self._main)
        self._tree = package.tree(self._main)
        self._kana: dict[int, str] = {}

    def sheets(self) -> list[SheetPart]:
        """List all sheets with cells, hidden ones too, in the order of their tabs."""
        found = []
        for sheet in self._tree.iter("{*}sheet"):
            relation = self._relations.get(_id(sheet))
            if relation is not None and relation.kind == "worksheet":
                found.append(SheetPart(sheet.get("name", ""), relation.target))
        return found

    def texts(self) -> Texts:
        """Read what the cells of all sheets share."""
        epoch = SINCE_1900
        for properties in self._tree.iter("{*}workbookPr"):
            if properties.get("date1904") in {"1", "true"}:
                epoch = SINCE_1904
        return Texts(self._shared(), self._formats(), epoch)

    def phonetics(self) -> Phonetics:
        """Read the kana above texts that cells share; call it after ``texts``."""
        return Phonetics(self._kana)

    def remarks(self, sheet: SheetPart) -> Iterator[Remark]:
        """Yield comments and text boxes of a sheet."""
        for relation in self._package.relations(sheet.part).values():
            if relation.kind in {"comments", "threadedComment"}:
                yield from _comments(self._package.tree(relation.target))
            elif relation.kind == "drawing":
                yield from _boxes(self._package.tree(relation.target))

    def properties(self) -> dict[str, str]:
        """Return what the workbook says of itself: Author, Title and such."""
        authors = dict.fromkeys(self._authors())
        return self._package.properties() | {"ChangedBy": "\n".join(authors)}

    def others(self) -> Iterator[tuple[str, int]]:
        """Yield what else may hold data and isn't read, and how often it is there."""
        if embedded := self._package.embedded():
            yield "embedded files", embedded
        if cached := len(self._package.matching(r"xl/pivotCache/pivotCacheRecords.*\.xml")):
            yield "hidden copies of data behind pivot tables", cached

    def _authors(self) -> Iterator[str]:
        for part in self._package.matching(r"xl/(?:comments.*|persons/.*)\.xml"):
            tree = self._package.tree(part)
            yield from (each.text or "" for each in tree.iter("{*}author"))
            yield from (each.get("displayName", "") for each in tree.iter("{*}person"))

    def _shared(self) -> list[str]:
        """Read the shared texts one by one: their part may be larger than all sheets."""
        target = self._target("sharedStrings")
        if target is None:
            return []
        texts: list[str] = []
        with self._archive.open(target) as part:
            for item in elements(cast("BinaryIO", part), "si"):
                if kana := phonetic(item):
                    self._kana[len(texts)] = kana
                texts.append(plain(item))
        return texts

    def _formats(self) -> list[Format]:
        target = self._target("styles")
        if target is None:
            return []
        tree = self._package.tree(target)
        codes = {
            int(each.get("numFmtId", 0)): each.get("formatCode") for each in tree.iter("{*}numFmt")
        }
        styles = (style for table in tree.iter("{*}cellXfs") for style in table)
        numbers = (int(style.get("numFmtId", 0)) for style in styles)
        return [format_of(number, codes.get(number)) for number in numbers]

    def _target(self, kind: str) -> str | None:
        return next((each.target for each in self._relations.values() if each.kind == kind), None)


def _comments(tree: _Element) -> Iterator[Remark]:
    for comment in tree.iter("{*}comment", "{*}threadedComment"):
        digits = "".join(filter(str.isdigit, comment.get("ref", "")))
        text = "".join(each.text or "" for each in comment.iter("{*}t", "{*}text"))
        if text.strip():
            yield Remark("comment", int(digits or 1), text)


def _boxes(tree: _Element) -> Iterator[Remark]:
    for anchor in tree:
        paragraphs = ("".join(each.itertext("{*}t")) for each in anchor.iter("{*}p"))
        text = "\n".join(filter(None, paragraphs))
        row = next((each.text for each in anchor.iter("{*}row")), None)
        if text.strip():
            yield Remark("drawing", int(row or 0) + 1, text)


def _id(sheet: _Element) -> str:
    return next((str(value) for key, value in sheet.items() if key.endswith("}id")), "")
