"""Parquet, written again: which rows and values go, and that all else stays as it was."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from connectors.change import Why
from connectors.rewriters.parquet_file import footer
from connectors.rewriters.thrift import written
from tests.rewriting import Values, records, rewritten

PARQUET = "application/vnd.apache.parquet"
ROWS = 100


def _table() -> pa.Table:
    at = range(ROWS)
    when = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
    schema = pa.schema(
        [
            pa.field("id", pa.int64(), nullable=False),
            pa.field("氏名", pa.string(), metadata={"about": "a person"}),
            pa.field("階級", pa.dictionary(pa.int32(), pa.string())),
            pa.field("残高", pa.decimal128(12, 2)),
            pa.field("時", pa.timestamp("ns", "Asia/Tokyo")),
            pa.field("日", pa.date32()),
            pa.field("札", pa.list_(pa.string())),
            pa.field("住所", pa.struct([("県", pa.string()), ("番", pa.int16())])),
            pa.field("旗", pa.bool_()),
            pa.field("率", pa.float32()),
            pa.field("塊", pa.binary()),
        ],
        metadata={"made": "by a test"},
    )
    columns = [
        list(at),
        [f"山田{n}" for n in at],
        [f"級{n}" for n in at],
        [Decimal(n) / 100 for n in at],
        [when + dt.timedelta(hours=n) for n in at],
        [dt.date(1970, 1, 1) + dt.timedelta(days=n) for n in at],
        [[str(n), "x"] if n % 3 else None for n in at],
        [{"県": f"県{n}", "番": n} for n in at],
        [n % 2 == 0 for n in at],
        [n / 3 for n in at],
        [bytes([n]) for n in at],
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _file(**options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(_table(), out, **{"row_group_size": 30, **options})
    return out.getvalue()


def _read(data: bytes) -> pq.ParquetFile:
    return pq.ParquetFile(io.BytesIO(data))


KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "zstd": {"compression": "zstd", "data_page_version": "2.0"},
    "none": {"compression": "none", "use_dictionary": False, "write_statistics": False},
    "mixed": {"compression": {"id": "gzip", "氏名": "brotli"}},
    "lz4": {"compression": "lz4"},
    "indexed": {"write_page_index": True, "bloom_filter_options": {"氏名": True}},
    "sorted": {"sorting_columns": [pq.SortingColumn(0)]},
    "deltas": {"use_dictionary": False, "column_encoding": {"id": "DELTA_BINARY_PACKED"}},
    "spark": {"use_deprecated_int96_timestamps": True, "store_schema": False},
    "decimals": {"store_decimal_as_integer": True},
    "old lists": {"use_compliant_nested_type": False},
}


@pytest.mark.parametrize("kind", KINDS)
def test_rows_go_and_nothing_else(kind: str) -> None:
    """Other values, schema, metadata, order, codecs and bounds of row groups stay."""
    data = _file(**KINDS[kind])
    cut = {1, 30, 31, 95}
    new, done = rewritten(PARQUET, data, {f'{{"row":{at}}}': None for at in cut})
    assert not done.refused
    before, after = _read(data), _read(new)
    kept = [at - 1 for at in range(1, ROWS + 1) if at not in cut]
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    assert after.read().to_pylist() == before.read().take(kept).to_pylist()
    assert after.schema.equals(before.schema)
    assert after.metadata.metadata == before.metadata.metadata
    assert after.metadata.created_by == before.metadata.created_by
    assert [after.metadata.row_group(at).num_rows for at in range(4)] == [28, 29, 30, 9]
    assert done.rows == ROWS - len(cut) == after.metadata.num_rows
    for group in range(4):
        assert _made(before, group) == _made(after, group)
    assert len(records(PARQUET, new)) == done.rows


def _made(file: pq.ParquetFile, group: int) -> list[tuple[object, ...]]:
    """Tell how each column of a row group is written."""
    found = file.metadata.row_group(group)
    columns = (found.column(at) for at in range(found.num_columns))
    return [
        (
            each.compression,
            set(each.encodings),
            each.is_stats_set,
            each.has_offset_index,
            found.sorting_columns,
        )
        for each in columns
    ]


def test_untouched_row_groups_keep_their_bytes() -> None:
    """The pages of a row group in which nothing changes are copied, filters and indexes too."""
    data = _file(**KINDS["indexed"])
    new, done = rewritten(PARQUET, data, {'{"row":2}': None})
    assert "bloom" in done.sentence
    for group in (1, 2, 3):
        assert _pages(data, group) == _pages(new, group)
    old, now = (_read(each).metadata.row_group(3).column(1) for each in (data, new))
    assert now.bloom_filter_offset != old.bloom_filter_offset
    bloom = slice(old.bloom_filter_offset, old.bloom_filter_offset + old.bloom_filter_length)
    assert data[bloom] == new[now.bloom_filter_offset :][: now.bloom_filter_length]


def _pages(data: bytes, group: int) -> list[bytes]:
    found = _read(data).metadata.row_group(group)
    columns = (found.column(at) for at in range(found.num_columns))
    starts = [(each.dictionary_page_offset or each.data_page_offset, each) for each in columns]
    return [data[start : start + each.total_compressed_size] for start, each in starts]


def test_what_went_is_in_no_byte() -> None:
    """Neither a dictionary nor a statistic keeps a value that was cut or written over."""
    words = ["甲", "乙", "丙", "丁"]
    coded = pa.array(words).dictionary_encode()
    out = io.BytesIO()
    pq.write_table(pa.table({"級": coded, "名": words}), out, compression="none")
    edits: dict[str, Values | None] = {'{"row":4}': None, '{"row":1}': {"級": None, "名": "戊"}}
    new, _ = rewritten(PARQUET, out.getvalue(), edits)
    assert [word for word in words if word.encode() in new] == ["乙", "丙"]


def test_a_value_changes_and_no_other() -> None:
    """New values are of the column's type; all other values of the row stay."""
    edits: dict[str, Values | None] = {
        '{"row":40}': {"氏名": "佐藤", "残高": "1.50", "日": "1999-12-31", "階級": "特"},
        '{"row":41}': {"旗": None, "率": "0.5"},
    }
    data = _file()
    new, done = rewritten(PARQUET, data, edits)
    assert (done.refused, done.rows) == ((), ROWS)
    before, after = _read(data).read().to_pylist(), _read(new).read().to_pylist()
    before[39] |= {
        "氏名": "佐藤",
        "残高": Decimal("1.50"),
        "日": dt.date(1999, 12, 31),
        "階級": "特",
    }
    before[40] |= {"旗": None, "率": 0.5}
    assert after == before
    assert _read(new).schema_arrow.equals(_read(data).schema_arrow, check_metadata=True)


