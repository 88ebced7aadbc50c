"""Rows sorted by token, in memory and outside it."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest

from reports import token_order
from reports.token_order import by_token

Row = tuple[bytes, str, int]


def _rows(count: int, tokens: int) -> list[Row]:
    """Make rows of which every third holds one token, and the rest any of ``tokens``."""
    chance = random.Random(7)  # noqa: S311 (repeatable, not secret)
    known = [chance.randbytes(16) for _ in range(tokens)]
    return [
        (known[0] if at % 3 == 0 else chance.choice(known), f"f_{chance.randrange(3)}", at)
        for at in range(count)
    ]


def _batches(rows: list[Row], size: int) -> list[pa.RecordBatch]:
    schema = pa.schema({"token": pa.binary(), "field_id": pa.string(), "ordinal": pa.int64()})
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    return pa.Table.from_arrays(columns, schema=schema).to_batches(max_chunksize=size)


@pytest.mark.parametrize("at_once", [4, 64, 100_000], ids=["deep", "parted", "in memory"])
@pytest.mark.parametrize("tokens", [1, 5, 900])
def test_rows_come_in_order(
    at_once: int, tokens: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little memory holds, each row comes once, by token and field; no file is left."""
    monkeypatch.setattr(token_order, "ROWS", at_once)
    rows = _rows(1_000, tokens)
    found = [
        (row["token"], row["field_id"], row["ordinal"])
        for batch in by_token(_batches(rows, 37), tmp_path)
        for row in batch.to_pylist()
    ]
    assert [row[:2] for row in found] == sorted(row[:2] for row in rows)
    assert sorted(found) == sorted(rows)
    assert list(tmp_path.iterdir()) == []


def test_no_rows(tmp_path: Path) -> None:
    """Nothing in order is nothing."""
    assert list(by_token([], tmp_path)) == []
