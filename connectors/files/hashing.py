"""Keyed hashes of files and rows: equal means the same, and tells nothing to who lacks the key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import BinaryIO

import pyarrow as pa

_CHUNK = 1024 * 1024
_SIZE = 16
_LONGEST = 64


def digest(key: bytes) -> blake2b:
    """Begin the hash of a file."""
    return blake2b(digest_size=_SIZE, key=key[:_LONGEST])


def file_hash(file: BinaryIO, key: bytes) -> str:
    """Hash a file from its start to its end, and go back to its start."""
    found = digest(key)
    file.seek(0)
    while chunk := file.read(_CHUNK):
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def versions(whole: str, values: pa.RecordBatch, key: bytes) -> pa.StringArray:
    """Return a version for each row: the hash of its file, and that of the row in it."""
    names = values.schema.names
    columns = [column.to_pylist() for column in values.columns]
    rows = zip(*columns, strict=True) if columns else ((),) * values.num_rows
    return pa.array([f"{whole}:{_row(names, row, key)}" for row in rows], pa.string())


def is_of(version: str, whole: str) -> bool:
    """Tell whether a version is one of a file with this hash."""
    return version.partition(":")[0] == whole


def _row(names: Iterable[str], row: Iterable[object], key: bytes) -> str:
    found = digest(key)
    for each in _texts(names, row):
        # The length first, so that no two rows are written alike.
        found.update(len(each).to_bytes(8, "big") + each)
    return found.hexdigest()


def _texts(names: Iterable[str], row: Iterable[object]) -> Iterator[bytes]:
    for name, value in zip(names, row, strict=True):
        if value is not None:
            yield name.encode()
            yield value if isinstance(value, bytes) else str(value).encode()
