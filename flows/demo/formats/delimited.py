"""CSV as Japanese Excel and old hosts write it: a header, CRLF, CP932 or UTF-8 with a BOM."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from flows.demo.mark import Cell, fitted, plain, text
from flows.demo.scribe import Scribe


class Delimited:
    """One CSV file being written; its records are named ``{"row":n}`` from 1.

    ``dataset`` is the name of the file, or of its pattern, whose records are named by ``file``
    too. ``key`` is the field by which the file knows people.
    """

    def __init__(
        self,
        scribe: Scribe,
        dataset: str,
        out: BinaryIO,
        fields: Sequence[str],
        *,
        encoding: str = "utf-8",
        file: str = "",
        key: str = "",
    ) -> None:
        self._scribe = scribe
        self._dataset = dataset
        self._fields = fields
        self._encoding = encoding
        self._key = key
        self._before = f'{{"file":{json.dumps(file, ensure_ascii=False)},' if file else "{"
        self._rows = 0
        self._out = io.TextIOWrapper(out, encoding, newline="")
        self._csv = csv.writer(self._out)
        self._csv.writerow(fields)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next record."""
        held = [fitted(cell, self._encoding) for cell in cells]
        self._csv.writerow(list(map(plain, held)))
        self._rows += 1
        named = dict(zip(self._fields, held, strict=True))
        self._scribe.note(self._dataset, f'{self._before}"row":{self._rows}}}', named)
        if self._key:
            key = named[self._key]
            self._scribe.truth.key(self._scribe.source, self._dataset, self._key, key)

    def finish(self) -> None:
        """Write what is held back; the stream stays open and is its owner's to close."""
        self._out.flush()
        self._out.detach()


def write(
    scribe: Scribe,
    path: Cell,
    fields: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    encoding: str = "utf-8",
    key: str = "",
) -> None:
    """Write a CSV file of its own."""
    with scribe.create(path) as out:
        rows_to(scribe, text(path), out, fields, rows, encoding=encoding, key=key)


def rows_to(
    scribe: Scribe,
    dataset: str,
    out: BinaryIO,
    fields: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    encoding: str = "utf-8",
    key: str = "",
) -> None:
    """Write CSV to an open stream, such as a file in an archive."""
    table = Delimited(scribe, dataset, out, fields, encoding=encoding, key=key)
    for row in rows:
        table.row(row)
    table.finish()
