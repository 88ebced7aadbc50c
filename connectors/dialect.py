"""Any database that SQLAlchemy has a dialect for, read through its own driver: *untested*.

Oracle, SQL Server and others are accepted by their SQLAlchemy URL, if the driver is installed.
Catalogue and statements are SQLAlchemy's; rows are streamed where the driver can. Nothing is
written. https://docs.sqlalchemy.org/en/20/dialects/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Inspector, create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from connectors.base import skipped
from connectors.dialect_select import Select
from connectors.errors import Unreachable, Unsupported
from connectors.place import Batch, Field, Mark, Partition, Status, Unread
from connectors.sql import SqlSource, Table, counted, named
from connectors.sql_keys import Keys, keys

_SYSTEM = {"information_schema", "sys", "system", "pg_catalog"}
_UNREADABLE = (
    "The database's url can't be read: write dialect+driver://user:secret@host:port/database"
    " with %40 for @, %2F for / and %25 for % within a name or secret."
)
_BROKEN = "its driver gave up reading it: look into the server's log"


class DialectSource(SqlSource):
    """A database at a URL of SQLAlchemy's, as ``oracle+oracledb://scanner:secret@db/crm``."""

    def check(self) -> str:
        """Return what it is and the number of tables, and that it is untested."""
        with self._connected() as connection:
            version = connection.dialect.server_version_info or ()
            words = f"{connection.dialect.name} {'.'.join(map(str, version))}".strip()
        return f"{words}, {counted(self.tables(self.chosen))}; this kind of store is untested"

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List tables and views of every schema but the server's own."""
        with self._connected() as connection:
            inspector = inspect(connection)
            schemas = [
                one for one in inspector.get_schema_names() if one.lower() not in _SYSTEM
            ] or [""]
            return [
                table for schema in sorted(schemas) for table in _tables(inspector, schema, chosen)
            ]

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a table by one statement."""
        return skipped(self._read(partition), after)

    def _read(self, partition: Partition) -> Iterator[Batch | Unread]:
        table = self.table(partition.dataset)
        if isinstance(table, Unread):
            yield table
        elif table.fields:
            with self._connected() as connection:
                yield from _rows(connection, table, partition, self.digest_key)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            engine = create_engine(make_url(self.url), poolclass=NullPool, hide_parameters=True)
        except (ArgumentError, ValueError, NoSuchModuleError):
            # The parser's words quote the part it stumbles over, which may be the password.
            raise Unsupported(_UNREADABLE) from None
        except ImportError as error:
            raise Unsupported(f"{error.name} isn't installed: pip install it.") from None
        where = f"The database at {engine.url.host or engine.url.drivername}"
        try:
            connection = engine.connect()
        except (SQLAlchemyError, OSError, ValueError):
            words = "can't be reached or refuses: check url, user and that it runs"
            raise Unreachable(f"{where} {words}.") from None
        with connection:
            yield connection


def _tables(
    inspector: Inspector, schema: str, chosen: Callable[[str], bool]
) -> Iterator[Table | Unread]:
    space = schema or None
    views = set(inspector.get_view_names(space))
    for name in sorted({*inspector.get_table_names(space), *views}):
        if chosen(named(schema, name)):
            yield _table(inspector, schema, name, "view" if name in views else "table")


def _table(inspector: Inspector, schema: str, name: str, kind: str) -> Table | Unread:
    try:
        columns = inspector.get_columns(name, schema or None)
        required = [one["name"] for one in columns if not one["nullable"]]
        declared = keys(inspector, schema, {name: required})[name] if kind == "table" else Keys()
    except SQLAlchemyError:
        reason = "the catalogue can't describe it: check this account's rights to it"
        return Unread(named(schema, name), Status.SKIPPED, reason)
    fields = tuple(Field(one["name"], str(one["type"])) for one in columns)
    by_hand = "this kind of store isn't written to"
    return Table(
        name=name,
        schema=schema,
        kind=kind,
        fields=fields,
        key=declared.key,
        foreign_keys=declared.foreign_keys,
        by_hand=by_hand,
    )


def _rows(
    connection: Connection, table: Table, partition: Partition, key: bytes
) -> Iterator[Batch | Unread]:
    select, ordinal = Select(table, key), 0
    try:
        for rows in select.chunks(connection):
            yield select.batch(partition, ordinal, rows)
            ordinal += len(rows)
    except (SQLAlchemyError, OSError):
        status = Status.PARTIAL if ordinal else Status.FAILED
        yield Unread(table.dataset, status, _BROKEN, partition.number)
