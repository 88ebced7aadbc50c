"""Single rows of SQL stores: found by their records' names, shown as they stand now.

A row's *version* is the keyed digest of its values as a scan reads them; equal versions mean that
nothing that a scan sees has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
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
    """A row as it stands: its name, the condition that finds it, its values as one row."""

    table: Table
    record: str
    condition: ColumnElement[bool]
    values: pa.RecordBatch

    @property
    def dataset(self) -> str:
        """Its table's dataset."""
        return self.table.dataset

    @property
    def name(self) -> Mapping[str, Any]:
        """Its record's name, parsed."""
        return _parsed(self.record)

    def version(self, key: bytes) -> str:
        """Digest its values."""
        return version(self.values, key)


def fetched(
    connection: Connection, dialect: Dialect, table: Table, records: Sequence[str], key: bytes
) -> Iterator[Fetched | Refusal]:
    """Give the records as they stand now, alike rows together; one that is gone is a refusal."""
    found = located(connection, dialect, table, records)
    yield from (one for one in found if isinstance(one, Refusal))
    rows = (one for one in found if isinstance(one, Row))
    for _, alike in groupby(rows, key=lambda row: row.values.schema):
        yield _together(table, list(alike), key)


def version(values: pa.RecordBatch, key: bytes) -> str:
    """Digest the values of one row."""
    literals = [record.literals(one) for one in values.columns]
    text: str = pc.binary_join_element_wise(*literals, ",")[0].as_py()
    return blake2b(text.encode(), digest_size=16, key=key).hexdigest()


def located(
    connection: Connection, dialect: Dialect, table: Table, records: Sequence[str]
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
        found.append(_row(connection, dialect, table, one, where))
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
) -> Row | Refusal:
    if isinstance(where, Why):
        return Refusal(table.dataset, one, where, "Equal rows are erased together: name them all.")
    rows = [] if where is None else dialect.rows(connection, table, where)
    if where is None or not rows:
        return Refusal(table.dataset, one, Why.GONE, "No row has this name any more: scan again.")
    if len(rows) > 1 and "digest" not in _parsed(one):
        return Refusal(
            table.dataset, one, Why.SEVERAL, "Several rows have this name: do it by hand."
        )
    return Row(table, one, where, dialect.batch(table, rows[:1]))


def _together(table: Table, rows: list[Row], key: bytes) -> Fetched:
    names = pa.array([row.record for row in rows], pa.string())
    versions = pa.array([row.version(key) for row in rows], pa.string())
    values = pa.Table.from_batches([row.values for row in rows]).combine_chunks().to_batches()
    return Fetched(table.dataset, names, versions, values[0])
