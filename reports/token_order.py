"""The order of tokens: rows of the token index sorted, however many they are, in little memory.

A token is a keyed hash, so its first byte parts any rows into 256 even parts. Each part lies in a
file until its turn and is then sorted in memory, or parted once more by the next byte. Only what a
single token holds in great numbers (a placeholder, a popular name) stays together: after a few
bytes such rows are parted by token and field, and then nothing is left to sort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: Rows that are parted at a time, and how many times as many are sorted in memory.
ROWS, SORTED = 1 << 17, 4
#: So many bytes of a token part more rows than there are on any disk.
_BYTES = 3


def by_token(rows: Iterable[pa.RecordBatch], spill: Path) -> Iterator[pa.RecordBatch]:
    """Yield ``rows`` in the order of ``token`` and, where that is equal, of ``field_id``.

    What memory doesn't hold waits in folders below ``spill``, which are removed on the way.
    """
    yield from _ordered(iter(rows), spill, 0)


def _ordered(rows: Iterator[pa.RecordBatch], spill: Path, depth: int) -> Iterator[pa.RecordBatch]:
    chunks = _chunks(rows)
    first = list(islice(chunks, SORTED))
    if sum(chunk.num_rows for chunk in first) < SORTED * ROWS:
        yield from _sorted(first) if first else ()
        return
    with TemporaryDirectory(dir=spill) as folder:
        # Neither the list nor its iterator, once at its end, holds on to what is written.
        parts = _parted(chain(iter(first), chunks), Path(folder), depth)
        del first
        for part in parts:
            yield from _ordered(part, spill, depth + 1) if depth < _BYTES else part


def _chunks(rows: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Join batches until they have as many rows as are parted at a time."""
    held: list[pa.RecordBatch] = []
    for batch in rows:
        held.append(batch)
        if sum(one.num_rows for one in held) >= ROWS:
            chunk, held = pa.concat_batches(held), []
            yield chunk
    if held:
        yield pa.concat_batches(held)


def _sorted(chunks: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    table = pa.Table.from_batches(chunks)
    return list(table.sort_by([("token", "ascending"), ("field_id", "ascending")]).to_batches())


def _parted(
    rows: Iterable[pa.RecordBatch], folder: Path, depth: int
) -> Iterator[Iterator[pa.RecordBatch]]:
    """Write rows into one file a key; yield the files' rows in the order of the keys."""
    parts: dict[bytes, pa.RecordBatchWriter] = {}
    for batch in rows:
        for key, some in _by_key(batch, depth):
            if key not in parts:
                parts[key] = pa.ipc.new_file(folder / f"{len(parts)}", some.schema)
            parts[key].write_batch(some)
    for part in parts.values():
        part.close()
    names = {key: folder / f"{number}" for number, key in enumerate(parts)}
    for key in sorted(parts):
        yield _read(names[key])


def _by_key(batch: pa.RecordBatch, depth: int) -> Iterator[tuple[bytes, pa.RecordBatch]]:
    keys = _keys(batch, depth).dictionary_encode()
    numbers = keys.indices.to_numpy()
    ordered = batch.take(pa.array(np.argsort(numbers, kind="stable")))
    start = 0
    for key, size in zip(keys.dictionary.to_pylist(), np.bincount(numbers), strict=True):
        yield key, ordered.slice(start, size)
        start += size


def _keys(batch: pa.RecordBatch, depth: int) -> pa.BinaryArray:
    token = batch.column("token")
    if depth < _BYTES:
        return pc.binary_slice(token, depth, depth + 1)
    return pc.binary_join_element_wise(token, batch.column("field_id").cast(pa.binary()), b"")


def _read(path: Path) -> Iterator[pa.RecordBatch]:
    with pa.OSFile(str(path)) as file:
        reader = pa.ipc.open_file(file)
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)
    path.unlink()
