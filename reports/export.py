"""An export: a table of the inventory as a file for other programs and for people.

Parquet for programs; CSV with a byte order mark, so that Excel reads Japanese; Excel; JSON with
the columns under the table's name. Tokens are in hexadecimal, names of places that hold an
identifier are masked unless opened. Cells that a spreadsheet would run as a formula are made text
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from reports.errors import WrongUse
from reports.seal import Seal

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from reports.view import View

_BATCH = 16_384
_EXCEL_ROWS = 1_048_576
_EXCEL_CELL = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SHOWN_IN = ZoneInfo("Asia/Tokyo")

Show = Callable[[str], str]


class Format(StrEnum):
    """What an export is written as."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def export(
    table: ds.Dataset | pa.Table,
    format: Format | str,  # noqa: A002 (the option's word)
    out: BinaryIO | Path,
    *,
    name: str = "rows",
    seal: Seal | None = None,
    opened: bool = False,
) -> None:
    """Write a table to a stream, or to a file that appears only when it is whole.

    ``name`` is the table's, for JSON and Excel. Without ``seal`` sealed names stay sealed.
    """
    if format not in set(Format):
        raise WrongUse(f"An export is one of {', '.join(Format)}, not {format}.")
    if isinstance(out, Path):
        with _whole(out) as file:
            export(table, format, file, name=name, seal=seal, opened=opened)
        return
    rows = ds.dataset(table) if isinstance(table, pa.Table) else table
    show = _shown(seal, opened)
    match Format(format):
        case Format.PARQUET:
            _parquet(rows, out, show)
        case Format.CSV:
            _csv(rows, out, show)
        case Format.XLSX:
            _xlsx(rows, name, out, show)
        case Format.JSON:
            _json(rows, name, out, show)


def export_all(
    view: View,
    format: Format | str,  # noqa: A002 (the option's word)
    folder: Path,
    *,
    seal: Seal | None = None,
    opened: bool = False,
) -> Iterator[Path]:
    """Write every table into a folder, yielding each file when it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in view:
        path = folder / f"{name}.{format}"
        export(view[name], format, path, name=name, seal=seal, opened=opened)
        yield path


def plain_rows(
    table: ds.Dataset, seal: Seal | None = None, *, opened: bool = False
) -> Iterator[dict[str, object]]:
    """Yield the rows as JSON prints them: tokens in hexadecimal, times in UTC."""
    return _rows(table, _shown(seal, opened), utc)


def local(moment: datetime) -> str:
    """Return a time as people here read it."""
    return f"{moment.astimezone(_SHOWN_IN):%Y-%m-%d %H:%M:%S}"


def utc(moment: datetime) -> str:
    """Return a time as JSON has it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise WrongUse(f"Can't write {path} ({error.strerror}): name another file.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _shown(seal: Seal | None, opened: bool) -> Show:
    return (lambda name: seal.shown(name, opened=opened)) if seal else (lambda name: name)


def _parquet(table: ds.Dataset, out: BinaryIO, show: Show) -> None:
    with pq.ParquetWriter(out, table.schema, compression="zstd") as writer:
        for batch in table.to_batches(batch_size=_BATCH):
            writer.write_batch(_named(batch, show))


def _json(table: ds.Dataset, name: str, out: BinaryIO, show: Show) -> None:
    out.write(f'{{"{name}": ['.encode())
    for number, row in enumerate(_rows(table, show, utc)):
        text = json.dumps(row, ensure_ascii=False)
        out.write(f"{',' if number else ''}\n{text}".encode())
    out.write(b"\n]}\n")


def _csv(table: ds.Dataset, out: BinaryIO, show: Show) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(table.schema.names)
    writer.writerows([_text(value) for value in row.values()] for row in _rows(table, show, local))
    text.detach()


def _xlsx(table: ds.Dataset, name: str, out: BinaryIO, show: Show) -> None:
    import xlsxwriter

    rows = table.count_rows()
    if rows >= _EXCEL_ROWS:
        raise WrongUse(
            f"{name} has {rows:,} rows and an Excel sheet holds {_EXCEL_ROWS - 1:,}: "
            "export it as csv or parquet, or narrow it with --source or --entity."
        )
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(table.schema.names):
        sheet.write_string(0, column, title)
    for at, row in enumerate(_rows(table, show, local), start=1):
        _write_row(sheet, at, row.values())
    book.close()


def _write_row(sheet: Worksheet, at: int, values: Iterable[object]) -> None:
    for column, value in enumerate(values):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(at, column, value)
        elif value is not None:
            # write_string never makes a formula of what it is given.
            sheet.write_string(at, column, str(_joined(value))[:_EXCEL_CELL])


def _rows(
    table: ds.Dataset, show: Show, time: Callable[[datetime], str]
) -> Iterator[dict[str, object]]:
    for batch in table.to_batches(batch_size=_BATCH):
        for row in batch.to_pylist():
            yield {name: _plain(value, show, time) for name, value in row.items()}


def _plain(value: object, show: Show, time: Callable[[datetime], str]) -> object:
    if isinstance(value, dict):
        return {key: _plain(item, show, time) for key, item in value.items()}
    if isinstance(value, list):
        return _plain_list(value, show, time)
    if isinstance(value, str):
        return show(value)
    if isinstance(value, bytes):
        return value.hex()
    return time(value) if isinstance(value, datetime) else value


def _plain_list(values: list[Any], show: Show, time: Callable[[datetime], str]) -> object:
    if values and isinstance(values[0], tuple):  # Arrow's map
        return dict(values)
    return [_plain(value, show, time) for value in values]


def _joined(value: object) -> object:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return value


def _text(value: object) -> object:
    text = _joined(value)
    if isinstance(text, str) and text.startswith(_FORMULA):
        return "'" + text
    return text


def _named(batch: pa.RecordBatch, show: Show) -> pa.RecordBatch:
    for name in ("dataset", "field", "record", "partition_name"):
        if name in batch.schema.names:
            shown = [show(text) if text else text for text in batch.column(name).to_pylist()]
            at = batch.schema.get_field_index(name)
            batch = batch.set_column(at, batch.schema.field(name), pa.array(shown, pa.string()))
    return batch
