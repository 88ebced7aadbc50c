"""Figures of files: ten rows erased from a gigabyte, and a hundred thousand small texts read."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
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
_ROWS_A_BATCH = 100_000


def tables(folder: Path) -> Iterator[Table]:
    """Measure rewriting and small files."""
    columns = ["file", "copied and parsed, s", "ten rows erased, s", "times as long"]
    rows = [
        _rewritten(folder / "csv", "csv", _csv),
        _rewritten(folder / "parquet", "parquet", _parquet),
    ]
    yield Table(f"Erasing 10 rows of a file of {BYTES / 2**20:,.0f} MiB", columns, rows)
    yield Table("Small texts", ["files", "files/s", "listing, s"], [_small(folder / "small")])


def _rewritten(folder: Path, ending: str, made: Callable[[Path], None]) -> list[Cell]:
    print(f"rewriting {ending} …", file=sys.stderr)
    folder.mkdir()
    path = folder / f"big.{ending}"
    made(path)
    plain = _timed(lambda: _copied(path))
    with open_source("bench", str(folder), Options(b"bench")) as writer:
        assert isinstance(writer, WritableSource)
        changes = _ten(writer, path.name)
        ours = _timed(lambda: _erased(writer, changes))
    shutil.rmtree(folder)
    return [ending, Figure(plain, digits=1), Figure(ours, digits=1), most(ours / plain, 2, 2)]


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
        for _ in pc.open_csv(copy):
            pass
    else:
        for _ in pq.ParquetFile(copy).iter_batches():
            pass
    copy.unlink()


def _csv(path: Path) -> None:
    with path.open("wb") as file:
        pc.write_csv(_batch(0), file)
        number = 0
        while file.tell() < BYTES:
            number += 1
            pc.write_csv(_batch(number), file, pc.WriteOptions(include_header=False))


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
