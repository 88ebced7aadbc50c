"""The order in which a PostgreSQL table is read, and where in it a part begins.

Rows come in the order of their key, as its index has them: so a reading can go on behind any row,
and a part of the table is a stretch of the index. A key's own order is the server's, collation
included; where its comparison belongs to an extension (citext) or to a user's type, the order is
that of its text, byte by byte, which every server compares alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from psycopg.sql import Literal
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from connectors.place import Mark
from connectors.sql import Table, quoted
from connectors.sql_ranges import LEAST_ROWS, WHOLE, KeyRange, ranges, uuid_ranges

WHOLE_NUMBERS = frozenset({"smallint", "integer", "bigint"})
#: The name of a server's encoding that checks nothing.
UNCHECKED = "SQL_ASCII"

#: What a statement calls the rows that it reads.
_ROWS = "found"

#: Types whose order is the server's own, and what their text is cast to.
_ORDERED = {
    one: one
    for one in (
        *WHOLE_NUMBERS,
        *("text", "character varying", "uuid", "numeric", "real", "double precision", "boolean"),
        *("date", "timestamp without time zone", "timestamp with time zone", "inet"),
    )
} | {"character": "bpchar"}


def cut(connection: Connection, table: Table) -> tuple[KeyRange, ...]:
    """Return the ranges of keys by which a table is read; small ones are read whole."""
    if table.kind != "table" or not table.key or (table.rows or 0) < LEAST_ROWS:
        return (WHOLE,)
    lead = table.key[0]
    base = bases(table)[lead]
    if base == "uuid":
        return tuple(uuid_ranges(table.rows))
    return _buckets(connection, table, lead) if base in WHOLE_NUMBERS else (WHOLE,)


def order(table: Table) -> str:
    """Return what to order by: the key, else the rows' text."""
    known = bases(table)
    terms = [_term(name, known[name]) for name in table.key]
    return ", ".join(terms) or f'{row(table)} COLLATE "C"'


def conditions(table: Table, part: KeyRange, after: Mark | None) -> Iterator[str]:
    """Yield the conditions that choose a part, and what follows a record there."""
    if table.key:
        lead, base = quoted(table.key[0]), bases(table)[table.key[0]]
        if part.low is not None:
            yield f"{lead} >= {_literal(part.low, base)}"
        if part.high is not None:
            yield f"{lead} < {_literal(part.high, base)}"
    if after and goes_on(table, after):
        yield _behind(table, after)


def goes_on(table: Table, after: Mark) -> bool:
    """Tell whether the server can find where a record stood; else it is read again up to there."""
    if not table.key or not after.record or tuple(_named(after)) != table.key:
        return False
    known = bases(table)
    whole = all(known[name] in WHOLE_NUMBERS for name in table.key)
    # Such a server compares bytes, of which a record's name shows the text.
    return whole or table.encoding != UNCHECKED


def bases(table: Table) -> dict[str, str]:
    """Return the built-in type beneath each field's own."""
    return dict(zip((one.name for one in table.fields), table.base, strict=True))


def relation(table: Table) -> str:
    """Return the table as a statement names it, without what inherits from it."""
    only = "ONLY " if table.alone else ""
    return f"{only}{quoted(table.schema)}.{quoted(table.name)} AS {_ROWS}"


def row(table: Table) -> str:
    """Return a row's text."""
    return f"ROW({', '.join(quoted(one.name) for one in table.fields)})::text"


def _buckets(connection: Connection, table: Table, lead: str) -> tuple[KeyRange, ...]:
    bounds = f"SELECT min({quoted(lead)}), max({quoted(lead)}) FROM {relation(table)}"  # noqa: S608 (quoted)
    try:
        with connection.begin_nested():
            lowest, highest = connection.execute(text(bounds.replace(":", r"\:"))).one()
    except DBAPIError:  # locked, or no right: reading it tells which
        return (WHOLE,)
    return tuple(ranges(lowest, highest, table.rows))


def _behind(table: Table, after: Mark) -> str:
    known = bases(table)
    terms = ", ".join(_term(name, known[name]) for name in table.key)
    values = ", ".join(_literal(value, known[name]) for name, value in _named(after).items())
    return f"({terms}) > ({values})"


def _named(after: Mark) -> dict[str, int | str]:
    found = json.loads(after.record).get("pk", {})
    return found if isinstance(found, dict) else {}


def _term(name: str, base: str) -> str:
    # Alone, a name in ORDER BY would mean what the statement gives out, which may be text.
    return f"{_ROWS}.{quoted(name)}" if base in _ORDERED else f'{written(name, base)} COLLATE "C"'


def _literal(value: int | str, base: str) -> str:
    return f"{Literal(str(value)).as_string()}::{_ORDERED.get(base, 'text')}"


def written(name: str, base: str) -> str:
    """Return a field as the server writes it, which is how all but plain types are read."""
    column = quoted(name)
    if base == "bytea":
        return f"encode({column}, 'hex')"
    if base == "inet":
        # Cast to text, an address gets a mask it wasn't written with.
        return f"NULLIF(array_to_string(ARRAY[{column}], ''), '')"
    return f"{column}::text"
