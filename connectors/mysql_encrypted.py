"""Whether tables of MariaDB are encrypted at rest, which InnoDB tells of each tablespace.

Only an account with PROCESS may ask, and MySQL tells it elsewhere; what isn't told is unknown.
https://mariadb.com/kb/en/information-schema-innodb_tablespaces_encryption-table/.
"""

from __future__ import annotations

from collections.abc import Mapping

import pymysql

# Names are written as their files are; of a partitioned table each part has its own. A tablespace
# whose pages are still being encrypted, or decrypted, has version 0 as its least.
_ASKED = """
SELECT CONVERT(CAST(CAST(SUBSTRING_INDEX(t.name, '/', 1) AS BINARY) AS CHAR CHARACTER SET filename)
         USING utf8mb4),
       CONVERT(CAST(CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(t.name, '/', -1), '#', 1) AS BINARY)
         AS CHAR CHARACTER SET filename) USING utf8mb4),
       MIN(COALESCE(e.encryption_scheme > 0 AND e.min_key_version > 0, 0))
FROM information_schema.innodb_sys_tables t
LEFT JOIN information_schema.innodb_tablespaces_encryption e ON e.space = t.space
GROUP BY 1, 2
"""


def encrypted(connection: pymysql.Connection) -> Mapping[tuple[str, str], bool]:
    """Return it by database and table; empty where the account may not ask."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ASKED)
            return {(schema, name): bool(safe) for schema, name, safe in cursor.fetchall()}
    except pymysql.Error:
        return {}
