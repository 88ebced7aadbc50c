"""Names of database records."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import record

_TEXT = st.text(st.characters(exclude_categories=("Cs",)))


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(st.lists(st.tuples(_TEXT, st.integers(-(2**63), 2**63 - 1))), _TEXT, _TEXT)
def test_names_are_what_json_writes(rows: list[tuple[str, int]], first: str, second: str) -> None:
    """Built by columns, a name is exactly what ``json.dumps`` writes row by row."""
    texts = pa.array([row[0] for row in rows], pa.string())
    numbers = pa.array([row[1] for row in rows], pa.int64())
    names = record.by_key(["x" + first, second], [record.literals(texts), record.literals(numbers)])
    expected = [
        f'{{"pk":{{{_dumps("x" + first)}:{_dumps(text)},{_dumps(second)}:{number}}}}}'
        for text, number in rows
    ]
    assert names.to_pylist() == expected


@given(st.one_of(st.none(), st.booleans(), st.integers(), _TEXT))
def test_one_value_is_what_json_writes(value: object) -> None:
    """A single value follows the same rules as a column."""
    assert record.literal(value) == _dumps(value)


@pytest.mark.parametrize(
    ("values", "written"),
    [
        (pa.array([1, None], pa.int16()), ["1", "null"]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array([date(2001, 2, 3)]), ['"2001-02-03"']),
        (pa.array(['a"b', "髙\n", None]), ['"a\\"b"', '"髙\\n"', "null"]),
    ],
)
def test_literals(values: pa.Array, written: list[str]) -> None:
    """Whole numbers and truth values stand bare; the rest is text; null is null."""
    assert record.literals(values).to_pylist() == written


def test_bytes_are_hex() -> None:
    """Bytes in a key are written as hex."""
    assert record.literal(b"\x00\xff") == '"00ff"'


@given(st.lists(st.sampled_from("abc"), max_size=30), st.integers(1, 7))
def test_equal_rows_are_counted_apart(rows: list[str], size: int) -> None:
    """Equal rows that stand together get numbers from 1, wherever the batches part them."""
    rows.sort()
    digests = record.Digests(b"key")
    names: list[str] = []
    for start in range(0, len(rows), size):
        names += digests.names(pa.array(rows[start : start + size], pa.string())).to_pylist()
    assert len(set(names)) == len(rows)
    counts = [json.loads(name)["n"] for name in names]
    assert counts == [rows[:place].count(row) + 1 for place, row in enumerate(rows)]


def test_a_digest_needs_a_key() -> None:
    """Without a key a digest could be guessed, so none is made; with another it is another."""
    with pytest.raises(ValueError, match="digest_key"):
        record.Digests(b"")
    row = pa.array(["(1,山田)"])
    assert record.Digests(b"a").names(row) != record.Digests(b"b").names(row)
    assert "山田" not in record.Digests(b"a").names(row)[0].as_py()
