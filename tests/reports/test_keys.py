"""Key candidates: sketches that tell how many keys there are and which lie among others."""

from __future__ import annotations

import pyarrow as pa
import pytest

from reports import tables
from reports.keys import KeySketch, Sketches, contained
from reports.token import Tokens

TOKENS = Tokens(bytes(range(32)))


def _sketches(*batches: dict[str, list[object]]) -> Sketches:
    made = Sketches()
    for batch in batches:
        made.add(pa.RecordBatch.from_pydict(batch), TOKENS)
    return made


def _sketch(values: range) -> KeySketch:
    return _sketches({"id": list(values)}).fields["id"]


def test_distinct() -> None:
    """Few different values are counted exactly, many within a tenth or so."""
    assert _sketch(range(200)).distinct == 200
    assert _sketches({"id": [1, 1, None, 2]}).fields["id"].distinct == 2
    assert _sketch(range(20_000)).distinct == pytest.approx(20_000, rel=0.2)


def test_inclusion() -> None:
    """A field whose values lie in another's is seen to, from sketches alone."""
    people = _sketch(range(20_000))
    assert contained(_sketch(range(5_000, 9_000)), people) == 1.0
    assert contained(_sketch(range(10_000, 30_000)), people) == pytest.approx(0.5, abs=0.15)
    assert contained(_sketch(range(50_000, 60_000)), people) == 0.0
    assert contained(KeySketch(), people) == 0.0


def test_in_parts_or_whole() -> None:
    """Batches and partitions in any order give the sketch of the whole, and 7 equals "7"."""
    whole = _sketches({"id": list(range(3_000))})
    parts = _sketches({"id": list(range(2_000, 3_000))}, {"id": list(range(1_500))})
    parts.join(_sketches({"id": [str(at) for at in range(1_000, 2_500)]}))
    assert parts.fields["id"].least == whole.fields["id"].least


def test_texts_are_no_keys() -> None:
    """Long texts and decimals are no candidates, from whichever batch tells."""
    made = _sketches(
        {"id": [1], "memo": ["短い"], "price": [1.5]},
        {"id": [2], "memo": ["長い" * 30], "price": [2.0]},
    )
    rows = made.rows("customers")
    assert [row["field"] for row in rows] == ["id"]
    assert pa.Table.from_pylist(rows, tables.KEYS).num_rows == 1
