"""What tells cheaply that a PostgreSQL table is as it was: the counts of its rows written.

``pg_stat_all_tables`` counts rows inserted, updated and deleted, by everyone and for ever; with
them go the table's file (TRUNCATE and rewriting give a new one), its columns as declared, and when
the server started, since counts may be lost when it stops the hard way. A standby doesn't count.
Source: https://www.postgresql.org/docs/current/monitoring-stats.html.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from connectors.fingerprint import Fingerprint, Signal

_COUNTERS = text("""
WITH RECURSIVE part(root, oid) AS (
  SELECT c.oid, c.oid FROM pg_class c WHERE c.oid = ANY(:oids) AND c.relkind IN ('r', 'p', 'm')
  UNION ALL
  SELECT part.root, i.inhrelid FROM part
  JOIN pg_class p ON p.oid = part.oid AND p.relkind = 'p' JOIN pg_inherits i ON i.inhparent = p.oid
)
SELECT part.root::bigint AS oid, md5(concat_ws(';',
  pg_postmaster_start_time(),
  (SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()),
  string_agg(concat_ws(',',
    k.oid, pg_relation_filenode(k.oid), pg_stat_get_tuples_inserted(k.oid),
    pg_stat_get_tuples_updated(k.oid), pg_stat_get_tuples_deleted(k.oid),
    (SELECT string_agg(concat_ws(' ', a.attnum, a.xmin, a.attname,
                                 has_column_privilege(a.attrelid, a.attnum, 'SELECT')),
                       ',' ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = k.oid AND a.attnum > 0)), ';' ORDER BY k.oid))) AS value
FROM part JOIN pg_class k ON k.oid = part.oid
WHERE NOT pg_is_in_recovery() AND current_setting('track_counts')::boolean
GROUP BY part.root HAVING bool_and(k.relkind IN ('r', 'p', 'm') AND NOT row_security_active(k.oid))
""")


def fingerprints(connection: Connection, oids: Sequence[int]) -> dict[int, str]:
    """Return each table's fingerprint; views, foreign tables and those partly hidden have none."""
    found = connection.execute(_COUNTERS, {"oids": list(oids)})
    return {row.oid: str(Fingerprint(Signal.COUNTERS, row.value)) for row in found}
