"""PostgreSQL's system catalogue: what the server tells of its tables, views and columns.

Every account may read it, whatever else it may not: https://www.postgresql.org/docs/current/catalogs.html.
A partitioned table is listed once, with the sizes of its partitions added up. A table that others
inherit from in the old way (``INHERITS``) is a table of its own, and so are its heirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Inspector, inspect, text
from sqlalchemy.exc import OperationalError

from connectors.place import Access, Field, Status, Unread
from connectors.postgres_counters import fingerprints
from connectors.postgres_order import UNCHECKED, cut
from connectors.sql import Table, named, quoted
from connectors.sql_keys import Keys, keys

# What is read must not depend on how the server or the account is set. An empty search path makes
# the catalogue write every name with its schema.
_SETTINGS = text("""
SELECT set_config('transaction_read_only', 'on', true), set_config('search_path', '', true),
       set_config('lock_timeout', '1s', true)
""")

_RELATIONS = """
WITH RECURSIVE relation AS (
  SELECT c.*, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition
    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
), part(root, oid) AS (
  SELECT oid, oid FROM relation
  UNION ALL
  SELECT part.root, i.inhrelid FROM part
  JOIN pg_class p ON p.oid = part.oid AND p.relkind = 'p' JOIN pg_inherits i ON i.inhparent = p.oid
), size AS (
  SELECT part.root, sum({size}) AS bytes, sum(k.reltuples) AS rows,
         bool_or(k.reltuples < 0) AS uncounted
  FROM part JOIN pg_class k ON k.oid = part.oid AND k.relkind IN ('r', 'm') GROUP BY part.root
)
SELECT r.oid, r.nspname AS schema, r.relname AS name, r.relkind AS relkind,
       has_schema_privilege(r.relnamespace, 'USAGE') AS enter,
       row_security_active(r.oid) AS hidden,
       r.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits WHERE inhparent = r.oid) AS inherited,
       size.bytes::bigint AS bytes,
       CASE WHEN NOT size.uncounted THEN size.rows::bigint END AS rows,
       pg_get_userbyid(r.relowner) AS owner,
       ARRAY(SELECT DISTINCT CASE a.grantee WHEN 0 THEN '' ELSE pg_get_userbyid(a.grantee) END
             FROM aclexplode(r.relacl) a
             WHERE a.privilege_type = 'SELECT' AND a.grantee <> r.relowner ORDER BY 1) AS readers
