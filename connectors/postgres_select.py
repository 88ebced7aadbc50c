"""The statement that reads a PostgreSQL table or a part of it, and the batches its answer becomes.

Whole and half numbers, truth values, text, dates and times keep their types; everything else
(numeric, jsonb, arrays, uuid, enumerations…) comes as the server writes it as text, bytes as hex.
Dates and times outside the years 1 to 9999, ``infinity`` among them, come as null.

A table without a key is read in the order of its rows' text: only so do equal rows come one after
the other and can be counted apart without holding the table in memory; the server sorts.
"""

from __future__ import annotations

import pyarrow as pa

from connectors import record
from connectors.place import Batch, Mark, Partition
from connectors.postgres_order import (
    UNCHECKED,
    WHOLE_NUMBERS,
    bases,
    conditions,
    order,
    row,
    written,
)
from connectors.postgres_sample import drawn
from connectors.sql import Table, decoded, quoted
from connectors.sql_ranges import KeyRange

#: A row's text, and so its name, must not depend on how the server or the account is set; and a
#: plain scan must give rows in the same order next time.
SETTINGS = {
    "transaction_read_only": "on",
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "synchronize_seqscans": "off",
    "max_parallel_workers_per_gather": "0",
}

_TEXT = {"text", "character varying"}
_NATIVE = WHOLE_NUMBERS | _TEXT | {"real", "double precision", "boolean"}
_TIME = {"date", "timestamp without time zone", "timestamp with time zone"}


def settings(table: Table) -> dict[str, str]:
    """Return the session's settings for a table.

    A server that checks no encoding (SQL_ASCII) gives its bytes out only if UTF-8 isn't asked for.
    """
    raw = {"client_encoding": UNCHECKED} if table.encoding == UNCHECKED else {}
    return {**SETTINGS, **raw}


class Select:
    """Reads one table: ``statement`` for the server, ``batch`` for each part of its answer.

    The answer has the table's fields first, then what only names the records. ``guessed`` and
    ``garbled`` count values that a server which doesn't check encodings (SQL_ASCII) gave out and
    that aren't UTF-8.
    """

    def __init__(self, table: Table, digest_key: bytes) -> None:
        self.guessed = self.garbled = 0
        self._table = table
        self._key = digest_key
        self._digests = None if table.key else record.Digests(digest_key)
        self._items = items(table)
        self._fields = len(self._items)
        self._naming = [self._place(one) for one in _naming(table)]

    def statement(
        self, part: KeyRange, after: Mark | None = None, sample: int | None = None
    ) -> str:
        """Write the query; every identifier in it is quoted, every value is a literal."""
        table = self._table
        where = " AND ".join(conditions(table, part, after))
        source = drawn(table, where, sample, self._key)
        return f"SELECT {', '.join(self._items)} FROM {source} ORDER BY {order(table)}"  # noqa: S608 (quoted)

    def batch(self, partition: Partition, ordinal: int, answer: pa.RecordBatch) -> Batch:
        """Part a piece of the answer into values and the records' names."""
        columns = [self._plain(column) for column in answer.columns]
        names = [one.name for one in self._table.fields]
        values = pa.RecordBatch.from_arrays(columns[: self._fields], names)
        naming = [columns[place] for place in self._naming]
        return Batch(partition, ordinal, self._records(naming), values)

    def _place(self, item: str) -> int:
        """Return where an item stands; a key that names as it reads is asked for once."""
        if item not in self._items:
            self._items.append(item)
        return self._items.index(item)

    def _records(self, naming: list[pa.Array]) -> pa.StringArray:
        if self._digests:
            return self._digests.names(naming[0])
        return record.by_key(self._table.key, [record.literals(one) for one in naming])

    def _plain(self, column: pa.Array) -> pa.Array:
        if self._table.encoding != UNCHECKED or not pa.types.is_string(column.type):
            return column
        read = decoded(column.cast(pa.binary()))
        self.guessed += read.guessed
        self.garbled += read.garbled
        return read.text


def items(table: Table) -> list[str]:
    """Return SQL for each field as it is read."""
    return [_value(name, base) for name, base in bases(table).items()]


def _naming(table: Table) -> list[str]:
    known = bases(table)
    return [_name(name, known[name]) for name in table.key] or [row(table)]


def _value(name: str, base: str) -> str:
    column = quoted(name)
    if base in _NATIVE:
        return f"{column}::{base}"
    if base in _TIME:
        return f"CASE WHEN {column} BETWEEN '0001-01-01' AND '9999-12-31' THEN {column}::{base} END"
    return written(name, base)


def _name(name: str, base: str) -> str:
    """Name a row by whole numbers and text as they are and by all else as the server writes it."""
    as_it_is = base in WHOLE_NUMBERS | _TEXT
    return f"{quoted(name)}::{base}" if as_it_is else written(name, base)
