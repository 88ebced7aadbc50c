"""The token index: from a token to the records that hold it, in a few milliseconds.

Beside the locations, which lie by record, stands a copy of their tokens in order. A look-up goes
by the bounds of the row groups, which are read once from the files' footers and held in memory
(about 100 bytes for 16,384 rows), and decodes only the row groups that can hold the token.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reports.kind import UNTRACED

_MEMORY = "256MB"
_BATCH = 131_072
_COLUMNS = ("token", "field_id", "partition", "ordinal", "generation")


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the index: a token stands in a field of a record."""

    token: bytes
    source: str
    field_id: str
    partition: int
    ordinal: int


def sort_index(locations: Sequence[Path], spill: Path) -> Iterator[pa.RecordBatch]:
    """Stream the index rows of files of locations in the order of their tokens.

    Sorts outside memory, in the folder ``spill``. Genders and ages get no entry: their few tokens
    would tell them by frequency, and no search follows them.
    """
    import duckdb

    untraced = ", ".join(f"'{entity}'" for entity in sorted(UNTRACED))
    with duckdb.connect() as database:
        database.execute(f"SET memory_limit = '{_MEMORY}'")
        database.execute("SET temp_directory = ?", [str(spill)])
        database.execute("SET preserve_insertion_order = false")
        found = database.sql(
            f"SELECT {', '.join(_COLUMNS)} FROM read_parquet($files) "  # noqa: S608 (constants)
            f"WHERE entity NOT IN ({untraced}) ORDER BY token",
            params={"files": [str(path) for path in locations]},
        )
        yield from found.to_arrow_reader(_BATCH)


class TokenIndex:
    """The files of the index at one version, each with its source."""

    def __init__(self, files: Iterable[tuple[Path, str | None]]) -> None:
        self._runs = [_Run.open(path, source or "") for path, source in files]

    def lookup(self, tokens: Collection[bytes], limit: int) -> dict[bytes, list[Entry]]:
        """Return where each token stands, at most about ``limit`` places a token and file."""
        found: dict[bytes, list[Entry]] = {token: [] for token in tokens}
        for run in self._runs:
            for entry in run.entries(sorted(found), limit):
                found[entry.token].append(entry)
        return found


@dataclass(frozen=True, slots=True)
class _Run:
    """One file, its rows in the order of tokens, with the bounds of its row groups."""

    path: Path
    source: str
    least: list[bytes]
    greatest: list[bytes]

    @classmethod
    def open(cls, path: Path, source: str) -> _Run:
        bounds = [column_bounds(group, "token") for group in row_groups(path)]
        least, greatest = ([cast("bytes", bound[end]) for bound in bounds] for end in (0, 1))
        return cls(path, source, least, greatest)

    def entries(self, tokens: Sequence[bytes], limit: int) -> Iterator[Entry]:
        wanted: dict[int, list[bytes]] = {}
        for token in tokens:
            for group in self._groups(token, limit):
                wanted.setdefault(group, []).append(token)
        for group, sought in wanted.items():
            yield from self._read(group, sought)

    def _groups(self, token: bytes, limit: int) -> range:
        first = bisect_left(self.greatest, token)
        last = bisect_right(self.least, token)
        return range(first, min(last, first + 1 + limit // 16_384 + 1))

    def _read(self, group: int, tokens: list[bytes]) -> Iterator[Entry]:
        column = open_file(self.path).read_row_group(group, columns=["token"]).column(0)
        at = pc.indices_nonzero(pc.is_in(column, value_set=pa.array(tokens, pa.binary())))
        if not len(at):
            return
        rows = open_file(self.path).read_row_group(group, columns=list(_COLUMNS[:4])).take(at)
        for row in rows.to_pylist():
            yield Entry(source=self.source, **row)


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
