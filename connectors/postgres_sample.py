"""A sample of a PostgreSQL table: so many of its rows, drawn alike by the server.

Rows are drawn by a keyed hash of their key, so the same ones are drawn in every scan, and no value
decides which. Of a table without a key they are drawn by where they are kept. Of a view or a
foreign table the first ones are taken, which bound nothing.
"""

from __future__ import annotations

from hashlib import blake2b

from connectors.place import Partition, Status, Unread
from connectors.postgres_order import bases, relation, row, written
from connectors.sql import Table, quoted


def drawn(table: Table, where: str, sample: int | None, key: bytes) -> str:
    """Return what to read from: the part of a table, or so many rows of it."""
    source = relation(table) + (f" WHERE {where}" if where else "")
    if sample is None:
        return source
    fields = ", ".join(quoted(one.name) for one in table.fields)
    lot = _lot(table)
    by = (
        f" ORDER BY pg_catalog.hashtextextended({lot}, '{seed(key, 'sample')}'::bigint)"
        if lot
        else ""
    )
    return f"(SELECT {fields} FROM {source}{by} LIMIT {sample}) AS found"  # noqa: S608 (quoted)


def counting(table: Table, where: str) -> str:
    """Return the statement that counts the rows drawn from; "" where that may cost too much."""
    if not _lot(table):
        return ""
    return f"SELECT count(*)::text AS rows FROM {drawn(table, where, None, b'')}"  # noqa: S608 (quoted)


def checksum(table: Table, where: str, key: bytes) -> str:
    """Return the statement that sums a keyed hash of every row's text."""
    hashed = f"hashtextextended({row(table)}, '{seed(key, 'checksum')}'::bigint)::numeric"
    found = f"concat_ws(' ', count(*), sum({hashed}))"
    return f"SELECT {found} AS checksum FROM {drawn(table, where, None, b'')}"  # noqa: S608 (quoted)


def missed(table: Table, partition: Partition, seen: int, rows: int | None) -> Unread:
    """Say how many rows a sample left out, and how large a share may hold what none of it did.

    If none of n rows drawn alike has something, then with 95 % fewer than 3 / n of all have it:
    https://en.wikipedia.org/wiki/Rule_of_three_(statistics).
    """
    words = f"only a sample of {seen:,} rows was read, as the settings ask"
    bound = min(1.0, 3 / seen) if seen and _lot(table) else None
    left = None if rows is None else rows - seen
    return Unread(table.dataset, Status.PARTIAL, words, partition.number, left, bound)


def seed(key: bytes, purpose: str) -> int:
    """Return a number of 64 bits that only this key gives."""
    digest = blake2b(purpose.encode(), digest_size=8, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def _lot(table: Table) -> str:
    known = bases(table)
    if table.key:
        return " || chr(31) || ".join(written(name, known[name]) for name in table.key)
    return "tableoid::text || ctid::text" if table.rowid == "ctid" else ""
