"""Word (.docx): paragraphs and tables; each paragraph and each table row is a part, from 1."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

import docx
from docx.document import Document

from flows.demo.mark import Cell, join, text
from flows.demo.scribe import Scribe

#: A table: rows of cells.
Table = Sequence[tuple[Cell, ...]]
_MADE = datetime(2024, 10, 1, tzinfo=UTC).replace(tzinfo=None)


def write(scribe: Scribe, path: Cell, blocks: Iterable[Cell | list[tuple[Cell, ...]]]) -> None:
    """Write paragraphs (cells) and tables (lists of rows) in order."""
    document = docx.Document()
    part = 0
    for block in blocks:
        rows = block if isinstance(block, list) else [(block,)]
        _add(document, block)
        for part, row in enumerate(rows, part + 1):  # noqa: B020 - parts count on
            scribe.note(text(path), f'{{"part":{part}}}', {"text": join("\t", row)})
    with scribe.create(path) as file:
        _save(document, file)


def _add(document: Document, block: Cell | list[tuple[Cell, ...]]) -> None:
    if not isinstance(block, list):
        document.add_paragraph(text(block))
        return
    table = document.add_table(len(block), len(block[0]), style="Table Grid")
    for row, cells in zip(table.rows, block, strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = text(value)


def _save(document: Document, file: BinaryIO) -> None:
    """Save without the time of day that the library would put in."""
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = _MADE
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.infolist():
            same = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            same.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(same, old.read(member))
