"""The name of a database record: compact JSON that finds the row again in its source.

``{"pk":{"customer_id":"C001"}}`` where a key names it, keys in key order, integers as numbers and
everything else as text; ``{"rowid":7}`` for a row of SQLite without a key; and, where a row has no
name at all, ``{"digest":"…","n":1}``: the keyed digest of its text, and which of equal rows it is.
Names are built column by column (Arrow), since every row of every table gets one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.frame import framed

# RFC 8259 §7: what a JSON string must escape. U+007F and above stand as they are.
_MUST_ESCAPE = r'["\\\x00-\x1f]'


def literals(values: pa.Array) -> pa.StringArray:
    """Return each value as JSON: integers and booleans bare, the rest as text, null as ``null``."""
    if pa.types.is_integer(values.type) or pa.types.is_boolean(values.type):
        return pc.fill_null(values.cast(pa.string()), "null")
    text = _escaped(values.cast(pa.string()))
    return pc.fill_null(pc.binary_join_element_wise('"', text, '"', ""), "null")


def literal(value: object) -> str:
    """Return one value as JSON, by the same rules as :func:`literals`; bytes as hex."""
    if value is None or isinstance(value, int):
        return json.dumps(value)
    text = value.hex() if isinstance(value, bytes) else str(value)
    return _quoted(text)


def by_key(fields: Sequence[str], values: Sequence[pa.StringArray]) -> pa.StringArray:
    """Name rows by the columns of their key; ``values`` are :func:`literals`, one per field."""
    if len(fields) == 1:
        return framed(f'{{"pk":{{{_quoted(fields[0])}:', values[0], "}}")
    parts: list[pa.StringArray | str] = []
    lead = '{"pk":{'
    for field, column in zip(fields, values, strict=True):
        parts += [f"{lead}{_quoted(field)}:", column]
        lead = ","
    return pc.binary_join_element_wise(*parts, "}}", "")


def by_rowid(rowids: pa.Array) -> pa.StringArray:
    """Name rows of SQLite by the number it gives them."""
    return framed('{"rowid":', rowids.cast(pa.string()), "}")


class Digests:
    """Names rows by the keyed digest of their text; equal rows must come one after the other.

    Counting equal rows while they are adjacent keeps memory level however large the table is,
    which is why the sources order such tables by their rows' text.
    """

    def __init__(self, key: bytes) -> None:
        if not key:
            # Without a key, whoever guesses a row could confirm the guess in the inventory.
            raise ValueError("Rows without a key are named by a keyed digest: give digest_key.")
        self._key = key
        self._last: str | bytes | None = None
        self._count = 0

    def names(self, texts: pa.Array) -> pa.StringArray:
        """Name the next rows, given the text of each."""
        rows = texts.to_pylist()
        digests = pa.array([self.digest(row) for row in rows], pa.string())
        nth = pa.array(self._nth(rows)).cast(pa.string())
        return pc.binary_join_element_wise('{"digest":"', digests, '","n":', nth, "}", "")

    def digest(self, row: str | bytes) -> str:
        """Digest one row's text."""
        raw = row.encode() if isinstance(row, str) else row
        return blake2b(raw, digest_size=16, key=self._key).hexdigest()

    def _nth(self, rows: list[str | bytes]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        counts = np.empty(len(rows), np.int64)
        for index, row in enumerate(rows):
            self._count = self._count + 1 if row == self._last else 1
            self._last = row
            counts[index] = self._count
        return counts


def _escaped(text: pa.StringArray) -> pa.StringArray:
    hard = pc.fill_null(pc.match_substring_regex(text, _MUST_ESCAPE), fill_value=False)
    if not pc.any(hard, min_count=0).as_py():
        return text
    escaped = [_quoted(value)[1:-1] for value in text.filter(hard).to_pylist()]
    return pc.replace_with_mask(text, hard, pa.array(escaped, pa.string()))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
