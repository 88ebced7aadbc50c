"""A column of texts, each between the same two: how the names of records are built.

Every row of every table gets a name, so this counts: keys of one length, as neighbouring numbers
and all UUIDs are, are put between as a block, in a third of the time.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Bytes = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def framed(before: str, texts: pa.StringArray, after: str) -> pa.StringArray:
    """Return ``before + text + after`` for each text; null for null.

    >>> framed("<", pa.array(["a", "b"]), ">").to_pylist()
    ['<a>', '<b>']
    """
    if length := _length(texts):
        return _block(before.encode(), texts, length, after.encode())
    return pc.binary_join_element_wise(before, texts, after, "")


def _length(texts: pa.StringArray) -> int:
    """Return how many bytes each text has; 0 where they differ, or there is none."""
    if not len(texts) or texts.null_count:
        return 0
    lengths = np.diff(_offsets(texts))
    return int(lengths[0]) if (lengths == lengths[0]).all() else 0


def _offsets(texts: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    every = np.frombuffer(texts.buffers()[1], np.int32)
    return every[texts.offset : texts.offset + len(texts) + 1]


def _block(before: bytes, texts: pa.StringArray, length: int, after: bytes) -> pa.StringArray:
    rows, width = len(texts), len(before) + length + len(after)
    first = _offsets(texts)[0]
    there = np.frombuffer(texts.buffers()[2], np.uint8)[first : first + rows * length]
    made: Bytes = np.empty((rows, width), np.uint8)
    made[:, : len(before)] = np.frombuffer(before, np.uint8)
    made[:, len(before) : -len(after) or width] = there.reshape(rows, length)
    made[:, len(before) + length :] = np.frombuffer(after, np.uint8)
    ends = np.arange(rows + 1, dtype=np.int32) * width
    return pa.StringArray.from_buffers(rows, pa.py_buffer(ends), pa.py_buffer(made))
