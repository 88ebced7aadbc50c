"""Parquet files as the inventory lays them out: small row groups, files of at most 2 M rows.

Row groups of 16,384 rows are what a look-up decodes; measured, they cost 2 ms at 10 M rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP = 16_384
FILE_ROWS = 2_000_000
_BUFFER = 8 * ROW_GROUP
#: Columns worth bounds in a file's own footer, by which look-ups leave out row groups.
_BOUNDED = ("token", "field_id", "dataset", "partition", "ordinal")
#: Columns whose values are nearly all different.
_VARIED = frozenset({"token", "record", "sketch", "ordinal"})


class ParquetFolder:
    """Writes a stream of batches into files of a folder, a new one every ``FILE_ROWS`` rows.

    A file appears under its name only when it is whole. ``files`` are those written.
    """

    def __init__(self, folder: Path, schema: pa.Schema, stem: str = "") -> None:
        self.files: list[Path] = []
        self.rows = 0
        self._folder, self._schema = folder, schema
        self._stem = stem or uuid4().hex
        self._writer: pq.ParquetWriter | None = None
        self._written = 0
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = 0

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch; its columns may be more than the schema's."""
        if not batch.num_rows:
            return
        self._waiting.append(batch.select(self._schema.names))
        self._waiting_rows += batch.num_rows
        self.rows += batch.num_rows
        if self._waiting_rows >= _BUFFER:
            self._flush(keep=self._waiting_rows % ROW_GROUP)

    def extend(self, batches: Iterable[pa.RecordBatch]) -> None:
        """Add every batch."""
        for batch in batches:
            self.write(batch)
            del batch  # else it is held while the next is made

    def close(self) -> None:
        """Write what is left and give the last file its name."""
        self._flush(keep=0)
        self._finish()

    def abandon(self) -> None:
        """Remove every file written."""
        if self._writer:
            self._writer.close()
            self._writer = None
            self._open_path().unlink(missing_ok=True)
        for path in self.files:
            path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind:
            self.abandon()
        else:
            self.close()

    def _flush(self, keep: int) -> None:
        table = pa.Table.from_batches(self._waiting, self._schema)
        ready = table.num_rows - keep
        # Taken, the rest is a copy; a slice would hold on to everything that is written.
        self._waiting = table.slice(ready).take(np.arange(keep)).to_batches()
        self._waiting_rows = keep
        for start in range(0, ready, ROW_GROUP):
            self._write(table.slice(start, min(ROW_GROUP, ready - start)))

    def _write(self, group: pa.Table) -> None:
        if self._writer is None:
            self._writer = _writer(self._open_path(), self._schema)
        self._writer.write_table(group.combine_chunks())
        self._written += group.num_rows
        if self._written + ROW_GROUP > FILE_ROWS:
            self._finish()

    def _finish(self) -> None:
        if self._writer is None:
            return
        self._writer.close()
        self._writer, self._written = None, 0
        path = self._folder / f"{self._stem}-{len(self.files)}.parquet"
        self._open_path().replace(path)
        self.files.append(path)

    def _open_path(self) -> Path:
        return self._folder / f"{self._stem}.unfinished"


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    names = schema.names
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in names if name not in _VARIED],
        write_statistics=[name for name in names if name in _BOUNDED],
        store_schema=False,
    )
