"""CSV and TSV: a table in text, one record a line, more or less.

Values are strings as written, because ``0312345678`` and ``1-2-3`` mean what they say; an empty
cell is null. A record is ``{"row":n}``, counted from 1 without header, blank lines and line breaks
within quotes. Lines above the header are read last, as ``{"line":n}`` with the one field ``text``.
Well-formed tables go through Arrow; what it refuses is read patiently, line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from connectors.place import Field
from connectors.readers import csv_arrow, csv_patient
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.csv_plan import Plan, plan
from connectors.readers.csv_rows import Tally, Unfinished
from connectors.readers.record import numbered
from connectors.readers.transcode import Utf8


class CsvReader:
    """Reads tables in text, whatever their delimiter, quoting, header and encoding."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Read the head; fields are all of type ``string``."""
        found = plan(file, hint)
        media_type = "text/tab-separated-values" if found.dialect.delimiter == "\t" else "text/csv"
        fields = tuple(Field(name, "string") for name in found.names)
        return Layout(media_type, fields, found.guess.codec, found.guess.evidence)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read all records; ragged lines keep their values, in columns ``cN`` past the last."""
        found = plan(file, hint)
        tally = Tally()
        stream = Utf8(file, found.guess)
        if not found.is_small:  # for a small one, setting Arrow up takes longer than reading
            try:
                yield from csv_arrow.read(stream, found, tally)
            except (Unfinished, pa.ArrowInvalid):
                stream = Utf8(file, found.guess)
                yield from csv_patient.read(stream, found, tally)
        else:
            yield from csv_patient.read(stream, found, tally)
        yield from _titles(found)
        yield from stream.gaps()
        yield from tally.gaps()


def _titles(found: Plan) -> Iterator[Piece]:
    if found.titles:
        lines = pa.array([title.line for title in found.titles], pa.int64())
        texts = pa.array([title.text for title in found.titles], pa.string())
        yield Piece(numbered("line", lines), pa.RecordBatch.from_arrays([texts], ["text"]))
