"""A table of the inventory: a Delta Lake table, that is Parquet files and a log that names them.

This is the only module that knows Delta (https://github.com/delta-io/delta, PROTOCOL.md). Files
are written here and only named in the log, so that the log carries no statistics of any column
but the number of rows; a table with a source is partitioned by it, so one source is replaced by
naming other files. A table has versions; which of them count, only a ``scans`` row says.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.transaction import AddAction
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from reports.parquet import ParquetFolder

#: Replaced files stay this long for those who still read them.
KEEP_HOURS = 24
#: The log keeps every version: ``scans`` rows name them for good.
_CONFIGURATION = {"delta.enableExpiredLogCleanup": "false"}
_SOURCE = "source"


class Table:
    """One table in a folder, at its newest version unless ``version`` says which."""

    def __init__(self, folder: Path, schema: pa.Schema, version: int | None = None) -> None:
        self.folder = folder
        self.schema = schema
        self._delta = DeltaTable(str(folder), version=version)
        self._by = list(self._delta.metadata().partition_columns)

    @classmethod
    def create(cls, folder: Path, schema: pa.Schema, *, by_source: bool) -> Table:
        """Make the table if there is none yet."""
        DeltaTable.create(
            str(folder),
            schema,
            mode="ignore",
            partition_by=[_SOURCE] if by_source else None,
            configuration=_CONFIGURATION,
        )
        return cls(folder, schema)

    @property
    def version(self) -> int:
        """The version that is open."""
        return int(self._delta.version())

    def dataset(self) -> ds.Dataset:
        """Return the table at this version as an Arrow dataset."""
        # Delta's own file system is written in Python: a thread of Arrow's that still needs it
        # when the interpreter ends takes the process down (std::terminate, exit code 134).
        files = SubTreeFileSystem(str(self.folder.absolute()), LocalFileSystem())
        found = self._delta.to_pyarrow_dataset(filesystem=files)
        # Columns are added without a new format: a table made before has null there.
        later = [column for column in self.schema if column.name not in found.schema.names]
        return found.replace_schema(pa.schema([*found.schema, *later])) if later else found

    def files(self) -> list[tuple[Path, str | None]]:
        """Return the files of this version, each with its source."""
        actions = pa.table(self._delta.get_add_actions(flatten=True))
        paths = actions.column("path").to_pylist()
        if not self._by:
            return [(self.folder / path, None) for path in paths]
        sources = actions.column(f"partition.{_SOURCE}").to_pylist()
        return [(self.folder / path, source) for path, source in zip(paths, sources, strict=True)]

    def rows(self, source: str) -> int:
        """Return how many rows of ``source`` this version has."""
        files = [path for path, of in self.files() if of == source]
        return sum(pq.read_metadata(path).num_rows for path in files)

    def append(self, rows: pa.Table) -> None:
        """Add rows, as one version."""
        files = self.write(rows.to_batches())
        self._commit("append", [self._added(path, None) for path in files], None)

    def replace(self, source: str, files: Sequence[Path]) -> None:
        """Put ``files``, already in the folder, in the place of all rows of ``source``."""
        added = [self._added(path, source) for path in files]
        self._commit("overwrite", added, [(_SOURCE, "=", source)])

    def write(self, batches: Iterable[pa.RecordBatch]) -> list[Path]:
        """Write files into the folder that belong to no version yet."""
        with ParquetFolder(self.folder, self._file_schema()) as out:
            out.extend(batches)
        return out.files

    def adopt(self, files: Iterable[Path]) -> list[Path]:
        """Move files written elsewhere in the same store into the folder."""
        return [Path(shutil.move(path, self.folder / path.name)) for path in files]

    def restore(self, version: int) -> None:
        """Make the newest version hold what ``version`` held."""
        if self.version != version:
            self._delta.restore(version)
            self._delta.update_incremental()

    def sweep(self, hours: float = KEEP_HOURS) -> None:
        """Remove files that no version has named for some hours, or that none ever did."""
        self._delta.vacuum(
            retention_hours=int(hours), dry_run=False, enforce_retention_duration=False, full=True
        )

    def _file_schema(self) -> pa.Schema:
        return pa.schema([column for column in self.schema if column.name not in self._by])

    def _commit(
        self, mode: str, added: list[AddAction], filters: list[tuple[str, str, str]] | None
    ) -> None:
        self._delta.create_write_transaction([*added], mode, self.schema, self._by, filters)
        self._delta.update_incremental()

    def _added(self, path: Path, source: str | None) -> AddAction:
        rows = pq.read_metadata(path).num_rows
        return AddAction(
            path=path.name,
            size=path.stat().st_size,
            partition_values={_SOURCE: source} if self._by else {},
            modification_time=int(time.time() * 1000),
            data_change=True,
            stats=json.dumps({"numRecords": rows}),
        )
