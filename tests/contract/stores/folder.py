"""A local folder as the contract sees it: files of one format, written by others' libraries."""

from __future__ import annotations

import csv
import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.contract.stores.base import Row, Store


class FolderStore(Store):
    """Files of one ending in a folder; the first column is only a column here."""

    ending = ""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self.url = str(folder)
        self._folder = folder

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Write a file."""
        self._write(self.path(name), columns, rows)
        return self.dataset(name)

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Take the nth row."""
        return self.rows(name)[int(str(record["row"])) - 1]

    def close_off(self, name: str) -> None:
        """Put a link in its place that leads nowhere."""
        self.path(name).unlink()
        self.path(name).symlink_to(self._folder / "nowhere")

    def dataset(self, name: str) -> str:
        """Name the file."""
        return f"{name}.{self.ending}"

    def path(self, name: str) -> Path:
        """Return the file."""
        return self._folder / self.dataset(name)

    def lying(self) -> list[str]:
        """List the folder."""
        return sorted(each.name for each in self._folder.iterdir())

    @abstractmethod
    def _write(self, path: Path, columns: Mapping[str, type], rows: Iterable[Row]) -> None:
        """Write a file of the format."""


class CsvStore(FolderStore):
    """CSV with a header."""

    ending = "csv"
    encoding = "utf-8"

    def rows(self, name: str) -> list[Row]:
        """Let Python's own reader read."""
        with self.path(name).open(encoding=self.encoding, newline="") as file:
            rows: list[Row] = [tuple(row) for row in csv.reader(file)]
        return rows[1:]

    def _write(self, path: Path, columns: Mapping[str, type], rows: Iterable[Row]) -> None:
        with path.open("w", encoding=self.encoding, newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)


class JsonlStore(FolderStore):
    """JSON lines."""

    ending = "jsonl"

    def rows(self, name: str) -> list[Row]:
        """Let Python's own reader read."""
        text = self.path(name).read_text(encoding="utf-8")
        return [tuple(json.loads(line).values()) for line in text.split("\n") if line]

    def _write(self, path: Path, columns: Mapping[str, type], rows: Iterable[Row]) -> None:
        lines = (dict(zip(columns, row, strict=True)) for row in rows)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path.write_text(text, encoding="utf-8")


class ParquetStore(FolderStore):
    """Parquet, in several row groups."""

    ending = "parquet"

    def rows(self, name: str) -> list[Row]:
        """Let Arrow read."""
        columns = pq.read_table(self.path(name)).columns
        return list(zip(*(column.to_pylist() for column in columns), strict=True))

    def _write(self, path: Path, columns: Mapping[str, type], rows: Iterable[Row]) -> None:
        kinds = {int: pa.int64(), str: pa.string()}
        schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
        table = [dict(zip(columns, row, strict=True)) for row in rows]
        pq.write_table(pa.Table.from_pylist(table, schema), path, row_group_size=50_000)


class XlsxStore(FolderStore):
    """A workbook of one sheet each."""

    ending = "xlsx"

    def fields(self, columns: Sequence[str]) -> list[str]:
        """Name fields by sheet and header."""
        return [f"表!{column}" for column in columns]

    def rows(self, name: str) -> list[Row]:
        """Let openpyxl read."""
        book = openpyxl.load_workbook(self.path(name), read_only=True)
        rows: list[Row] = [tuple(row) for row in book["表"].iter_rows(values_only=True)]
        book.close()
        return rows[1:]

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Take Excel's own row."""
        return self.rows(name)[int(str(record["row"])) - 2]

    def _write(self, path: Path, columns: Mapping[str, type], rows: Iterable[Row]) -> None:
        book = openpyxl.Workbook(write_only=True)
        book.properties.creator = None  # else it is read, as an author's name
        sheet = book.create_sheet("表")
        for row in [tuple(columns), *rows]:
            sheet.append(row)
        book.save(path)
