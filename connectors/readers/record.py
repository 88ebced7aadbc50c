"""What a record in a file is called: compact JSON, as :mod:`connectors.place` lays down."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from connectors.frame import framed


def numbered(key: str, numbers: pa.Array) -> pa.StringArray:
    """Name one record for each of ``numbers``: ``{"row":12}``."""
    return framed(f"{{{_quoted(key)}:", pc.cast(numbers, pa.string()), "}")


def counted(key: str, first: int, rows: int) -> pa.StringArray:
    """Name ``rows`` records from ``first`` on."""
    return numbered(key, pa.array(range(first, first + rows), pa.int64()))


def pointed(places: Iterable[str]) -> pa.StringArray:
    """Name places in a JSON document: ``{"pointer":"/users/3"}``."""
    return pa.array([f'{{"pointer":{_quoted(place)}}}' for place in places], pa.string())


def in_sheet(sheet: str, rows: pa.Array) -> pa.StringArray:
    """Name rows of a sheet by Excel's own numbers: ``{"sheet":"名簿","row":12}``."""
    return framed(f'{{"sheet":{_quoted(sheet)},"row":', pc.cast(rows, pa.string()), "}")


def in_file(file: str, records: pa.StringArray) -> pa.StringArray:
    """Put the file's path first, for a dataset of several files."""
    return pc.utf8_replace_slice(records, 0, 1, f'{{"file":{_quoted(file)},')


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