def test_a_row_group_of_which_nothing_stays() -> None:
    """An empty row group is left out; a table may lose all of its rows."""
    new, done = rewritten(PARQUET, _file(), {f'{{"row":{at}}}': None for at in range(1, 31)})
    assert (done.rows, _read(new).num_row_groups) == (70, 3)
    new, done = rewritten(PARQUET, _file(), {f'{{"row":{at}}}': None for at in range(1, 101)})
    assert (done.rows, _read(new).read().num_rows) == (0, 0)


@pytest.mark.parametrize(
    ("record", "values", "why"),
    [
        ('{"row":101}', None, Why.GONE),
        ('{"row":1}', {"電話": "x"}, Why.NO_FIELD),
        ('{"row":1}', {"id": None}, Why.REQUIRED),
        ('{"row":1}', {"id": "x"}, Why.WRONG_TYPE),
        ('{"row":1}', {"住所.県": "x"}, Why.BY_HAND),
    ],
)
def test_refused(record: str, values: dict[str, str | None] | None, why: Why) -> None:
    """What can't be done is told with its reason, and nothing is written."""
    new, done = rewritten(PARQUET, _file(), {record: values})
    assert ([each.why for each in done.refused], new) == ([why], b"")


def test_a_cut_file_is_refused() -> None:
    """A file without its footer is for a person to restore."""
    new, done = rewritten(PARQUET, _file()[:-40], {'{"row":1}': None})
    assert ([each.why for each in done.refused], new) == ([Why.BY_HAND], b"")


@pytest.mark.parametrize("kind", KINDS)
def test_a_footer_written_back_is_the_same(kind: str) -> None:
    """Reading and writing a footer loses no byte of it."""
    data = _file(**KINDS[kind])
    size = int.from_bytes(data[-8:-4], "little")
    assert written(footer(io.BytesIO(data))) == data[-8 - size : -8]