FROM relation r LEFT JOIN size ON size.root = r.oid
ORDER BY r.nspname COLLATE "C", r.relname COLLATE "C"
"""
_EXACT = "pg_total_relation_size(k.oid)"
# Needs no lock, so it answers even while another session rewrites a table.
_LAST_KNOWN = "k.relpages * current_setting('block_size')::bigint"

_COLUMNS = text("""
SELECT a.attrelid AS oid, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
       format_type(COALESCE(NULLIF(t.typbasetype, 0), t.oid), NULL) AS base,
       a.attnotnull AS required, has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS readable
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = ANY(:oids) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
""")

_BY_HAND = {
    "v": "a view: its rows are changed in the tables that it shows",
    "m": "a materialized view: its rows are changed in the tables that it shows, then refreshed",
    "f": "a foreign table: its rows are changed on the server that keeps them",
}


@dataclass(frozen=True, slots=True)
class _Relation:
    """A row of ``_RELATIONS``."""

    oid: int
    schema: str
    name: str
    relkind: str
    enter: bool
    hidden: bool
    inherited: bool
    bytes: int | None
    rows: int | None
    owner: str
    readers: list[str]


@dataclass(frozen=True, slots=True)
class _Column:
    """A row of ``_COLUMNS``; ``base`` is the type beneath a domain."""

    oid: int
    name: str
    type: str
    base: str
    required: bool
    readable: bool


def tables(connection: Connection, chosen: Callable[[str], bool]) -> Iterator[Table | Unread]:
    """List the chosen tables and views in order of name, and those this account may not read."""
    connection.execute(_SETTINGS)
    relations = [one for one in _relations(connection) if chosen(named(one.schema, one.name))]
    columns = _columns(connection, [one.oid for one in relations])
    declared = _keys(inspect(connection), relations, columns)
    encoding = str(connection.scalar(text("SHOW server_encoding")))
    counted = fingerprints(connection, [one.oid for one in relations])
    seen: set[str] = set()
    for relation in relations:
        dataset = named(relation.schema, relation.name)
        reason = _obstacle(relation, columns[relation.oid], dataset in seen)
        seen.add(dataset)
        if reason:
            yield Unread(dataset, Status.SKIPPED, reason)
            continue
        table = _table(relation, columns[relation.oid], declared[relation.oid], encoding)
        yield replace(table, ranges=cut(connection, table), fingerprint=counted.get(relation.oid))


def _relations(connection: Connection) -> list[_Relation]:
    try:
        with connection.begin_nested():
            found = connection.execute(text(_RELATIONS.format(size=_EXACT))).all()
    except OperationalError:
        found = connection.execute(text(_RELATIONS.format(size=_LAST_KNOWN))).all()
    return [_Relation(**row._mapping) for row in found]  # noqa: SLF001 (SQLAlchemy's public name)


def _columns(connection: Connection, oids: Sequence[int]) -> dict[int, list[_Column]]:
    found: dict[int, list[_Column]] = defaultdict(list)
    for row in connection.execute(_COLUMNS, {"oids": oids}):
        column = _Column(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)
        found[column.oid].append(column)
    return found


def _keys(
    inspector: Inspector, relations: Iterable[_Relation], columns: dict[int, list[_Column]]
) -> dict[int, Keys]:
    schemas: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for one in relations:
        required = [column.name for column in columns[one.oid] if column.required]
        schemas[one.schema][one.name] = required
    found = {schema: keys(inspector, schema, required) for schema, required in schemas.items()}
    return {one.oid: found[one.schema][one.name] for one in relations}


def _obstacle(relation: _Relation, columns: Sequence[_Column], seen: bool) -> str:
    if seen:
        return "another table has the same name once its schema is written before it: rename one"
    if not relation.enter:
        schema = quoted(relation.schema)
        return f"permission denied for the schema: GRANT USAGE ON SCHEMA {schema} to this account"
    if columns and not any(column.readable for column in columns):
        name = f"{quoted(relation.schema)}.{quoted(relation.name)}"
        return f"permission denied: GRANT SELECT ON {name} to this account"
    return ""


def _table(relation: _Relation, columns: Sequence[_Column], declared: Keys, encoding: str) -> Table:
    readable = [column for column in columns if column.readable]
    denied = frozenset(column.name for column in columns if not column.readable)
    return Table(
        name=relation.name,
        schema=relation.schema,
        kind="view" if relation.relkind in "vm" else "table",
        fields=tuple(Field(column.name, column.type) for column in readable),
        base=tuple(column.base for column in readable),
        key=() if denied.intersection(declared.key) else declared.key,
        foreign_keys=declared.foreign_keys,
        denied=denied,
        hidden=relation.hidden,
        rowid="ctid" if relation.relkind in "rpm" else "",
        alone=relation.relkind == "r",
        rows=relation.rows,
        bytes=relation.bytes,
        encoding=encoding,
        access=_access(relation),
        by_hand=_by_hand(relation, encoding),
    )


def _access(relation: _Relation) -> Access:
    groups = tuple(reader for reader in relation.readers if reader)
    return Access(owner=relation.owner, groups=groups, everyone="" in relation.readers)


def _by_hand(relation: _Relation, encoding: str) -> str:
    if relation.inherited:
        return "other tables inherit from it, whose rows would be changed with its own"
    unchecked = "the database checks no encoding, so what is written might not be what is meant"
    return _BY_HAND.get(relation.relkind, "") or unchecked * (encoding == UNCHECKED)
