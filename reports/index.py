"""The token index: from a token to the records that hold it, in a few milliseconds.

Beside the locations, which lie by record, stands a copy of their tokens in order. A look-up goes
by the bounds of the row groups, which are read once from the files' footers and held in memory
(about 100 bytes for 16,384 rows), and decodes only the row groups that can hold the token.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reports.kind import UNTRACED
from reports.token_order import by_token

_COLUMNS = ("token", "field_id", "partition", "ordinal")
_BATCH = 65_536


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the index: a token stands in a field of a record."""

    token: bytes
    source: str
    field_id: str
    partition: int
    ordinal: int


def sort_index(locations: Iterable[Path], generation: str, spill: Path) -> Iterator[pa.RecordBatch]:
    """Stream the index rows of one scan's files of locations in the order of their tokens.

    Sorts outside memory, in the folder ``spill``. Genders and ages get no entry: their few tokens
    would tell them by frequency, and no search follows them.
    """
    for rows in by_token(_traced(locations), spill):
        yield rows.append_column("generation", pa.repeat(generation, rows.num_rows))


def _traced(locations: Iterable[Path]) -> Iterator[pa.RecordBatch]:
    untraced = pa.array(sorted(UNTRACED), pa.string())
    for path in locations:
        # Read ahead, as is the default, a file would be in memory as a whole; and every thread
        # that reads keeps memory of its own.
        file = pq.ParquetFile(path, pre_buffer=False)
        columns = [*_COLUMNS, "entity"]
        for batch in file.iter_batches(_BATCH, columns=columns, use_threads=False):
            traced = pc.invert(pc.is_in(batch.column("entity"), value_set=untraced))
            yield batch.filter(traced).select(_COLUMNS)


class TokenIndex:
    """The files of the index at one version, each with its source."""

    def __init__(self, files: Iterable[tuple[Path, str | None]]) -> None:
        self._runs = [_Run.open(path, source or "") for path, source in files]

    def lookup(
        self, token: bytes, limit: int, fields: Collection[str] | None = None
    ) -> list[Entry]:
        """Return where a token stands, in some fields or in any; about ``limit`` places at most."""
        found: list[Entry] = []
        for run in self._runs:
            found.extend(run.entries(token, limit - len(found), fields))
        return found


@dataclass(frozen=True, slots=True)
class _Run:
    """One file, in the order of token and field, with the bounds of its row groups."""

    path: Path
    source: str
    least: list[bytes]
    greatest: list[bytes]
    fields: list[tuple[str, str]]

    @classmethod
    def open(cls, path: Path, source: str) -> _Run:
        groups = row_groups(path)
        bounds = [cast("tuple[bytes, bytes]", column_bounds(group, "token")) for group in groups]
        least, greatest = [low for low, _ in bounds], [high for _, high in bounds]
        fields = [cast("tuple[str, str]", column_bounds(group, "field_id")) for group in groups]
        return cls(path, source, least, greatest, fields)

    def entries(self, token: bytes, limit: int, fields: Collection[str] | None) -> list[Entry]:
        found: list[Entry] = []
        for group in self._groups(token, fields):
            if len(found) >= limit:
                break
            found.extend(self._read(group, token, fields))
        return found

    def _groups(self, token: bytes, fields: Collection[str] | None) -> Iterator[int]:
        first = bisect_left(self.greatest, token)
        last = bisect_right(self.least, token)
        for group in range(first, last):
            low, high = self.fields[group]
            if fields is None or any(low <= field <= high for field in fields):
                yield group

    def _read(self, group: int, token: bytes, fields: Collection[str] | None) -> Iterator[Entry]:
        file = open_file(self.path)
        here = pc.equal(file.read_row_group(group, columns=["token"]).column(0), token)
        at = pc.indices_nonzero(here)
        if not len(at):
            return
        rows = file.read_row_group(group, columns=["field_id", "partition", "ordinal"]).take(at)
        if fields is not None:
            wanted = pa.array(sorted(fields), pa.string())
            rows = rows.filter(pc.is_in(rows.column("field_id"), value_set=wanted))
        for row in rows.to_pylist():
            yield Entry(token, self.source, **row)


@lru_cache(maxsize=256)
def open_file(path: Path) -> pq.ParquetFile:
    """Open a Parquet file, keeping its footer in memory; files here never change."""
    return pq.ParquetFile(path, memory_map=True)


def row_groups(path: Path) -> list[pq.RowGroupMetaData]:
    """Return what the footer tells of each row group."""
    footer = open_file(path).metadata
    return [footer.row_group(number) for number in range(footer.num_row_groups)]


def column_bounds(group: pq.RowGroupMetaData, name: str) -> tuple[object, object]:
    """Return the least and greatest value of a column in a row group, as the footer has them."""
    for number in range(group.num_columns):
        column = group.column(number)
        if column.path_in_schema == name and column.statistics and column.statistics.has_min_max:
            return column.statistics.min, column.statistics.max
    raise LookupError(name)
