"""``python -m tests.benchmarks.accuracy [MEASURE…] [--json FILE] [--markdown FILE]``.

Measures everything, or what is named, and prints it. Ends with 0 whether the bars are met or not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from tests.benchmarks.accuracy.data import Absent
from tests.benchmarks.accuracy.show import markdown, to_json, to_terminal, unmet
from tests.benchmarks.accuracy.table import Table

MEASURES = (
    *("sentences", "business", "cells", "nonnames", "columns", "codes", "negatives", "company"),
)


def main() -> None:
    """Measure, print, write."""
    asked = _asked()
    tables = []
    for table in _measured(asked.measures or MEASURES):
        to_terminal(table)
        tables.append(table)
    bars, missed = unmet(tables)
    print(f"{bars} bars, {bars - missed} met")
    if asked.json:
        to_json(tables, asked.json, " ".join(["make accuracy", *asked.measures]))
    if asked.markdown:
        asked.markdown.write_text(markdown(tables), encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.accuracy")
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=", ".join(MEASURES))
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    asked = parser.parse_args()
    unknown = sorted(set(asked.measures) - set(MEASURES))
    if unknown:
        parser.error(f"no measure {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    return asked


def _measured(names: Sequence[str]) -> Iterator[Table]:
    for name in names:
        print(f"{name} …", file=sys.stderr)
        started = time.perf_counter()
        tables: Callable[[], Iterator[Table]]
        tables = import_module(f"tests.benchmarks.accuracy.{name}").tables
        try:
            yield from tables()
        except Absent as missing:
            yield Table(f"{name}: not measured", (), (), (f"{missing}.",))
        print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
