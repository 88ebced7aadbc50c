"""PostgreSQL written to: how a row is found by its name, locked, takes a value, and is refused.

A writing transaction sees one moment (REPEATABLE READ): a row that another session changed since
is refused by the server itself. Rows without a key are found by where they are kept (``ctid``),
which holds only within the transaction. What others see changes with COMMIT alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import UserDefinedType

from connectors import record
from connectors.postgres_order import bases, row
from connectors.postgres_refusals import cause, obstacle
from connectors.postgres_select import items
from connectors.postgres_server import Server
from connectors.sql import Table, quoted
from connectors.sql_dialect import Cause, Dialect, relation

#: How the columns of fetched rows are typed; all others are text, as in a scan.
_ARROW: dict[str, pa.DataType] = {
    "smallint": pa.int16(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "real": pa.float32(),
    "double precision": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp without time zone": pa.timestamp("us"),
    "timestamp with time zone": pa.timestamp("us", "UTC"),
}
#: Types that, named without a length, would cut a value to one character.
_WHOLE_LENGTH = {"character": "bpchar", "bit": "bit varying", "character[]": "bpchar[]"}
#: Types compared with a name by their own "="; all others by their text.
_COMPARED = {*_ARROW, "text", "character varying", "character", "uuid", "numeric", "inet"}
#: Rows without a key are looked through in pieces of so many.
_PIECE = 10_000


class PostgresDialect(Dialect):
    """PostgreSQL's own; ``locks`` rows that it finds where they are going to be changed."""

    leftover = "PostgreSQL keeps the old row in its files until VACUUM has passed."

    def __init__(self, server: Server, digest_key: bytes) -> None:
        self._server, self._key = server, digest_key
        self._touched: dict[str, Table] = {}

    def items(self, table: Table) -> list[str]:
        """Read fields as a scan does."""
        return items(table)

    def batch(self, table: Table, rows: Collection[tuple[object, ...]]) -> pa.RecordBatch:
        """Type columns as a scan does."""
        columns = list(zip(*rows, strict=True)) or [()] * len(table.fields)
        kinds = [_ARROW.get(base, pa.string()) for base in table.base]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, [one.name for one in table.fields])

    def cause(self, error: DBAPIError) -> Cause:
        """Tell by SQLSTATE."""
        return cause(error, self._server)

    def obstacle(self, connection: Connection, table: Table) -> Cause | None:
        """Tell also where deleting may reach rows that this account can't see."""
        return super().obstacle(connection, table) or obstacle(connection, table)

    def condition(
        self, table: Table, relation: FromClause, name: Mapping[str, object]
    ) -> ColumnElement[bool] | None:
        """Return the condition that finds a row by its key."""
        key = name.get("pk")
        if not isinstance(key, Mapping) or not key or tuple(key) != table.key:
            return None
        known = bases(table)
        return and_(*(_equals(relation.c[one], known[one], key[one]) for one in key))

    def value(self, table: Table, field: str, text: str) -> object:
        """Cast to the column's type without its length, so that nothing is cut in silence."""
        base = bases(table)[field]
        return func.decode(text, "hex") if base == "bytea" else _as(text, base)

    def search(
        self, connection: Connection, table: Table, digests: Collection[str]
    ) -> Mapping[str, list[ColumnElement[bool]]]:
        """Look through all rows for those with such a digest."""
        place: list[ColumnElement[str]] = [
            literal_column(f"{one}::text") for one in ("tableoid", "ctid", row(table))
        ]
        query = select(*place).select_from(relation(table)).execution_options(yield_per=_PIECE)
        names = record.Digests(self._key)
        found: dict[str, list[ColumnElement[bool]]] = {}
        for one in connection.execute(query):
            if (digest := names.digest(one[2])) in digests:
                found.setdefault(digest, []).append(_kept(one[0], one[1]))
        return found

    def rows(
        self, connection: Connection, table: Table, condition: ColumnElement[bool]
    ) -> list[tuple[object, ...]]:
        """Read rows; lock them only for writing, as it needs a right that a reader hasn't."""
        query = select(*self._items(table)).select_from(relation(table)).where(condition)
        if connection.get_execution_options().get("writes"):
            query = query.with_for_update()
        return [tuple(one) for one in connection.execute(query)]

    def update(
        self,
        connection: Connection,
        table: Table,
        condition: ColumnElement[bool],
        values: Mapping[str, Any],
    ) -> list[tuple[object, ...]]:
        """Write, and let the server say what it wrote: its triggers may have a say."""
        self._touched[table.dataset] = table
        query = update(relation(table)).where(condition).values(values)
        return [tuple(one) for one in connection.execute(query.returning(*self._items(table)))]

    def delete(self, connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
        """Delete rows."""
        self._touched[table.dataset] = table
        return connection.execute(delete(relation(table)).where(condition)).rowcount

    def settle(self, connection: Connection) -> None:
        """Check deferred constraints."""
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    def committed(self, connection: Connection, *, purge: bool) -> None:
        """Free the old rows' space if told to; only a table's owner may."""
        if not purge:
            return
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in self._touched.values():
            with suppress(DBAPIError):
                alone.exec_driver_sql(f"VACUUM {quoted(table.schema)}.{quoted(table.name)}")

    def _items(self, table: Table) -> Sequence[ColumnElement[Any]]:
        return [literal_column(item) for item in items(table)]


def _equals(column: ColumnElement[Any], base: str, value: object) -> ColumnElement[bool]:
    if base == "bytea":
        return column == func.decode(_text(value), "hex")
    if base in _COMPARED:
        return column == _as(str(value), base)
    return cast(column, Text).collate("C") == _text(value)


def _as(value: str, base: str) -> ColumnElement[Any]:
    return cast(_text(value), _Type(_WHOLE_LENGTH.get(base, base)))


def _text(value: object) -> ColumnElement[str]:
    return bindparam(None, str(value), Text)


def _kept(oid: str, at: str) -> ColumnElement[bool]:
    """Return the condition of a row's place; of a partitioned table's, its partition's."""
    table: ColumnElement[Any] = literal_column("tableoid")
    place: ColumnElement[Any] = literal_column("ctid")
    return and_(table == cast(_text(oid), _Type("oid")), place == cast(_text(at), _Type("tid")))


class _Type(UserDefinedType[str]):
    """A type of the server's by its name."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: Any) -> str:
        """Write it."""
        return self.name
