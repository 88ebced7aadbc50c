"""The declared keys of tables in MySQL and MariaDB, all of a server's in two questions.

SQLAlchemy's inspector would ask for each table by itself, and parse how it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pymysql

from connectors.place import ForeignKey
from connectors.sql import named
from connectors.sql_keys import Keys

_UNIQUE = """
SELECT s.table_schema, s.table_name, s.index_name, s.column_name, s.nullable, c.ordinal_position
FROM information_schema.statistics s
LEFT JOIN information_schema.columns c ON c.table_schema = s.table_schema
  AND c.table_name = s.table_name AND c.column_name = s.column_name
WHERE s.non_unique = 0 AND s.table_schema NOT IN %s AND (%s = '' OR s.table_schema = %s)
ORDER BY s.table_schema, s.table_name, s.index_name, s.seq_in_index
"""
_REFERENCES = """
SELECT k.table_schema, k.table_name, k.constraint_name, k.column_name,
       k.referenced_table_schema, k.referenced_table_name, k.referenced_column_name, r.delete_rule
FROM information_schema.key_column_usage k
JOIN information_schema.referential_constraints r
  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
  AND r.table_name = k.table_name
WHERE k.referenced_table_name IS NOT NULL
  AND k.table_schema NOT IN %s AND (%s = '' OR k.table_schema = %s)
ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position
"""
_ON_DELETE = {
    "CASCADE": "cascade",
    "SET NULL": "set null",
    "SET DEFAULT": "set default",
    "RESTRICT": "restrict",
}
_Name = tuple[str, str]
_Row = tuple[Any, ...]


def declared(connection: pymysql.Connection, where: Sequence[object]) -> dict[_Name, Keys]:
    """Return each table's keys, by database and name."""
    with connection.cursor() as cursor:
        cursor.execute(_UNIQUE, tuple(where))
        unique = _grouped(cursor.fetchall())
        cursor.execute(_REFERENCES, tuple(where))
        references = _grouped(cursor.fetchall())
    return {
        name: Keys(_first(unique.get(name, {})), tuple(map(_reference, references[name].values())))
        for name in {*unique, *references}
    }


def _grouped(rows: Iterable[_Row]) -> defaultdict[_Name, dict[str, list[_Row]]]:
    """Group what is left of rows by table, then by the key's name."""
    found: defaultdict[_Name, dict[str, list[_Row]]] = defaultdict(dict)
    for schema, table, key, *row in rows:
        found[schema, table].setdefault(key, []).append(tuple(row))
    return found


def _first(indexes: dict[str, list[_Row]]) -> tuple[str, ...]:
    """Take the primary key, else the first unique one of columns that can't be null."""
    if "PRIMARY" in indexes:
        return tuple(column for column, *_ in indexes["PRIMARY"])
    usable = [
        rows for rows in indexes.values() if all(name and null != "YES" for name, null, _ in rows)
    ]
    first = min(usable, key=lambda rows: [place for *_, place in rows], default=[])
    return tuple(column for column, *_ in first)


def _reference(rows: list[_Row]) -> ForeignKey:
    _, schema, table, _, rule = rows[0]
    fields, refers_to = (tuple(row[place] for row in rows) for place in (0, 3))
    return ForeignKey(fields, named(schema, table), refers_to, _ON_DELETE.get(rule, ""))
