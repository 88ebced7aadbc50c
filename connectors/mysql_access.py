"""Who may read tables of MySQL and MariaDB: accounts and roles granted SELECT.

Grants are told whole only to an account that may read the server's own tables; to any other they
are its own, and who else may read is unknown. There are no owners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pymysql

from connectors.place import Access

_WHOLE = """
SELECT grantee FROM information_schema.user_privileges WHERE privilege_type = 'SELECT'
"""
_SCHEMAS = """
SELECT grantee, table_schema FROM information_schema.schema_privileges
WHERE privilege_type = 'SELECT'
"""
_TABLES = """
SELECT grantee, table_schema, table_name FROM information_schema.table_privileges
WHERE privilege_type = 'SELECT'
UNION SELECT grantee, table_schema, table_name FROM information_schema.column_privileges
WHERE privilege_type = 'SELECT'
"""
#: Grantees that stand for whoever comes: the anonymous account, and MariaDB's role for all.
_ANYONE = re.compile(r"^''@|^'?PUBLIC'?(@''|@'%')?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grants:
    """Who may read: on the whole server, by pattern of database, by table; or unknown."""

    known: bool = False
    whole: tuple[str, ...] = ()
    schemas: tuple[tuple[str, str], ...] = ()
    tables: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, connection: pymysql.Connection) -> Grants:
        """Ask the server; where it doesn't tell all, nothing is known."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM mysql.user LIMIT 1")
                cursor.execute(_WHOLE)
                whole = tuple(row[0] for row in cursor.fetchall())
                cursor.execute(_SCHEMAS)
                schemas = tuple(cursor.fetchall())
                cursor.execute(_TABLES)
                return cls(known=True, whole=whole, schemas=schemas, tables=cursor.fetchall())
        except pymysql.Error:
            return cls()

    def access(self, schema: str, table: str) -> Access:
        """Return who may read a table."""
        if not self.known:
            return Access()
        readers = sorted({*self.whole, *self._of(schema, table)})
        groups = tuple(one for one in readers if not _ANYONE.search(one))
        return Access(None, groups, everyone=len(groups) < len(readers))

    def _of(self, schema: str, table: str) -> Iterator[str]:
        yield from (who for who, pattern in self.schemas if _matches(pattern, schema))
        yield from (who for who, of, name in self.tables if (of, name) == (schema, table))


def _matches(pattern: str, schema: str) -> bool:
    r"""Tell whether a grant's pattern means a database: ``%``, ``_`` and ``\_`` are LIKE's."""
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    return bool(re.fullmatch("".join(wild.get(one, re.escape(one[-1])) for one in parts), schema))
