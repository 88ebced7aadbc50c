"""Figures of files: ten rows erased from a gigabyte, and a hundred thousand small texts read.

Erasing is all from the changes to their receipts: the old file hashed, the rows found, the new file
written, hashed and synced, and the swap. The versions that the changes name come from ``fetch``,
whose time stands beside. Copying and parsing syncs nothing.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from connectors.base import WritableSource
from connectors.change import Action, Change, Fetched, Receipt
from connectors.options import Options
from connectors.place import Batch, Dataset
from connectors.registry import open_source
from tests.benchmarks.accuracy.table import LEAST, Cell, Figure, Table, most

BYTES = int(os.environ.get("BENCH_BYTES", str(2**30)))
FILES = int(os.environ.get("BENCH_FILES", "100000"))
PAIRS = int(os.environ.get("BENCH_PAIRS", "3"))
_ROWS_A_BATCH = 100_000


def tables(folder: Path) -> Iterator[Table]:
    """Measure rewriting and small files."""
    columns = ["file", "copied and parsed, s", "ten rows erased, s", "times as long", "fetched, s"]
    rows = [
        _rewritten(folder / "utf8", "csv", partial(_csv, encoding="utf-8")),
        _rewritten(folder / "cp932", "csv", partial(_csv, encoding="cp932")),
        _rewritten(folder / "parquet", "parquet", _parquet),
    ]
    yield Table(f"Erasing 10 rows of a file of {BYTES / 2**20:,.0f} MiB", columns, rows)
    yield Table("Small texts", ["files", "files/s", "listing, s"], [_small(folder / "small")])


def _rewritten(folder: Path, ending: str, made: Callable[[Path], None]) -> list[Cell]:
    """Take the medians of alternating pairs: the machine may have other work at times."""
    print(f"rewriting {folder.name} …", file=sys.stderr)
    folder.mkdir()
    path = folder / f"big.{ending}"
    made(path)
    found = [_pair(path) for _ in range(PAIRS)]
    shutil.rmtree(folder)
    plain, ours, fetched = (statistics.median(times) for times in zip(*found, strict=True))
    ratio = statistics.median(erased / copied for copied, erased, _ in found)
    return [
        f"{ending}, {folder.name}" if ending != folder.name else ending,
        Figure(plain, digits=1),
        Figure(ours, digits=1),
        most(ratio, 2, 2),
        Figure(fetched, digits=1),
    ]


def _pair(path: Path) -> tuple[float, float, float]:
    """Copy and parse, then erase; return the seconds of both, and those of fetching."""
    plain = _timed(lambda: _copied(path))
    with open_source("bench", str(path.parent), Options(b"bench")) as writer:
        assert isinstance(writer, WritableSource)
        started = time.perf_counter()
        changes = _ten(writer, path.name)
        fetched = time.perf_counter() - started
        ours = _timed(lambda: _erased(writer, changes))
    return plain, ours, fetched


def _ten(writer: WritableSource, dataset: str) -> list[Change]:
    names = [f'{{"row":{number}}}' for number in range(1_000, 2_000_000, 200_000)]
    found = [one for one in writer.fetch(dataset, names) if isinstance(one, Fetched)]
    return [
        Change(dataset, record, version, Action.ERASE)
        for one in found
        for record, version in zip(one.records.to_pylist(), one.versions.to_pylist(), strict=True)
    ]


def _erased(writer: WritableSource, changes: list[Change]) -> None:
    answers = writer.erase(changes)
    assert changes
    assert all(isinstance(one, Receipt) for one in answers), answers


def _copied(path: Path) -> None:
    copy = path.with_name(f"copy{path.suffix}")
    shutil.copyfile(path, copy)
    if path.suffix == ".csv":
        encoding = "cp932" if path.parent.name == "cp932" else "utf8"
        for _ in pc.open_csv(copy, pc.ReadOptions(encoding=encoding)):
            pass
    else:
        for _ in pq.ParquetFile(copy).iter_batches():
            pass
    copy.unlink()


def _csv(path: Path, encoding: str) -> None:
    with path.open("wb") as file:
        number = 0
        while file.tell() < BYTES:
            text = io.BytesIO()
            pc.write_csv(_batch(number), text, pc.WriteOptions(include_header=not number))
            file.write(text.getvalue().decode().encode(encoding))
            number += 1


def _parquet(path: Path) -> None:
    with pq.ParquetWriter(path, _batch(0).schema) as writer:
        number = 0
        while not path.exists() or path.stat().st_size < BYTES:
            writer.write_table(_batch(number))
            number += 1


def _batch(number: int) -> pa.Table:
    chance, start = random.Random(number), number * _ROWS_A_BATCH
    ids = range(start, start + _ROWS_A_BATCH)
    text = [f"{chance.getrandbits(160):x}" for _ in range(1_000)]
    memos = [f"{text[chance.randrange(1_000)]} 備考 {at}" for at in ids]
    return pa.table({"id": ids, "name": [f"氏名{at}" for at in ids], "memo": memos})


def _small(folder: Path) -> list[Cell]:
    print(f"reading {FILES:,} small files …", file=sys.stderr)
    for number in range(FILES):
        path = folder / f"{number // 1_000:03}" / f"memo {number * 7919 % FILES:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"議事録 {number}\n出席者 山田太郎\n", encoding="utf-8")
    with open_source("bench", str(folder), Options(b"bench")) as source:
        started = time.perf_counter()
        parts = [p for one in source.datasets() if isinstance(one, Dataset) for p in one.partitions]
        listed = time.perf_counter() - started
        read = (item for part in parts for item in source.read(part))
        files = _timed(lambda: sum(isinstance(item, Batch) for item in read))
    shutil.rmtree(folder)
    return [FILES, Figure(len(parts) / files, LEAST, 500, 0), Figure(listed, digits=1)]


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
