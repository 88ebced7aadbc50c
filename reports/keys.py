"""A key candidate: a field whose values could be, or refer to, keys of records.

For each such field a sketch is kept: the 256 least of the tokens of its values (a bottom-k
sketch, Broder 1997). Two sketches tell how many values are different and how far one field's
values lie among another's, so links are proposed later without reading anything again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from reports.kind import KEY
from reports.token import TOKEN_BYTES, Tokens

SKETCH = 256
#: Longer values are texts, not keys.
LONGEST = 40
_SPACE = 1 << (8 * TOKEN_BYTES)


@dataclass(slots=True)
class KeySketch:
    """The sketch of one field; grows by :meth:`add`, and joins those of other partitions."""

    type: str = ""
    least: list[bytes] = field(default_factory=list)

    def add(self, tokens: Iterable[bytes]) -> None:
        """Take the tokens of some values."""
        full = len(self.least) == SKETCH
        below = {token for token in tokens if not full or token < self.least[-1]}
        if below:
            self.least = sorted(below.union(self.least))[:SKETCH]

    def join(self, other: KeySketch) -> None:
        """Take what another sketch of the same field holds."""
        self.type = self.type or other.type
        self.add(other.least)

    @property
    def distinct(self) -> int:
        """How many different values there are: exact below 256, else within about 6 %."""
        if len(self.least) < SKETCH:
            return len(self.least)
        return round((SKETCH - 1) * _SPACE / int.from_bytes(self.least[-1], "big"))


@dataclass(slots=True)
class Sketches:
    """The sketches of one dataset's fields; holds tokens only, so it may travel."""

    fields: dict[str, KeySketch] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)

    def add(self, values: pa.RecordBatch, tokens: Tokens) -> None:
        """Take a batch: every whole-number or short text column is a candidate."""
        for name, column in zip(values.schema.names, values.columns, strict=True):
            if name not in self.texts:
                self._add(name, column, tokens)

    def join(self, other: Sketches) -> None:
        """Take another partition's sketches."""
        self.texts |= other.texts
        for name, sketch in other.fields.items():
            self.fields.setdefault(name, KeySketch()).join(sketch)
        for name in self.texts & self.fields.keys():
            del self.fields[name]

    def rows(self, dataset: str) -> list[dict[str, object]]:
        """Return the KEYS rows of the dataset."""
        return [
            {
                "dataset": dataset,
                "field": name,
                "type": sketch.type,
                "distinct": sketch.distinct,
                "sketch": sketch.least,
            }
            for name, sketch in self.fields.items()
            if sketch.least
        ]

    def _add(self, name: str, column: pa.Array, tokens: Tokens) -> None:
        if not _could_be_key(column):
            self.texts.add(name)
            self.fields.pop(name, None)
            return
        values = pc.unique(column).drop_null().cast(pa.string()).to_pylist()
        sketch = self.fields.setdefault(name, KeySketch(str(column.type)))
        sketch.add(tokens.many(KEY, map(str.strip, values)))


def contained(inner: KeySketch, outer: KeySketch) -> float:
    """Return the estimated share of the values of ``inner`` that ``outer`` has too, 0 to 1."""
    complete = len(outer.least) < SKETCH
    seen = [token for token in inner.least if complete or token <= outer.least[-1]]
    if not seen:
        return 0.0
    return len(set(seen) & set(outer.least)) / len(seen)


def _could_be_key(column: pa.Array) -> bool:
    if kinds.is_dictionary(column.type):
        column = column.dictionary
    if kinds.is_integer(column.type) or kinds.is_null(column.type):
        return True
    if not (kinds.is_string(column.type) or kinds.is_large_string(column.type)):
        return False
    longest = pc.max(pc.utf8_length(column)).as_py()
    return longest is None or longest <= LONGEST
