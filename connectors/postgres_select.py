"""The statement that reads a PostgreSQL table whole, and the batches its answer becomes.

Whole and half numbers, truth values, text, dates and times keep their types; everything else
(numeric, jsonb, arrays, uuid, enumerations…) comes as the server writes it as text, bytes as hex.
Dates and times outside the years 1 to 9999, ``infinity`` among them, come as null.

A table without a key is read in the order of its rows' text: only so do equal rows come one after
the other and can be counted apart without holding the table in memory; the server sorts.
"""

from __future__ import annotations

import pyarrow as pa

from connectors import record
from connectors.place import Batch, Partition
from connectors.sql import Table, decoded, quoted

# A row's text, and so its name, must not depend on how the server or the account is set; and a
# plain scan must give rows in the same order next time.
_SETTINGS = {
    "transaction_read_only": "on",
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "synchronize_seqscans": "off",
    "max_parallel_workers_per_gather": "0",
}

_UNCHECKED = "SQL_ASCII"

_WHOLE = {"smallint", "integer", "bigint"}
_TEXT = {"text", "character varying"}
_NATIVE = _WHOLE | _TEXT | {"real", "double precision", "boolean"}
_TIME = {"date", "timestamp without time zone", "timestamp with time zone"}


def settings(table: Table) -> dict[str, str]:
    """Return the session's settings for a table.

    A server that checks no encoding (SQL_ASCII) gives its bytes out only if UTF-8 isn't asked for.
    """
    raw = {"client_encoding": _UNCHECKED} if table.encoding == _UNCHECKED else {}
    return {**_SETTINGS, **raw}


class Select:
    """Reads one table: ``statement`` for the server, ``batch`` for each part of its answer.

    The answer has the table's fields first, then what only names the records. ``guessed`` and
    ``garbled`` count values that a server which doesn't check encodings (SQL_ASCII) gave out and
    that aren't UTF-8.
    """

    def __init__(self, table: Table, digest_key: bytes) -> None:
        self.guessed = self.garbled = 0
        self._table = table
        self._digests = None if table.key else record.Digests(digest_key)
        self._base = dict(zip((one.name for one in table.fields), table.base, strict=True))

    @property
    def statement(self) -> str:
        """The query; every identifier in it is quoted."""
        items = [_value(name, base) for name, base in self._base.items()] + self._naming()
        table = self._table
        only = "ONLY " if table.alone else ""
        query = f"SELECT {', '.join(items)} FROM {only}{quoted(table.schema)}.{quoted(table.name)}"  # noqa: S608 (quoted)
        return query if table.key else f'{query} ORDER BY {self._row()} COLLATE "C"'

    def batch(self, partition: Partition, ordinal: int, answer: pa.RecordBatch) -> Batch:
        """Part a piece of the answer into values and the records' names."""
        columns = [self._plain(column) for column in answer.columns]
        names = list(self._base)
        values = pa.RecordBatch.from_arrays(columns[: len(names)], names)
        return Batch(partition, ordinal, self._records(columns), values)

    def _naming(self) -> list[str]:
        if not self._table.key:
            return [self._row()]
        return [_name(name, self._base[name]) for name in self._table.key]

    def _row(self) -> str:
        return f"ROW({', '.join(quoted(name) for name in self._base)})::text"

    def _records(self, columns: list[pa.Array]) -> pa.StringArray:
        naming = columns[len(self._base) :]
        if self._digests:
            return self._digests.names(naming[0])
        return record.by_key(self._table.key, [record.literals(one) for one in naming])

    def _plain(self, column: pa.Array) -> pa.Array:
        if self._table.encoding != _UNCHECKED or not pa.types.is_string(column.type):
            return column
        read = decoded(column.cast(pa.binary()))
        self.guessed += read.guessed
        self.garbled += read.garbled
        return read.text


def _value(name: str, base: str) -> str:
    column = quoted(name)
    if base in _NATIVE:
        return f"{column}::{base}"
    if base in _TIME:
        return f"CASE WHEN {column} BETWEEN '0001-01-01' AND '9999-12-31' THEN {column}::{base} END"
    return _written(column, base)


def _name(name: str, base: str) -> str:
    """Name a row by whole numbers as they are and by all else as the server writes it."""
    return f"{quoted(name)}::{base}" if base in _WHOLE else _written(quoted(name), base)


def _written(column: str, base: str) -> str:
    if base == "bytea":
        return f"encode({column}, 'hex')"
    if base == "inet":
        # Cast to text, an address gets a mask it wasn't written with.
        return f"NULLIF(array_to_string(ARRAY[{column}], ''), '')"
    return f"{column}::text"
