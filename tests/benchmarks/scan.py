"""A scan beside its peers, measured in one run on the same data.

A million customers of twelve columns in PostgreSQL are read alone (ADBC to Arrow), scanned by
Shozai to a committed inventory, and, as a sample, analysed by Presidio's ``BatchAnalyzerEngine``
with ja_ginza, correctly mapped. Presidio's time for the whole table is extrapolated from it, its
model loaded and warm; Shozai's has everything in it, Prefect's start too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import psycopg

from flows import template
from tests.benchmarks import customers
from tests.benchmarks.accuracy.table import Cell, Figure, Table

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
SAMPLE = int(os.environ.get("BENCH_SAMPLE", "150"))
PEERS = Path(os.environ.get("BENCH_PEERS", ".venv-peers/bin/python"))
#: Linux counts a process's memory in KiB.
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """What something took for the whole table: seconds, and MiB at the peak where it is known."""

    what: str
    seconds: float
    mebibytes: float | None = None

    @property
    def rate(self) -> float:
        """Rows a second."""
        return ROWS / self.seconds


def tables(folder: Path, url: str) -> Iterator[Table]:
    """Measure reading, scanning, and the peer."""
    reading = _reading(url)
    found, scans = _scan(folder, url)
    yield _table(found, [reading, *scans, *_presidio(folder, url)], scans[0])


def _reading(url: str) -> Measured:
    started = time.perf_counter()
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM customers")
        rows = sum(batch.num_rows for batch in cursor.fetch_record_batch())
    assert rows == ROWS
    return Measured("reading alone (ADBC to Arrow)", time.perf_counter() - started)


def _scan(folder: Path, url: str) -> tuple[int, list[Measured]]:
    """Return how much the command found, and what it took: as a whole, and without its start."""
    config, _ = template.write(folder / "shozai.toml", template.source("crm", url))
    command = [sys.executable, "-m", "flows", "scan", "--json", "--config", str(config)]
    answer, whole = _run("Shozai, the whole command", command, SHOZAI_STATE=str(folder / "state"))
    (source,) = json.loads(answer)["sources"]
    return source["findings"], [whole, Measured("Shozai, reading to commit", source["seconds"])]


def _presidio(folder: Path, url: str) -> list[Measured]:
    """Return what Presidio would take; nothing without its environment."""
    if not PEERS.exists():
        print("Presidio is not measured: `make bench` sets up its environment.", file=sys.stderr)
        return []
    sample = folder / "sample.json"
    sample.write_text(json.dumps(_sampled(url)), encoding="utf-8")
    script = Path(__file__).with_name("peer_presidio.py")
    answer, run = _run("Presidio", [str(PEERS), str(script), str(sample)])
    what = f"Presidio's batch engine, ja_ginza: extrapolated from {SAMPLE} rows"
    return [Measured(what, float(answer.split()[0]) / SAMPLE * ROWS, run.mebibytes)]


def _sampled(url: str) -> dict[str, list[str]]:
    query = f"SELECT * FROM customers ORDER BY md5(customer_id::text) LIMIT {SAMPLE}"  # noqa: S608
    with psycopg.connect(url) as connection:
        rows = connection.execute(query.encode()).fetchall()
    columns = zip(customers.COLUMNS, zip(*rows, strict=True), strict=True)
    return {
        name: ["" if cell is None else str(cell) for cell in column] for name, column in columns
    }


def _run(what: str, command: Sequence[str], **env: str) -> tuple[bytes, Measured]:
    """Run a command; return its answer and what it and its largest process took."""
    started = time.perf_counter()
    given: Mapping[str, str] = {**os.environ, **env}
    with subprocess.Popen(command, env=given, stdout=subprocess.PIPE) as process:
        assert process.stdout
        answer = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{what} ended with {process.returncode}"
    return answer, Measured(what, time.perf_counter() - started, used.ru_maxrss / _MIB)


def _table(found: int, measured: Sequence[Measured], shozai: Measured) -> Table:
    title = f"{ROWS:,} rows x {len(customers.COLUMNS)} columns in PostgreSQL, {found:,} findings"
    columns = ("what", "seconds", "rows/s", "Shozai is", "peak MiB")
    rows = [_row(one, shozai) for one in measured]
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; peak: the largest process."
    return Table(title, columns, rows, [load])


def _row(one: Measured, shozai: Measured) -> list[Cell]:
    times = shozai.rate / one.rate
    ratio = Figure(times, digits=0 if times > 1 else 2, unit=" x as fast")
    peak = round(one.mebibytes) if one.mebibytes else None
    return [one.what, Figure(one.seconds, digits=1), round(one.rate), ratio, peak]
