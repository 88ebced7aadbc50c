"""Which rows of a table of MySQL or MariaDB are meant: a range of keys, those behind one, a sample.

Keys are compared by the column's own collation, in which they are in order and each is the only
one. Values stand in the statement as numbers or in hex, so that none can end its literal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.place import Mark
from connectors.sql import Table
from connectors.sql_ranges import KeyRange

WHOLE_NUMBERS = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"})
BINARY = frozenset({"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"})
_TEXT = {"char", "varchar", "tinytext", "text", "mediumtext", "longtext", "date", "datetime"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def condition(table: Table, part: KeyRange, after: Mark | None) -> str:
    """Return the condition that rows of a partition, behind a record, meet; "" for all."""
    terms = []
    if part.low is not None:
        terms.append(f"{column(table.key[0])} >= {int(part.low)}")
    if part.high is not None:
        terms.append(f"{column(table.key[0])} < {int(part.high)}")
    if after:
        terms.append(f"({_behind(table, _key(table, after))})")
    return " AND ".join(terms)


def goes_on(table: Table, after: Mark) -> bool:
    """Tell whether the rows behind a record can be asked for, without those before it."""
    known = bases(table)
    sound = {*WHOLE_NUMBERS, *_TEXT, *BINARY, "decimal"}
    return bool(table.key) and {known[one] for one in table.key} <= sound and bool(after.record)


def drawn(table: Table, where: str, sample: int | None, key: bytes, row_hash: str) -> str:
    """Return what to read from: the part of a table, or so many rows of it.

    They are drawn by a keyed hash of the row, the same in every scan; of a view, the first ones.
    """
    source = f"{backticked(table.schema)}.{backticked(table.name)} AS `t`"
    source += f" WHERE {where}" if where else ""
    if sample is None:
        return source
    lot = (
        f" ORDER BY SHA2(CONCAT(X'{key.hex()}', {row_hash}), 256)" if table.kind == "table" else ""
    )
    return f"(SELECT `t`.* FROM {source}{lot} LIMIT {sample}) AS `t`"  # noqa: S608 (quoted)


def literal(value: object, base: str) -> str:
    """Write a value of a record's name so that it is compared as the column's type."""
    text = str(value)
    if base in BINARY:
        return f"X'{bytes.fromhex(text).hex()}'"
    if base in WHOLE_NUMBERS or base == "decimal":
        if not _NUMBER.fullmatch(text):
            raise ValueError("A record's name has no number where its key has one.")
        return text
    return f"_utf8mb4 X'{text.encode().hex()}'"


def bases(table: Table) -> dict[str, str]:
    """Return each column's type without its length."""
    return dict(zip((one.name for one in table.fields), table.base, strict=True))


def column(name: str) -> str:
    """Quote a column of the table that is read, which is ``t``."""
    return f"`t`.{backticked(name)}"


def backticked(name: str) -> str:
    """Quote an identifier, whatever the server's sql_mode."""
    return "`" + name.replace("`", "``") + "`"


def _key(table: Table, after: Mark) -> Sequence[tuple[str, str]]:
    """Return the columns of the key, each with its literal."""
    named: Mapping[str, Any] = json.loads(after.record)["pk"]
    known = bases(table)
    return [(column(name), literal(named[name], known[name])) for name in table.key]


def _behind(table: Table, key: Sequence[tuple[str, str]]) -> str:
    """Compare column by column: whole rows compared at once would use no index."""
    name, value = key[0]
    if len(key) == 1:
        return f"{name} > {value}"
    rest = _behind(table, key[1:])
    return f"{name} >= {value} AND ({name} > {value} OR ({rest}))"
