"""Tables for a terminal, as Markdown, and as JSON with the command and the day."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich import box
from rich import table as rich_table
from rich.console import Console

from tests.benchmarks.accuracy.table import Figure, Table, shown

_WIDTH = 150


def to_terminal(table: Table) -> None:
    """Print one table."""
    drawn = rich_table.Table(title=table.title, title_justify="left", box=box.SIMPLE_HEAD)
    for at, name in enumerate(table.columns):
        drawn.add_column(name, justify="right" if at else "left")
    for row in table.rows:
        drawn.add_row(*map(shown, row))
    console = Console(width=_WIDTH, highlight=False, markup=False)
    console.print(drawn)
    for note in table.notes:
        console.print(f"  {note}", soft_wrap=True)


def to_json(tables: Sequence[Table], path: Path, command: str) -> None:
    """Write tables with how and when they were measured."""
    load = os.getloadavg()[0]
    said = {
        "command": command,
        "day": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}",
        "tables": [table.json() for table in tables],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def markdown(tables: Iterable[Table]) -> str:
    """Write tables as Markdown."""
    return "\n\n".join(block for table in tables for block in _blocks(table)) + "\n"


def unmet(tables: Iterable[Table]) -> tuple[int, int]:
    """Count the bars, and those that aren't met."""
    figures = [cell for table in tables for row in table.rows for cell in row]
    barred = [cell.met for cell in figures if isinstance(cell, Figure) and cell.bar is not None]
    return len(barred), barred.count(False)


def _blocks(table: Table) -> Iterator[str]:
    yield f"**{table.title}**"
    if table.columns:
        lines = [_line(table.columns), "|---" + "|---:" * (len(table.columns) - 1) + "|"]
        yield "\n".join([*lines, *(_line(map(shown, row)) for row in table.rows)])
    if table.notes:
        yield " ".join(table.notes)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
