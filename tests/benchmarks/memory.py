"""``make bench ONLY=memory``: ten million rows read from each store, and the most memory it took.

The million customers ten times over; each store is read in a process of its own.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import adbc_driver_postgresql.dbapi as postgres
import duckdb
import pyarrow.parquet as pq
import pytest

from connectors.options import Options
from connectors.place import Batch, Dataset
from connectors.registry import open_source
from tests.benchmarks import connectors, customers
from tests.benchmarks.accuracy.table import Cell, Table, most
from tests.benchmarks.scan import ROWS
from tests.peak import peak
from tests.servers import mariadb

_TIMES = 10
_BAR = 500
_ALL = ", ".join(["customer_id + {rows} * n", *list(customers.COLUMNS)[1:]]).format(rows=ROWS)
_TENFOLD = f"SELECT {_ALL} FROM customers, ({{}}) AS tenfold"  # noqa: S608 (our own names)
_NUMBERS = " UNION ALL ".join(f"SELECT {n} AS n" for n in range(_TIMES))


def tables(folder: Path, url: str) -> Iterator[Table]:
    """Measure every store, one after the other."""
    rows, notes = [], []
    for measure in (_postgres, _mariadb, _sqlite, _duckdb, _csv, _parquet):
        print(f"ten million rows: {measure.__name__[1:]} …", file=sys.stderr)
        try:
            rows.append(measure(folder, url))
        except pytest.skip.Exception as missing:
            notes.append(str(missing))
    columns = ["store", "seconds", "rows/s", "peak MiB"]
    yield Table(f"Reading {ROWS * _TIMES:,} x {len(customers.COLUMNS)} rows", columns, rows, notes)


def read() -> None:
    """Read a dataset in this process; print rows, seconds and the most memory taken, in MiB."""
    url, dataset = sys.argv[1:]
    started = time.perf_counter()
    with open_source("bench", url, Options(b"bench")) as source:
        listed = (one for one in source.datasets() if isinstance(one, Dataset))
        parts = next(one.partitions for one in listed if one.name == dataset)
        items = (item for part in parts for item in source.read(part))
        rows = sum(len(item.records) for item in items if isinstance(item, Batch))
    print(json.dumps([rows, time.perf_counter() - started, peak() // 2**20]))


def _postgres(folder: Path, url: str) -> list[Cell]:
    del folder
    with postgres.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        _fill(cursor.execute, "CREATE TABLE many (LIKE customers INCLUDING ALL)", "ANALYZE many")
        try:
            return _measured("PostgreSQL", url, "public.many")
        finally:
            cursor.execute("DROP TABLE many")


def _mariadb(folder: Path, url: str) -> list[Cell]:
    del folder
    with mariadb.running() as server:
        connectors.into_mariadb(server, url)
        execute = partial(server.execute, database="bench")
        _fill(execute, "CREATE TABLE many LIKE customers", "ANALYZE TABLE many")
        return _measured("MariaDB", server.url("bench"), "bench.many")


def _sqlite(folder: Path, url: str) -> list[Cell]:
    path = folder / "many.db"
    connectors.into_sqlite(path, url)
    with sqlite3.connect(path) as connection:
        declared = connection.execute("SELECT sql FROM sqlite_master").fetchone()[0]
        _fill(connection.execute, declared.replace("customers", "many"))
    return _measured("SQLite", str(path), "many", gone=path)


def _duckdb(folder: Path, url: str) -> list[Cell]:
    path = folder / "many.duckdb"
    customers_there = connectors.table(url)
    with duckdb.connect(path) as connection:
        connection.register("customers", customers_there)
        _fill(connection.execute, "CREATE TABLE many AS FROM customers LIMIT 0")
    return _measured("DuckDB", f"duckdb:///{path}", "main.many", gone=path)


def _csv(folder: Path, url: str) -> list[Cell]:
    path = folder / "many" / "many.csv"
    path.parent.mkdir()
    once = connectors.into_csv(folder / "once.csv", url, "cp932").read_bytes()
    head, _, rows = once.partition(b"\n")
    with path.open("wb") as file:
        file.write(head + b"\n")
        file.writelines(rows for _ in range(_TIMES))
    return _measured("CSV in CP932", str(path.parent), "many.csv", gone=path.parent)


def _parquet(folder: Path, url: str) -> list[Cell]:
    path = folder / "many" / "many.parquet"
    path.parent.mkdir()
    once = connectors.table(url)
    with pq.ParquetWriter(path, once.schema) as writer:
        for _ in range(_TIMES):
            writer.write_table(once)
    return _measured("Parquet", str(path.parent), "many.parquet", gone=path.parent)


def _fill(execute: Callable[[str], object], declared: str, analyze: str = "") -> None:
    execute(declared)
    execute(f"INSERT INTO many {_TENFOLD.format(_NUMBERS)}")
    if analyze:
        execute(analyze)


def _measured(name: str, url: str, dataset: str, gone: Path | None = None) -> list[Cell]:
    code = "from tests.benchmarks.memory import read; read()"
    told = subprocess.check_output([sys.executable, "-c", code, url, dataset], text=True)
    rows, seconds, peak = json.loads(told)
    assert rows == ROWS * _TIMES, rows
    if gone:
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    return [name, round(seconds, 1), round(rows / seconds), most(peak, _BAR, 0)]


if __name__ == "__main__":
    read()
