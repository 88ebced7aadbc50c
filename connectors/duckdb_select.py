"""The statement that reads a DuckDB table, and the batches its answer becomes.

Whole and half numbers, truth values, text, dates and times keep their types; everything else comes
as DuckDB writes it as text, bytes as hex. Rows come in the order of their numbers; those of a view
in the order of their text.
"""

from __future__ import annotations

import pyarrow as pa

from connectors import record
from connectors.duckdb_sample import drawn, is_fair
from connectors.place import Batch, Partition
from connectors.sql import Table, quoted
from connectors.sql_ranges import KeyRange

_WHOLE = {
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
}  # fmt: skip
_NATIVE = _WHOLE | {"VARCHAR", "FLOAT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}


class Select:
    """Reads one table or a range of its rows."""

    def __init__(self, table: Table, digest_key: bytes) -> None:
        self.table = table
        self._key = digest_key
        self._base = dict(zip((one.name for one in table.fields), table.base, strict=True))
        nameless = not (table.key or table.rowid)
        self._digests = record.Digests(digest_key) if nameless else None

    def statement(self, part: KeyRange, sample: int | None = None) -> str:
        """Return the query, for so many rows drawn or all; every identifier in it is quoted."""
        table = self.table
        items = ", ".join([*values(table), *self._naming()])
        query = f"SELECT {items} FROM {drawn(table, part, sample, self._key)}"  # noqa: S608 (quoted)
        if sample is not None and not is_fair(table):
            return f"{query} ORDER BY {len(self._base) + 1} LIMIT {sample}"
        if sample is not None and table.rowid:
            return f"{query} ORDER BY rowid"
        return query if table.rowid else f"{query} ORDER BY {len(self._base) + 1}"

    def batch(self, partition: Partition, ordinal: int, answer: pa.RecordBatch) -> Batch:
        """Part a piece of the answer into values and names."""
        width = len(self._base)
        found = pa.RecordBatch.from_arrays(answer.columns[:width], list(self._base))
        naming = answer.columns[width:]
        return Batch(partition, ordinal, self._records(naming), found)

    def _naming(self) -> list[str]:
        if self._digests:
            return [f"row({', '.join(quoted(name) for name in self._base)})::VARCHAR"]
        if not self.table.key:
            return [self.table.rowid]
        return [written(name, self._base[name]) for name in self.table.key]

    def _records(self, naming: list[pa.Array]) -> pa.StringArray:
        if self._digests:
            return self._digests.names(naming[0])
        if not self.table.key:
            return record.by_rowid(naming[0])
        return record.by_key(self.table.key, [record.literals(one) for one in naming])


def values(table: Table) -> list[str]:
    """Return SQL for each field as it is read."""
    pairs = zip(table.fields, table.base, strict=True)
    return [quoted(one.name) if base in _NATIVE else written(one.name, base) for one, base in pairs]


def written(name: str, base: str) -> str:
    """Return SQL for a field as a name writes it: whole numbers as such, all else as text."""
    column = quoted(name)
    if base in _WHOLE:
        return column
    return f"lower(hex({column}))" if base == "BLOB" else f"{column}::VARCHAR"
