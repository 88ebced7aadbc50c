"""A part: a paragraph, slide, page, header or body that a document is made of, as one record.

Readers of documents and mail yield parts one at a time; they are gathered into pieces here, so
that a thousand short paragraphs are one batch and a huge document is many.

>>> place(part=3)
'{"part":3}'
>>> place(message=2, part="attachment:名簿.csv")
'{"message":2,"part":"attachment:名簿.csv"}'
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from connectors.readers.base import Gap, Piece

ROWS = 10_000
CHARACTERS = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One record: its name as compact JSON and its text by field. No ``repr``."""

    record: str
    values: dict[str, str]


def place(**keys: str | int) -> str:
    """Return a record's name: compact JSON, keys in the order given, characters unescaped."""
    return json.dumps(keys, ensure_ascii=False, separators=(",", ":"))


def numbered(texts: Iterable[str]) -> Iterator[Part]:
    """Number texts from 1; a blank one counts but yields nothing."""
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield Part(place(part=number), {"text": text})


def properties(values: dict[str, str]) -> Iterator[Part]:
    """Yield the part that holds a document's properties (Author, Title…), if it has any."""
    present = {name: value for name, value in values.items() if value.strip()}
    if present:
        yield Part(place(part="properties"), present)


def pieces(parts: Iterable[Part | Piece | Gap]) -> Iterator[Piece | Gap]:
    """Gather parts into pieces of bounded size, in order; a field a part lacks is null.

    Pieces of other readers and gaps pass through in their place.
    """
    held: list[Part] = []
    size = 0
    for part in parts:
        if not isinstance(part, Part):
            yield from _gather(held)
            held, size = [], 0
            yield part
            continue
        held.append(part)
        size += sum(map(len, part.values.values()))
        if len(held) >= ROWS or size >= CHARACTERS:
            yield from _gather(held)
            held, size = [], 0
    yield from _gather(held)


def _gather(parts: list[Part]) -> Iterator[Piece]:
    if not parts:
        return
    names = list(dict.fromkeys(name for part in parts for name in part.values))
    columns = [pa.array([part.values.get(name) for part in parts], pa.string()) for name in names]
    records = pa.array([part.record for part in parts], pa.string())
    yield Piece(records, pa.RecordBatch.from_arrays(columns, names=names))
