"""MySQL and MariaDB written to: how a row is found by its name, takes a value, and is refused.

Only InnoDB can undo a change half made, so only its tables are written to. Names are compared by
their bytes: a column's collation may hold ``a`` and ``A`` for the same. Rows that refer to a row
may lie in tables that the account can't see, and go with it in silence; where it can't be told that
there are none, nothing is erased.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, cast

import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    delete,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects.mysql import CHAR
from sqlalchemy.exc import DBAPIError

from connectors import record
from connectors.errors import Unreachable
from connectors.mysql_order import BINARY, WHOLE_NUMBERS, bases
from connectors.mysql_reason import code
from connectors.mysql_refused import HIDDEN, NO_BITS, NO_SHAPES, WRONG_TYPE, refused
from connectors.mysql_select import is_shape, items, kinds, row_hash, shown
from connectors.sql import Table
from connectors.sql_change import No
from connectors.sql_dialect import Cause, Dialect, relation

#: An option of the connection: rows that are read are locked.
LOCKING = "shozai_locking"
_COMPARED = {"char", "varchar", "tinytext", "text", "mediumtext", "longtext", "date", "datetime"}
_WHOLE_NUMBER = re.compile(r"[+-]?\d+")
_REFERRING = (
    "SELECT count(*) FROM information_schema.innodb_sys_foreign"
    " WHERE :all OR SUBSTRING_INDEX(ref_name, '/', 1) = :schema"
)
_SEEN = (
    "SELECT count(*) FROM information_schema.referential_constraints"
    " WHERE :all OR unique_constraint_schema = :schema"
)
_ALL_SEEN = (
    "SELECT count(*) FROM information_schema.user_privileges WHERE privilege_type = 'SELECT'"
    " AND grantee = CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''',"
    " SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')"
)


class MysqlDialect(Dialect):
    """What MySQL and MariaDB have of their own; ``key`` is that of rows' digests."""

    leftover = "The server's undo log, and its binary log if it keeps one, hold the row for a while"

    def __init__(self, key: bytes) -> None:
        self._key = key

    def items(self, table: Table) -> list[str]:
        """Return fields as a scan reads them."""
        return items(table, "")

    def batch(self, table: Table, rows: Collection[tuple[object, ...]]) -> pa.RecordBatch:
        """Type columns as a scan does."""
        columns = list(zip(*rows, strict=True)) or [()] * len(table.fields)
        pairs = zip(columns, kinds(table), strict=True)
        arrays = shown(table, [pa.array(column, kind) for column, kind in pairs])
        return pa.RecordBatch.from_arrays(arrays, [one.name for one in table.fields])

    def condition(
        self, table: Table, relation: FromClause, name: Mapping[str, object]
    ) -> ColumnElement[bool] | None:
        """Compare a key's fields by their bytes, as names write them."""
        key = name.get("pk")
        if not isinstance(key, Mapping) or tuple(key) != table.key:
            return None
        known = bases(table)
        terms = [_is(relation.c[field], known[field], value) for field, value in key.items()]
        return and_(*terms)

    def value(self, table: Table, field: str, text: str) -> object:
        """Keep bytes bytes; a column for whole numbers takes only those."""
        base = bases(table)[field]
        if base in WHOLE_NUMBERS:
            return text if _WHOLE_NUMBER.fullmatch(text) else WRONG_TYPE
        if base == "bit":
            return int(text) if text.isdecimal() else NO_BITS
        if is_shape(base):
            return NO_SHAPES
        return text.encode() if base in BINARY else text

    def search(
        self, connection: Connection, table: Table, digests: Collection[str]
    ) -> Mapping[str, list[ColumnElement[bool]]]:
        """Let the server hash all rows; equal ones have the same condition."""
        hashed: ColumnElement[str] = literal_column(row_hash(table, ""))
        found = connection.execute(
            select(hashed, func.count()).select_from(relation(table)).group_by(hashed)
        )
        wheres = {self._digest(one): [hashed == one] * int(count) for one, count in found}
        return {digest: wheres[digest] for digest in digests if digest in wheres}

    def rows(
        self, connection: Connection, table: Table, condition: ColumnElement[bool]
    ) -> list[tuple[object, ...]]:
        """Read rows; lock them only to write, since a reader may not."""
        terms: list[ColumnElement[Any]] = [literal_column(one) for one in self.items(table)]
        query = select(*terms).select_from(relation(table)).where(condition)
        if connection.get_execution_options().get(LOCKING):
            query = query.with_for_update()
        return [tuple(row) for row in connection.execute(query)]

    def update(
        self,
        connection: Connection,
        table: Table,
        condition: ColumnElement[bool],
        values: Mapping[str, object],
    ) -> list[tuple[object, ...]]:
        """Write values; a row without a key couldn't be found again, so it is left."""
        return super().update(connection, table, condition, values) if table.key else []

    def delete(self, connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
        """Delete one row; of equal rows without a key, one at a time.

        It is taken back where rows may have gone, or been emptied, that the account can't see.
        """
        statement = delete(relation(table)).where(condition).with_dialect_options(mysql_limit=1)
        gone = connection.execute(statement).rowcount
        if _hidden(connection, table.schema):
            raise No(HIDDEN)
        return gone

    def cause(self, error: DBAPIError) -> Cause:
        """Tell by the server's number."""
        number = code(error.orig)
        if cause := refused(number):
            return cause
        words = "The server can't write to the table"
        raise Unreachable(f"{words} (error {number}): try again later.") from None

    def _digest(self, hashed: str) -> str:
        name = record.Digests(self._key).names(pa.array([hashed]))[0].as_py()
        return cast("str", json.loads(name)["digest"])


def _is(column: ColumnElement[Any], base: str, value: object) -> ColumnElement[bool]:
    """Compare in a way that finds an index, and then exactly."""
    if base in WHOLE_NUMBERS:
        return column == (value if isinstance(value, int) else None)
    if base in BINARY:
        return column == _bytes(str(value))
    if base == "double":
        return column == value
    written = cast_to(column + 0 if base == "bit" else column, CHAR(charset="utf8mb4"))
    exact = func.hex(written) == str(value).encode().hex().upper()
    return and_(column == value, exact) if base in _COMPARED else exact


def _bytes(hexed: str) -> bytes | None:
    try:
        return bytes.fromhex(hexed)
    except ValueError:
        return None


def _hidden(connection: Connection, schema: str) -> bool:
    """Tell whether more refers to a database's tables than the account sees; asked once."""
    known: dict[object, Any] = connection.info
    if ("hidden", schema) not in known:
        known["hidden", schema] = _is_hidden(connection, schema)
    return bool(known["hidden", schema])


def _is_hidden(connection: Connection, schema: str) -> bool:
    if connection.scalar(text(_ALL_SEEN)):
        return False
    given = {"schema": schema, "all": not re.fullmatch(r"\w+", schema, re.ASCII)}
    try:
        with connection.begin_nested():
            there = connection.scalar(text(_REFERRING), given)
    except DBAPIError:
        return True
    return int(there) > int(connection.scalar(text(_SEEN), given))
