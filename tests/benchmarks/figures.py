"""``make figures``: the README's numbers, taken from what ``make accuracy`` and ``bench`` wrote.

``make accuracy JSON=docs/measured/accuracy.json`` and ``make bench JSON=docs/measured/bench.json``
measure, the stores by themselves too (``connectors.json``); this writes the tables with their
command and day into ``docs/figures.md``, and what has a bar, beside peers, between two marks of the
README. No number there is typed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.benchmarks import stores
from tests.benchmarks.accuracy.show import markdown
from tests.benchmarks.accuracy.table import Cell, Figure, Table

HOUSE = Path(__file__).parents[2]
MEASURED, README, ALL = HOUSE / "docs/measured", HOUSE / "README.md", HOUSE / "docs/figures.md"
FIRST, LAST = "<!-- figures: make figures -->\n", "<!-- end of figures -->\n"
#: In the order in which they are shown.
_RUNS = ("accuracy", "bench", "connectors")
#: Columns that tell where something went wrong.
_WHERE = frozenset({"missed most at", "wrong most at", "which"})
_PEER = "ja_ginza"


def main() -> None:
    """Write both files."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in files()]
    ALL.write_text("# Figures\n\n" + "\n".join(map(_told, runs)), encoding="utf-8")
    README.write_text(stores.filled(filled(README.read_text(encoding="utf-8"))), encoding="utf-8")


def files() -> Sequence[Path]:
    """Return what runs wrote."""
    paths = (MEASURED / f"{name}.json" for name in _RUNS)
    return [path for path in paths if path.exists()]


def filled(readme: str) -> str:
    """Return the README with the figures of the last runs between its marks."""
    before, _, rest = readme.partition(FIRST)
    _, mark, behind = rest.partition(LAST)
    if not mark:
        raise ValueError(f"README.md lacks the marks {FIRST.strip()} and {LAST.strip()}.")
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in files()]
    figures = "\n" + "\n".join(map(_short, runs)) + "\n" if runs else ""
    return before + FIRST + figures + LAST + behind


def _told(run: dict[str, Any]) -> str:
    return f"{_measured(run)}\n\n{markdown(map(Table.of, run['tables']))}"


def _short(run: dict[str, Any]) -> str:
    tables = (_brief(Table.of(said)) for said in run["tables"])
    return f"{_measured(run)}\n\n{markdown(tables)}"


def _measured(run: dict[str, Any]) -> str:
    return f"`{run['command']}`, {run['day']}, {run['machine']}:"


def _brief(table: Table) -> Table:
    """Keep the rows that have a bar or are a peer's, all if none has, and no column of places."""
    barred = [row for row in table.rows if any(map(_is_barred, row))]
    peers = [row for row in table.rows if any(_PEER in str(cell) for cell in row)]
    rows = [row for row in table.rows if row in barred or row in peers] if barred else table.rows
    kept = [at for at, name in enumerate(table.columns) if name not in _WHERE]
    columns = [table.columns[at] for at in kept]
    return replace(table, columns=columns, rows=[list(_at(row, kept)) for row in rows])


def _is_barred(cell: Cell) -> bool:
    return isinstance(cell, Figure) and cell.bar is not None


def _at(row: Sequence[Cell], kept: Sequence[int]) -> Iterator[Cell]:
    return (row[at] for at in kept if at < len(row))


if __name__ == "__main__":
    main()
