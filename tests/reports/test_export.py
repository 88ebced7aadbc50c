"""Exports: the tables an inventory gives away, and what of names they show."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reports import tables
from reports.errors import WrongUse
from reports.export import export, export_all, plain_rows
from reports.seal import Seal
from tests.reports.town import Town

SEAL = Seal(bytes(range(64)))
ROWS = pa.Table.from_pylist(
    [
        {
            "token": b"\x01\xff",
            "dataset": SEAL.seal("山田太郎.csv"),
            "record": '{"row":1}',
            "field": "=HYPERLINK(1)",
            "ordinal": -5,
        },
        {"token": None, "dataset": "public.customers", "field": "氏名", "start": 3},
    ],
    schema=tables.LOCATIONS,
)


def _export(format_: str, *, opened: bool = False) -> bytes:
    out = io.BytesIO()
    export(ROWS, format_, out, name="locations", seal=SEAL, opened=opened)
    return out.getvalue()


def test_csv() -> None:
    """CSV has a byte order mark, hexadecimal tokens, masked names, and no formulas."""
    content = _export("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    assert list(frame.columns) == tables.LOCATIONS.names
    first = frame.iloc[0]
    assert (first["token"], first["dataset"]) == ("01ff", "山＊＊＊.csv")
    assert (first["field"], first["ordinal"]) == ("'=HYPERLINK(1)", "-5")


def test_xlsx() -> None:
    """Excel shows a formula's text, not its result, and opened names when asked."""
    sheet = openpyxl.load_workbook(io.BytesIO(_export("xlsx", opened=True))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["dataset"], first["field"]) == ("山田太郎.csv", "=HYPERLINK(1)")
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}


def test_parquet() -> None:
    """Parquet keeps the types, and masks names too."""
    table = pq.read_table(io.BytesIO(_export("parquet")))
    assert table.schema.equals(tables.LOCATIONS)
    assert table.column("dataset").to_pylist() == ["山＊＊＊.csv", "public.customers"]


def test_json() -> None:
    """JSON has the rows under the table's name."""
    answer = json.loads(_export("json"))
    assert answer["locations"][0]["token"] == "01ff"
    assert answer["locations"][1]["start"] == 3


def test_nested_columns() -> None:
    """Times are UTC in JSON, maps and lists are objects and arrays."""
    row = {"scan_id": "s", "ended": datetime(2026, 1, 1, tzinfo=UTC), "versions": [("fields", 3)]}
    scans = pa.dataset.dataset(pa.Table.from_pylist([row], tables.SCANS))
    plain = next(plain_rows(scans))
    assert plain["ended"] == "2026-01-01T00:00:00Z"
    assert plain["versions"] == {"fields": 3}


def test_to_a_file(tmp_path: Path) -> None:
    """A file appears whole or not at all; a place that can't be written is told."""
    export(ROWS, "csv", tmp_path / "a.csv")
    assert b"enc" in (tmp_path / "a.csv").read_bytes()  # no key, nothing opened
    with pytest.raises(WrongUse, match="name another file"):
        export(ROWS, "csv", tmp_path / "none" / "a.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_every_table(tmp_path: Path) -> None:
    """All tables of an inventory become files of a folder."""
    town = Town(tmp_path)
    town.table("crm.people", {"name": "PERSON self"}, [{"name": "山田太郎"}])
    town.commit()
    written = list(export_all(town.inventory.view(), "parquet", tmp_path / "out"))
    assert {path.stem for path in written} == {"scans", *tables.TABLES}
    assert pq.read_table(tmp_path / "out" / "locations.parquet").num_rows == 1


def test_unknown_format() -> None:
    """Another format is refused with the valid ones."""
    with pytest.raises(WrongUse, match="parquet, csv, xlsx, json"):
        _export("pdf")
