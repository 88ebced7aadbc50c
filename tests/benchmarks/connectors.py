"""``make bench ONLY=connectors``: how fast stores are read and written, beside the fastest driver.

Ours and the peers take turns, and the median of the pairs' ratios counts, for the machine may be
shared. A million customers of twelve columns (``BENCH_ROWS``); files of a gigabyte
(``BENCH_BYTES``); 100,000 small files (``BENCH_FILES``).
"""

from __future__ import annotations

import csv
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

import adbc_driver_postgresql.dbapi as postgres
import adbc_driver_sqlite.dbapi as sqlite
import connectorx
import pyarrow as pa
import pyarrow.csv as pc
import pytest

from connectors.options import Options
from connectors.place import Batch, Dataset
from connectors.registry import open_source
from tests.benchmarks import customers, rewriting
from tests.benchmarks.accuracy.table import Cell, Table, least
from tests.benchmarks.scan import ROWS
from tests.servers import mariadb

_PAIRS = 11
_CSV_BLOCK = 1 << 22

Read = Callable[[], int]


def tables(folder: Path, url: str) -> Iterator[Table]:
    """Measure all, one after the other; a server that isn't installed is named in a note."""
    rows, notes = [], []
    for measure in (_postgres, _sqlite, _mariadb, _csv):
        try:
            rows.append(measure(folder, url))
        except pytest.skip.Exception as missing:
            notes.append(str(missing))
    columns = ["store", "rows/s", "peer", "peer's rows/s", "ours to the peer's"]
    yield Table(f"Reading {ROWS:,} x 12 rows to Arrow", columns, rows, notes)
    (files := folder / "files").mkdir()
    yield from rewriting.tables(files)


def into_mariadb(server: mariadb.MariadbServer, url: str) -> None:
    """Copy the customers into a database ``bench`` of another server."""
    server.execute("CREATE DATABASE bench")
    server.execute(_declared(), database="bench")
    with server.connect("bench") as connection, connection.cursor() as cursor:
        connection.begin()
        marks = ", ".join(["%s"] * len(customers.COLUMNS))
        for batch in table(url).to_batches(50_000):
            cursor.executemany(f"INSERT INTO customers VALUES ({marks})", _rows(batch))  # noqa: S608
        connection.commit()
        cursor.execute("ANALYZE TABLE customers")


def into_sqlite(path: Path, url: str) -> None:
    """Copy the customers into a new SQLite file."""
    connection = sqlite3.connect(path)
    connection.execute(_declared())
    marks = ", ".join("?" * len(customers.COLUMNS))
    for batch in table(url).to_batches(50_000):
        rows = [
            [value if isinstance(value, int) else value and str(value) for value in row]
            for row in _rows(batch)
        ]
        connection.executemany(f"INSERT INTO customers VALUES ({marks})", rows)  # noqa: S608
    connection.commit()
    connection.close()


def into_csv(path: Path, url: str, encoding: str) -> Path:
    """Write the customers into a CSV file."""
    path.parent.mkdir(exist_ok=True)
    there = table(url)
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(there.column_names)
        for batch in there.to_batches(50_000):
            writer.writerows(_rows(batch))
    return path


def table(url: str) -> pa.Table:
    """Return the customers in the order of their key."""
    with postgres.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM customers ORDER BY customer_id")
        return cursor.fetch_arrow_table()


def _postgres(folder: Path, url: str) -> list[Cell]:
    del folder
    peers = {"ADBC": lambda: _adbc(postgres.connect(url))}
    return _beside("PostgreSQL", lambda: _ours(url, "public.customers"), peers, 0.9)


def _sqlite(folder: Path, url: str) -> list[Cell]:
    path = folder / "customers.db"
    into_sqlite(path, url)
    query = "SELECT * FROM customers"
    peers = {
        "ADBC": lambda: _adbc(sqlite.connect(str(path))),
        "ConnectorX": lambda: _connectorx(f"sqlite://{path}", query),
    }
    return _beside("SQLite", lambda: _ours(str(path), "customers"), peers, 0.8)


def _mariadb(folder: Path, url: str) -> list[Cell]:
    del folder
    with mariadb.running() as server:
        into_mariadb(server, url)
        there = server.url("bench")
        peers = {"ConnectorX": lambda: _connectorx(there, "SELECT * FROM customers")}
        return _beside("MariaDB", lambda: _ours(there, "bench.customers"), peers, 0.8)


def _csv(folder: Path, url: str) -> list[Cell]:
    into_csv(folder / "cp932" / "customers.csv", url, "cp932")
    plain = into_csv(folder / "utf8.csv", url, "utf-8")
    block = pc.ReadOptions(block_size=_CSV_BLOCK)
    peers = {"pyarrow, UTF-8": lambda: _counted(pc.open_csv(plain, read_options=block))}
    return _beside(
        "CSV in CP932", lambda: _ours(str(folder / "cp932"), "customers.csv"), peers, 0.5
    )


def _beside(name: str, ours: Read, peers: dict[str, Read], bar: float) -> list[Cell]:
    """Read in turns; the peer that is fastest in most turns is the one compared with."""
    print(f"reading {name} …", file=sys.stderr)
    times = [
        (_timed(ours), {one: _timed(peer) for one, peer in peers.items()}) for _ in range(_PAIRS)
    ]
    best = min(peers, key=lambda one: median(theirs[one] for _, theirs in times))
    ratio = median(theirs[best] / mine for mine, theirs in times)
    mine, theirs = median(one for one, _ in times), median(each[best] for _, each in times)
    return [name, round(ROWS / mine), best, round(ROWS / theirs), least(ratio, bar, 2)]


def _timed(read: Read) -> float:
    started = time.perf_counter()
    rows = read()
    assert rows == ROWS, rows
    return time.perf_counter() - started


def _ours(url: str, dataset: str) -> int:
    with open_source("bench", url, Options(b"bench")) as source:
        parts = next(
            one.partitions
            for one in source.datasets()
            if isinstance(one, Dataset) and one.name == dataset
        )
        items = (item for part in parts for item in source.read(part))
        return sum(len(item.records) for item in items if isinstance(item, Batch))


def _adbc(connection: postgres.Connection) -> int:
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM customers")
        return _counted(cursor.fetch_record_batch())


def _connectorx(url: str, query: str) -> int:
    found: pa.Table = connectorx.read_sql(url, query, return_type="arrow")
    return int(found.num_rows)


def _counted(batches: Iterable[pa.RecordBatch]) -> int:
    return sum(batch.num_rows for batch in batches)


def _rows(batch: pa.RecordBatch) -> list[tuple[object, ...]]:
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _declared() -> str:
    fields = ", ".join(f"{name} {kind}" for name, kind in customers.COLUMNS.items())
    return f"CREATE TABLE customers ({fields})"
