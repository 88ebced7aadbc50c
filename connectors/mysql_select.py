"""The statement that reads a table of MySQL or MariaDB, and the batches its answer becomes.

Whole numbers and doubles keep their types; everything else comes as the server writes it as text,
in UTF-8 whatever the column's charset: so ``0000-00-00``, ``-838:59:59`` and a decimal of 65 digits
come as they are. Bytes come as text where they are UTF-8 without control characters, else as hex;
in names always as hex. A character that has no Unicode comes as ``?``: the server says no more.

A table without a key is read in the order of a hash of its rows, so that equal rows come one after
the other and can be counted apart; the server sorts.
"""

from __future__ import annotations

import re

import pyarrow as pa

from connectors import record
from connectors.mysql_order import BINARY, WHOLE_NUMBERS, backticked, column, condition, drawn
from connectors.place import Batch, Mark, Partition
from connectors.sql import Table
from connectors.sql_ranges import KeyRange

_GEOMETRY = ("geometry", "point", "linestring", "polygon", "multi", "geom")
_TEXT = {"char", "varchar", "tinytext", "text"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class Select:
    """Reads one table: ``statement`` for the server, ``batch`` for each part of its answer."""

    def __init__(self, table: Table, digest_key: bytes) -> None:
        self._table = table
        self._key = digest_key
        self._digests = None if table.key else record.Digests(digest_key)
        self._names = [one.name for one in table.fields]

    def statement(
        self, part: KeyRange, after: Mark | None, sample: int | None, *, trusting: bool = False
    ) -> str:
        """The query; every identifier in it is quoted, every value a number or in hex.

        ``trusting``, it takes text that is declared as UTF-8 for UTF-8, which spares the server
        a sixth of its work.
        """
        table = self._table
        terms = [
            *(_trusted(table) if trusting else items(table)),
            *([] if table.key else [row_hash(table)]),
        ]
        listed = ", ".join(f"{term} AS `c{place}`" for place, term in enumerate(terms))
        where = condition(table, part, after)
        source = drawn(table, where, sample, self._key, row_hash(table))
        order = ", ".join(map(column, table.key)) or f"`c{len(self._names)}`"
        return f"SELECT {listed} FROM {source} ORDER BY {order}"  # noqa: S608 (quoted)

    def batch(self, partition: Partition, ordinal: int, answer: pa.RecordBatch) -> Batch:
        """Part a piece of the answer into values and the records' names."""
        raw = typed(self._table, answer.columns)
        values = pa.RecordBatch.from_arrays(shown(self._table, raw), self._names)
        return Batch(partition, ordinal, self._records(raw, answer), values)

    def _records(self, raw: list[pa.Array], answer: pa.RecordBatch) -> pa.StringArray:
        if self._digests:
            return self._digests.names(answer.column(len(self._names)))
        places = [self._names.index(name) for name in self._table.key]
        return record.by_key(self._table.key, [record.literals(raw[place]) for place in places])


def items(table: Table, of: str = "`t`.") -> list[str]:
    """Return SQL for each field as a scan reads it; the table is called ``of``."""
    named = zip(table.fields, table.base, strict=True)
    return [_item(of + backticked(field.name), base) for field, base in named]


def _trusted(table: Table) -> list[str]:
    if table.encoding != "utf8mb4":
        return items(table)
    named = zip(items(table), table.fields, table.base, strict=True)
    return [column(field.name) if base in _TEXT else item for item, field, base in named]


def is_shape(base: str) -> bool:
    """Tell whether a type is one of geometry."""
    return base.startswith(_GEOMETRY)


def row_hash(table: Table, of: str = "`t`.") -> str:
    """Return SQL for a hash of a row; of hashes, since a row may be longer than a value may."""
    each = (f"COALESCE(SHA2({item}, 256), '-')" for item in items(table, of))
    return f"SHA2(CONCAT_WS(',', {', '.join(each)}), 256)"


def kinds(table: Table) -> list[pa.DataType]:
    """Return the type of each column of the answer."""
    named = zip(table.fields, table.base, strict=True)
    return [_kind(base, field.type) for field, base in named]


def typed(table: Table, columns: list[pa.Array]) -> list[pa.Array]:
    """Give columns their types, however narrow the driver's are; what names rows is left out."""
    pairs = zip(columns, kinds(table), strict=False)
    return [one if one.type == kind else one.cast(kind) for one, kind in pairs]


def shown(table: Table, columns: list[pa.Array]) -> list[pa.Array]:
    """Write bytes as text where they are text."""
    pairs = zip(columns, table.base, strict=True)
    return [_read(one) if base in BINARY else one for one, base in pairs]


def _item(place: str, base: str) -> str:
    if base in WHOLE_NUMBERS or base == "double":
        return place
    if base in BINARY:
        return f"LOWER(HEX({place}))"
    if is_shape(base):
        place = f"ST_AsText({place})"
    if base == "bit":
        place = f"({place} + 0)"
    return f"CAST({place} AS CHAR CHARACTER SET utf8mb4)"


def _kind(base: str, declared: str) -> pa.DataType:
    if base in WHOLE_NUMBERS:
        return pa.uint64() if base == "bigint" and "unsigned" in declared else pa.int64()
    return pa.float64() if base == "double" else pa.string()


def _read(hexed: pa.Array) -> pa.Array:
    return pa.array([None if one is None else _text(one) for one in hexed.to_pylist()], pa.string())


def _text(hexed: str) -> str:
    try:
        text = bytes.fromhex(hexed).decode()
    except UnicodeDecodeError:
        return hexed
    return hexed if _CONTROL.search(text) else text
