"""Single rows of SQL stores: found by their records' names, shown as they stand now.

A row's *version* is the keyed digest of its values as a scan reads them; equal versions mean that
nothing that a scan sees has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection

from connectors import record
from connectors.change import Fetched, Refusal, Why
from connectors.sql import Table
from connectors.sql_dialect import Dialect, relation


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A row as it stands: its name, the condition that finds it, its cells and their version."""

    table: Table
    record: str
    condition: ColumnElement[bool]
    cells: tuple[object, ...]
    version: str

    @property
    def dataset(self) -> str:
        """Its table's dataset."""
        return self.table.dataset

    @property
    def name(self) -> Mapping[str, Any]:
        """Its record's name, parsed."""
        return _parsed(self.record)


def fetched(
    connection: Connection, dialect: Dialect, table: Table, records: Sequence[str], key: bytes
) -> Iterator[Fetched | Refusal]:
    """Give the records as they stand now, all in one piece; one that is gone is a refusal."""
    found = located(connection, dialect, table, records, key)
    yield from (one for one in found if isinstance(one, Refusal))
    rows = [one for one in found if isinstance(one, Row)]
    if rows:
        names = pa.array([row.record for row in rows], pa.string())
        versions = pa.array([row.version for row in rows], pa.string())
        values = dialect.batch(table, [row.cells for row in rows])
        yield Fetched(table.dataset, names, versions, values)


def version(values: pa.RecordBatch, key: bytes) -> str:
    """Digest the values of one row."""
    literals = [record.literals(one) for one in values.columns]
    text: str = pc.binary_join_element_wise(*literals, ",")[0].as_py()
    return blake2b(text.encode(), digest_size=16, key=key).hexdigest()


def located(
    connection: Connection, dialect: Dialect, table: Table, records: Sequence[str], key: bytes
) -> list[Row | Refusal]:
    """Find each record and lock its row; say of each that isn't there why."""
    names = {one: _parsed(one) for one in records}
    digests = [name for name in names.values() if "digest" in name]
    wheres = (
        dialect.search(connection, table, {one["digest"] for one in digests}) if digests else {}
    )
    found: list[Row | Refusal] = []
    for one, name in names.items():
        if "digest" in name:
            where = _nth(wheres.get(name["digest"], []), name, digests)
        else:
            where = dialect.condition(table, relation(table), name)
        found.append(_row(connection, dialect, table, one, where, key))
    return found


def _parsed(name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(name)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _nth(
    wheres: Sequence[ColumnElement[bool]],
    name: Mapping[str, Any],
    named: Iterable[Mapping[str, Any]],
) -> ColumnElement[bool] | Why | None:
    """Take one of equal rows, if all of them are named: else which is meant can't be told."""
    numbers = {one["n"] for one in named if one["digest"] == name["digest"]}
    if not wheres:
        return None
    return wheres[name["n"] - 1] if numbers == set(range(1, len(wheres) + 1)) else Why.SEVERAL


def _row(
    connection: Connection,
    dialect: Dialect,
    table: Table,
    one: str,
    where: ColumnElement[bool] | Why | None,
    key: bytes,
) -> Row | Refusal:
    if isinstance(where, Why):
        return Refusal(table.dataset, one, where, "Equal rows are erased together: name them all.")
    if where is None and "digest" not in _parsed(one):
        return Refusal(table.dataset, one, Why.CHANGED, "The table's key is another: scan again.")
    rows = [] if where is None else dialect.rows(connection, table, where)
    if where is None or not rows:
        return Refusal(table.dataset, one, Why.GONE, "No row has this name any more: scan again.")
    if len(rows) > 1 and "digest" not in _parsed(one):
        return Refusal(
            table.dataset, one, Why.SEVERAL, "Several rows have this name: do it by hand."
        )
    now = version(dialect.batch(table, rows[:1]), key)
    return Row(table, one, where, rows[0], now)
