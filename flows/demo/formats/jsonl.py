"""JSON Lines (jsonlines.org): a JSON object a line, as web servers and exports write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flows.demo.mark import Cell, plain, text
from flows.demo.scribe import Scribe


def write(scribe: Scribe, path: Cell, rows: Iterable[Mapping[str, Cell]]) -> None:
    """Write objects given flat; a field ``user.mail`` becomes ``mail`` within ``user``."""
    with scribe.create(path) as file:
        for number, row in enumerate(rows, 1):
            line = json.dumps(_nested(row), ensure_ascii=False, separators=(",", ":"))
            file.write(f"{line}\n".encode())
            scribe.note(text(path), f'{{"row":{number}}}', row)


def _nested(row: Mapping[str, Cell]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for field, cell in row.items():
        *above, last = field.split(".")
        node = tree
        for step in above:
            node = node.setdefault(step, {})
        node[last] = plain(cell)
    return tree
