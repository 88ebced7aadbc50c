"""Apache Parquet: a typed, columnar export, written a row group at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

from flows.demo.mark import Cell, plain, text
from flows.demo.scribe import Scribe

_GROUP = 10_000


def write(scribe: Scribe, path: Cell, schema: pa.Schema, rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows whose cells stand in the order of the schema's fields."""
    with scribe.create(path) as file, pq.ParquetWriter(file, schema) as parquet:
        for batch in _batches(_noted(scribe, text(path), schema.names, rows), schema):
            parquet.write_batch(batch)


def _noted(
    scribe: Scribe, dataset: str, fields: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[dict[str, object]]:
    for number, row in enumerate(rows, 1):
        named = dict(zip(fields, row, strict=True))
        scribe.note(dataset, f'{{"row":{number}}}', named)
        yield {field: plain(cell) for field, cell in named.items()}


def _batches(rows: Iterator[dict[str, object]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while group := list(islice(rows, _GROUP)):
        yield pa.RecordBatch.from_pylist(group, schema)
