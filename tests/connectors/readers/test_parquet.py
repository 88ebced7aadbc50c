"""Parquet: types, nested columns, damage."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from connectors.errors import Damaged
from connectors.readers.parquet import ParquetReader

Reading = Callable[..., Any]

TABLE = pa.table(
    {
        "id": pa.array([1, 2, 3], pa.int64()),
        "rank": pa.array(["a", "b", "a"]).dictionary_encode(),
        "born": pa.array([date(1985, 4, 1), None, None]),
        "paid": pa.array([Decimal("1.20"), None, None]),
        "s": [{"x": 1, "l": [{"c": "p"}, {"c": None}, {"c": "q"}]}, None, {"x": 2, "l": []}],
        "m": pa.array([[("k", 1), ("j", 2)], [], None], pa.map_(pa.string(), pa.int32())),
        "code": pa.array([b"\x01\xff", None, None], pa.binary(2)),
        "long": pa.array(["t", None, None], pa.large_string()),
    }
)


def _written(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, row_group_size=2)
    return file.getvalue()


def test_rows(read: Reading) -> None:
    """Types stay, nested columns become fields, lists stand one value a line."""
    found = read(ParquetReader(), _written(TABLE), "a.parquet")
    assert found.rows[0] == (
        '{"row":1}',
        {
            "id": 1,
            "rank": "a",
            "born": date(1985, 4, 1),
            "paid": Decimal("1.20"),
            "s.x": 1,
            "s.l[].c": "p\nq",
            "m[].key": "k\nj",
            "m[].value": "1\n2",
            "code": "01ff",
            "long": "t",
        },
    )
    assert found.rows[1:] == [
        ('{"row":2}', {"id": 2, "rank": "b"}),
        ('{"row":3}', {"id": 3, "rank": "a", "s.x": 2}),
    ]


def test_layout_is_what_is_read() -> None:
    """Fields are the columns of the batches, in order, in Arrow's words."""
    data = _written(TABLE)
    layout = ParquetReader().layout(io.BytesIO(data), "a.parquet")
    (first, *_) = ParquetReader().read(io.BytesIO(data), "a.parquet")
    assert [field.name for field in layout.fields] == first.values.schema.names  # type: ignore[union-attr]
    assert [field.type for field in layout.fields][:3] == ["int64", "string", "date32[day]"]


def test_dictionaries_stay() -> None:
    """What is stored once per distinct value isn't blown up."""
    (first, *_) = ParquetReader().read(io.BytesIO(_written(TABLE)), "a.parquet")
    assert pa.types.is_dictionary(first.values.schema.field("rank").type)  # type: ignore[union-attr]


def test_damage() -> None:
    """A cut file, and one with a broken page, are told in a sentence."""
    whole = _written(TABLE)
    with pytest.raises(Damaged):
        ParquetReader().layout(io.BytesIO(whole[:-20]), "a.parquet")
    broken = whole[:4] + b"\xff" * 400 + whole[404:]
    with pytest.raises(Damaged):
        list(ParquetReader().read(io.BytesIO(broken), "a.parquet"))
