"""The catalogue of MySQL and MariaDB: what ``information_schema`` tells of tables and views.

It tells an account only of what it has some right to: a table to which it has none isn't there for
it, and so isn't told. https://mariadb.com/kb/en/information-schema-tables/.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pymysql

from connectors.fingerprint import Fingerprint, Signal
from connectors.mysql_access import Grants
from connectors.mysql_encrypted import encrypted
from connectors.mysql_keys import declared
from connectors.mysql_order import WHOLE_NUMBERS, backticked, bases
from connectors.place import Field, Status, Unread
from connectors.sql import Table, named
from connectors.sql_keys import Keys
from connectors.sql_ranges import LEAST_ROWS, WHOLE, KeyRange, ranges

SYSTEM = ("information_schema", "mysql", "performance_schema", "sys")
_UNDONE = "its engine ({}) can't undo a change half made: change its rows by hand"

_TABLES = """
SELECT table_schema, table_name, table_type, engine, table_rows, data_length + index_length,
       create_time, update_time, update_time >= NOW() - INTERVAL 2 SECOND
FROM information_schema.tables
WHERE table_schema NOT IN %s AND (%s = '' OR table_schema = %s)
ORDER BY CAST(table_schema AS BINARY), CAST(table_name AS BINARY)
"""
_COLUMNS = """
SELECT table_schema, table_name, column_name, column_type, data_type, character_set_name,
       privileges, is_nullable
FROM information_schema.columns
WHERE table_schema NOT IN %s AND (%s = '' OR table_schema = %s)
ORDER BY table_schema, table_name, ordinal_position
"""

# Of a table granted by its columns, the others aren't there for the account.
_ME = (
    "CONCAT(\"'\", SUBSTRING_INDEX(CURRENT_USER(), '@', 1), \"'@'\","
    " SUBSTRING_INDEX(CURRENT_USER(), '@', -1), \"'\")"
)
_BY_COLUMN = f"""
SELECT DISTINCT table_schema, table_name FROM information_schema.column_privileges
WHERE privilege_type = 'SELECT' AND grantee = {_ME}
"""  # noqa: S608 (of our own words)
_BY_MORE = f"""
SELECT '%', '%' FROM information_schema.user_privileges
WHERE privilege_type = 'SELECT' AND grantee = {_ME}
UNION SELECT table_schema, '%' FROM information_schema.schema_privileges
WHERE privilege_type = 'SELECT' AND grantee = {_ME}
UNION SELECT table_schema, table_name FROM information_schema.table_privileges
WHERE privilege_type = 'SELECT' AND grantee = {_ME}
"""  # noqa: S608 (of our own words)


@dataclass(frozen=True, slots=True)
class _Relation:
    """A row of ``_TABLES``; ``fresh`` tells that it was written to just now."""

    schema: str
    name: str
    kind: str
    engine: str | None
    rows: int | None
    bytes: int | None
    made: datetime | None
    changed: datetime | None
    fresh: int | None


@dataclass(frozen=True, slots=True)
class _Column:
    """A row of ``_COLUMNS``, without the table's name."""

    name: str
    type: str
    base: str
    charset: str | None
    privileges: str
    nullable: str

    @property
    def readable(self) -> bool:
        return "select" in self.privileges.lower().split(",")


def tables(
    connection: pymysql.Connection, database: str, chosen: Callable[[str], bool]
) -> Iterator[Table | Unread]:
    """List the chosen tables and views in order of name, and those this account may not read."""
    where = (SYSTEM, database, database)
    relations = [_Relation(*row) for row in rows(connection, _TABLES, where)]
    columns = _columns(connection, where)
    in_part = _in_part(connection)
    grants, keys = Grants.of(connection), declared(connection, where)
    safe = encrypted(connection)
    for relation in relations:
        dataset = named(relation.schema, relation.name)
        if not chosen(dataset):
            continue
        held = columns[relation.schema, relation.name]
        if not any(one.readable for one in held):
            name = f"{backticked(relation.schema)}.{backticked(relation.name)}"
            reason = f"permission denied: GRANT SELECT ON {name} to this account"
            yield Unread(dataset, Status.SKIPPED, reason)
            continue
        table = _table(relation, held, keys.get((relation.schema, relation.name), Keys()))
        which = relation.schema, relation.name
        table = replace(table, hidden=which in in_part, encrypted=safe.get(which))
        yield replace(table, access=grants.access(*which), ranges=_ranges(connection, table))


