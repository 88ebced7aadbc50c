"""The types of each kind of SQL store, as data beside this: values, what to correct to, to blank.

``text`` is how the server itself writes a column; ``sql`` how a value is given, if not in quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.contract.stores.base import Store


@dataclass(frozen=True, eq=False)
class Typed:
    """A type: its values as SQL gives them, ``reads`` where these aren't read as its text."""

    name: str
    column: str
    text: str
    values: tuple[str, ...]
    reads: Mapping[int, str | None]
    new: str
    blank: str | None


def types(store: str) -> tuple[list[str], list[Typed]]:
    """Return what is to be created first, and the types."""
    given = yaml.safe_load((Path(__file__).parent / f"{store}.yaml").read_text("utf-8"))
    found = [_typed(n, one, given["text"]) for n, one in enumerate(given["types"])]
    return given.get("before", []), found


def fill(store: Store, table: str, found: Sequence[Typed], rule: str = "NULL") -> None:
    """Make a table with a column of each type, by rule with the same value in each row."""
    count = max(len(one.values) for one in found) if rule == "NULL" else len(found)
    columns = ", ".join(f"{one.column} {one.name} {rule}" for one in found)
    store.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY, {columns})")
    for row in range(count):
        given = row if rule == "NULL" else 0
        values = (one.values[given] if given < len(one.values) else "NULL" for one in found)
        store.execute(f"INSERT INTO {table} VALUES ({row + 1}, {', '.join(values)})")  # noqa: S608 (ours)


def texts(store: Store, table: str, found: Sequence[Typed]) -> list[dict[str, str | None]]:
    """Let the server write all values of a table as text."""
    items = ", ".join(f"{one.text.replace('{}', one.column)} AS {one.column}" for one in found)
    store.execute(
        "DROP TABLE IF EXISTS written",
        f"CREATE TABLE written AS SELECT id, {items} FROM {table}",  # noqa: S608 (ours)
    )
    columns = [one.column for one in found]
    rows = [dict(zip(columns, row[1:], strict=True)) for row in store.rows("written")]
    return [{key: _decoded(value) for key, value in row.items()} for row in rows]


def _decoded(value: object) -> str | None:
    return value.decode() if isinstance(value, bytes) else value if value is None else str(value)


def _typed(number: int, given: dict[str, Any], text: str) -> Typed:
    values = [one if isinstance(one, dict) else {"given": one} for one in given["values"]]
    how = given.get("sql", "'{}'")
    return Typed(
        name=given["type"],
        column=f"c{number}",
        text=given.get("text", text),
        values=tuple(how.replace("{}", one["given"].replace("'", "''")) for one in values),
        reads={n: one["read"] for n, one in enumerate(values) if "read" in one},
        new=given["new"],
        blank=given.get("blank"),
    )
