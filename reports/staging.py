"""Staging: where the workers of one scan leave locations until the coordinator commits them.

One folder a scan, inside the inventory, removed with the scan. A partition's files are named by
it, so that a task that is tried again replaces what its first try left. The object is small and
holds no secret: it may travel to other processes.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reports.parquet import ParquetFolder
from reports.tables import LOCATIONS

#: A file this big goes into the table as it is; smaller ones are joined.
_BIG = 250_000
#: The source is told once, by the commit.
_SCHEMA = pa.schema([column for column in LOCATIONS if column.name != "source"])


@dataclass(frozen=True, slots=True)
class Staging:
    """The staging folder of one scan."""

    folder: Path

    def write(self, dataset: str, partition: int, locations: Iterable[pa.RecordBatch]) -> int:
        """Write one partition's locations, in the order of its records; return how many."""
        with ParquetFolder(self.folder, _SCHEMA, _stem(dataset, partition)) as out:
            self._forget(_stem(dataset, partition))
            out.extend(locations)
        return out.rows

    def big(self) -> list[Path]:
        """Return the files that may go into the table as they are."""
        return [path for path in self._files() if _rows(path) >= _BIG]

    def batches(
        self, left_out: Collection[Path] = (), doubted: Mapping[str, float] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Stream the locations of all other files by dataset and partition, but for those of
        ``doubted`` fields (ids) whose score is under the one named.
        """
        small = [path for path in self._files() if path not in left_out]
        for path in sorted(small, key=_order):
            for batch in pq.ParquetFile(path, pre_buffer=False).iter_batches():
                yield _without(batch, doubted or {})

    def remove(self) -> None:
        """Remove the folder and what is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _forget(self, stem: str) -> None:
        """Remove what an earlier try left; the folder isn't listed, it may hold 100,000 files."""
        for number in count():
            old = self.folder / f"{stem}-{number}.parquet"
            if not old.exists():
                return
            old.unlink()

    def _files(self) -> list[Path]:
        return list(self.folder.glob("*.parquet"))


def _stem(dataset: str, partition: int) -> str:
    # The name of a dataset may hold a person's name: a file is named by a digest of it.
    return sha256(f"{dataset}\0{partition}".encode()).hexdigest()[:24]


def _rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def _order(path: Path) -> tuple[str, int, str]:
    head = next(pq.ParquetFile(path).iter_batches(1, columns=["dataset", "partition"]))
    first = head.to_pylist()[0]
    return first["dataset"], first["partition"], path.name


def _without(batch: pa.RecordBatch, doubted: Mapping[str, float]) -> pa.RecordBatch:
    if not doubted:
        return batch
    ids = pa.array(doubted.keys(), pa.string())
    # A score is kept in 32 bits: the least must not be a little more than itself.
    least = pa.array(doubted.values(), pa.float32())
    asked = least.take(pc.index_in(batch.column("field_id"), value_set=ids))
    return batch.filter(pc.fill_null(pc.greater_equal(batch.column("score"), asked), True))