def ask_anew(connection: pymysql.Connection) -> None:
    """Let MySQL 8 tell of tables as they are now: else it tells what it kept, for up to a day.

    MariaDB keeps nothing, and has no such setting. https://dev.mysql.com/doc/refman/8.4/en/information-schema-optimization.html
    """
    if rows(connection, "SHOW VARIABLES LIKE 'information_schema_stats_expiry'"):
        rows(connection, "SET information_schema_stats_expiry = 0")


def rows(
    connection: pymysql.Connection, query: str, values: Sequence[object] = ()
) -> list[tuple[Any, ...]]:
    """Ask the server."""
    with connection.cursor() as cursor:
        cursor.execute(query, tuple(values) or None)
        return list(cursor.fetchall())


def _in_part(connection: pymysql.Connection) -> set[tuple[str, str]]:
    """Return the tables of which the account was granted only some columns."""
    whole = set(rows(connection, _BY_MORE))
    found = {(schema, name) for schema, name in rows(connection, _BY_COLUMN)}
    return {
        (schema, name)
        for schema, name in found
        if not {("%", "%"), (schema, "%"), (schema, name)} & whole
    }


def _columns(
    connection: pymysql.Connection, where: Sequence[object]
) -> Mapping[tuple[str, str], list[_Column]]:
    found: dict[tuple[str, str], list[_Column]] = defaultdict(list)
    for schema, table, *row in rows(connection, _COLUMNS, where):
        found[schema, table].append(_Column(*row))
    return found


def _table(relation: _Relation, columns: Sequence[_Column], keys: Keys) -> Table:
    readable = [one for one in columns if one.readable]
    denied = frozenset(one.name for one in columns if not one.readable)
    view = "VIEW" in relation.kind
    engine = relation.engine or "none"
    return Table(
        name=relation.name,
        schema=relation.schema,
        kind="view" if view else "table",
        fields=tuple(Field(one.name, one.type) for one in readable),
        base=tuple(one.base.lower() for one in readable),
        key=() if view or denied.intersection(keys.key) else keys.key,
        foreign_keys=keys.foreign_keys,
        denied=denied,
        rows=None if view else relation.rows,
        bytes=None if view else relation.bytes,
        encoding=", ".join(sorted({one.charset for one in readable if one.charset})) or None,
        fingerprint=_fingerprint(relation),
        by_hand="" if view or engine == "InnoDB" else _UNDONE.format(engine),
    )


def _fingerprint(relation: _Relation) -> str | None:
    """Believe the time only once it is past: within the same second more may be written."""
    if relation.changed is None or relation.fresh:
        return None
    return str(Fingerprint(Signal.UPDATE_TIME, f"{relation.made}/{relation.changed}"))


def _ranges(connection: pymysql.Connection, table: Table) -> tuple[KeyRange, ...]:
    if not table.key or (table.rows or 0) < LEAST_ROWS:
        return (WHOLE,)
    if bases(table)[table.key[0]] not in WHOLE_NUMBERS:
        return (WHOLE,)
    key = backticked(table.key[0])
    where = f"{backticked(table.schema)}.{backticked(table.name)}"
    try:
        query = f"SELECT min({key}), max({key}) FROM {where}"  # noqa: S608 (quoted)
        ((lowest, highest),) = rows(connection, query)
    except pymysql.Error:
        return (WHOLE,)  # reading it will tell why
    return tuple(ranges(lowest, highest, table.rows))
