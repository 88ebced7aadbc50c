"""Copies of values in other parts of an Office file, which its program makes and keeps for itself.

A chart keeps what it drew, a pivot table what it summed up, a link its address, a name or a list of
allowed values its text. What of these still holds an emptied value is told by its kind. Cells of
other rows, the texts they share and other paragraphs are no copies: they are records of their own.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import BinaryIO, cast
from xml.sax.saxutils import escape

_BLOCK = 1 << 20
_TAG = 64
_CELLS = re.compile(rb"<(?:\w+:)?sheetData(?=[\s>])")
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData>")
#: The beginnings of parts' names, by the words for what they are.
_KINDS = (
    ("xl/charts/", "a chart"),
    ("xl/pivot", "a pivot table"),
    ("xl/slicer", "a slicer"),
    ("xl/tables/", "a table's header"),
    ("xl/comments", "a comment"),
    ("xl/threadedComments/", "a comment"),
    ("xl/drawings/", "a drawing"),
    ("xl/worksheets/_rels/", "a link"),
    ("xl/worksheets/", "a rule, list or heading of a sheet"),
    ("xl/externalLinks/", "another workbook's values"),
    ("xl/workbook.xml", "a defined name"),
    ("docProps/", "the file's properties"),
    ("word/_rels/", "a link"),
    ("word/charts/", "a chart"),
    ("word/diagrams/", "a drawing"),
    ("word/glossary/", "a building block"),
    ("customXml/", "data bound to the text"),
)
_OTHER = "another part of the file"
#: Shorter values stand anywhere by chance: a number of a row, the width of a column.
_SHORTEST, _SHORTEST_ASCII = 2, 5


def copies(
    archive: zipfile.ZipFile,
    new: Mapping[str, BinaryIO],
    texts: Collection[str],
    known: Collection[str],
) -> list[str]:
    """Return what still holds one of ``texts``, in words; ``new`` are parts already rewritten.

    ``known`` are the parts whose texts are records.
    """
    wanted = {form for text in texts if _is_telling(text) for form in _forms(text)}
    found: dict[str, None] = {}
    for name in archive.namelist() if wanted else ():
        if name.endswith((".xml", ".rels", ".vml")) and name not in known:
            with archive.open(name) as part:
                if _holds(
                    _blocks(new.get(name) or cast("BinaryIO", part)),
                    wanted,
                    is_sheet=_is_sheet(name),
                ):
                    found[_kind(name)] = None
    return list(found)


def _is_telling(text: str) -> bool:
    return len(text) >= (_SHORTEST_ASCII if text.isascii() else _SHORTEST)


def _forms(text: str) -> Iterator[bytes]:
    """Yield how a text may be written in XML: in an element, in an attribute, in an address."""
    yield escape(text).encode()
    yield escape(text, {'"': "&quot;"}).encode()
    yield escape(text, {'"': "&quot;", "'": "&apos;"}).encode()


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and "/_rels/" not in name


def _kind(name: str) -> str:
    return next((words for start, words in _KINDS if name.startswith(start)), _OTHER)


def _holds(blocks: Iterable[bytes], wanted: Collection[bytes], *, is_sheet: bool) -> bool:
    longest = max(map(len, wanted))
    rest = b""
    for block in _beside_cells(blocks) if is_sheet else blocks:
        data = rest + block
        if any(one in data for one in wanted):
            return True
        rest = data[-longest:]
    return False


def _blocks(part: BinaryIO) -> Iterator[bytes]:
    part.seek(0)
    while block := part.read(_BLOCK):
        yield block


def _beside_cells(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what stands before and behind the cells of a sheet."""
    within, rest = False, b""
    for block in blocks:
        data = rest + block
        found = (_CELLS_END if within else _CELLS).search(data)
        while found:
            if not within:
                yield data[: found.start()]
            data, within = data[found.end() :], not within
            found = (_CELLS_END if within else _CELLS).search(data)
        rest = data[-_TAG:]
        if not within:
            yield data[:-_TAG]
    if not within:
        yield rest
