"""A sample of a DuckDB table: so many of its rows, drawn alike, the same ones in every scan.

They are those whose number, or key where a column takes the word for the number, has the least
keyed hash. A view, and a table without either, gives its first rows, which bound nothing.
"""

from __future__ import annotations

from hashlib import blake2b

from connectors.place import Partition, Status, Unread
from connectors.sql import Table, quoted
from connectors.sql_ranges import KeyRange


def drawn(table: Table, part: KeyRange, sample: int | None, key: bytes) -> str:
    """Return what to read from, with its condition: a part of a table, or so many rows of it."""
    source = f"{quoted(table.schema)}.{quoted(table.name)}"
    where = [f"rowid >= {part.low}"] if part.low is not None else []
    where += [f"rowid < {part.high}"] if part.high is not None else []
    if where:
        source += f" WHERE {' AND '.join(where)}"
    if sample is None or not is_fair(table):
        return source
    names = ", ".join([table.rowid] if table.rowid else map(quoted, table.key))
    lot = f"hash({names}, {_seed(key)})"
    few = f"SELECT {names} FROM {source} ORDER BY {lot} LIMIT {sample}"  # noqa: S608 (quoted)
    return f"{quoted(table.schema)}.{quoted(table.name)} WHERE ({names}) IN ({few})"


def counting(table: Table, part: KeyRange, most: int) -> str:
    """Return the statement that counts the rows drawn from, no further than one too many."""
    some = f"SELECT 1 FROM {drawn(table, part, None, b'')} LIMIT {most + 1}"  # noqa: S608 (quoted)
    return f"SELECT count(*) FROM ({some})"  # noqa: S608 (quoted)


def missed(table: Table, partition: Partition, seen: int) -> Unread:
    """Say what it may miss: with 95 %, less than 3 / n of what none of n rows drawn has."""
    words = f"only a sample of {seen:,} rows was read, as the settings ask"
    bound = min(1.0, 3 / seen) if seen and is_fair(table) else None
    return Unread(table.dataset, Status.PARTIAL, words, partition.number, missed_at_most=bound)


def is_fair(table: Table) -> bool:
    """Whether every row is as likely to be drawn."""
    return bool(table.rowid or table.key)


def _seed(key: bytes) -> int:
    return int.from_bytes(blake2b(b"sample", digest_size=7, key=key).digest(), "big")
