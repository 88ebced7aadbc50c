"""Why a PostgreSQL server doesn't take a change, told from its SQLSTATE and its catalogue.

https://www.postgresql.org/docs/current/errcodes-appendix.html. Its own words are never passed on:
they quote the row.
"""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from connectors.change import Why
from connectors.errors import Unreachable
from connectors.postgres_breaks import reason
from connectors.postgres_server import Server
from connectors.sql import Table, quoted
from connectors.sql_dialect import Cause

_NO_RIGHT = Cause(Why.NO_RIGHT, "The account may not: GRANT SELECT, UPDATE, DELETE on the table.")
_CHANGED = Cause(Why.CHANGED, "Another session changed the record meanwhile: fetch it again.")
_LOCKED = Cause(Why.LOCKED, "Another session holds the record: try again later.")
_UNIQUE = Cause(Why.UNIQUE, "Another row has this value: give another.")
_REFERENCED = Cause(Why.REFERENCED, "A reference would lead nowhere: change what refers with it.")
_WRONG_TYPE = Cause(Why.WRONG_TYPE, "The field's type can't hold the value: give another.")
_TRIGGER = Cause(Why.BY_HAND, "A trigger or rule of the table refuses it: do it by hand.")
_COMPUTED = Cause(Why.BY_HAND, "The server alone fills this field: change what it comes from.")
_OTHER = Cause(Why.BY_HAND, "The server refuses the change: do it by hand.")

#: By SQLSTATE or the class that begins it, the longer first.
_CAUSES: tuple[tuple[str, Cause], ...] = (
    ("23502", Cause(Why.REQUIRED, "The field can't be empty: give a value.")),
    ("23503", _REFERENCED),
    ("23001", _REFERENCED),
    ("23505", _UNIQUE),
    ("23P01", _UNIQUE),
    ("23514", Cause(Why.CHECK, "A CHECK of the table or its type refuses it: give another.")),
    ("44000", Cause(Why.CHECK, "A view's condition refuses it: give another.")),
    ("22001", Cause(Why.TOO_LONG, "The value is longer than the field: give a shorter one.")),
    ("22026", Cause(Why.TOO_LONG, "The value hasn't the field's length: give one that has.")),
    ("25006", Cause(Why.NO_RIGHT, "The account or server is read-only: set write_url.")),
    ("25P02", _OTHER),
    ("428C9", _COMPUTED),
    ("42501", _NO_RIGHT),
    ("42804", _WRONG_TYPE),
    ("42846", _WRONG_TYPE),
    ("55P03", _LOCKED),
    ("57014", Cause(Why.LOCKED, "It took longer than the statement timeout: try again later.")),
    ("40P01", _LOCKED),
    ("40", _CHANGED),
    ("22", _WRONG_TYPE),
    ("0A000", _TRIGGER),
    ("09", _TRIGGER),
    ("27", _TRIGGER),
    ("38", _TRIGGER),
    ("39", _TRIGGER),
    ("P0", _TRIGGER),
)
#: Classes that tell of an outage, not of the change.
_OUTAGES = ("08", "53", "57P", "58", "F0", "XX")

_UNSEEN = text("""
SELECT count(*) FROM pg_constraint c
WHERE c.contype = 'f' AND c.confrelid = to_regclass(:name) AND c.confdeltype IN ('c', 'n', 'd')
  AND (NOT has_table_privilege(c.conrelid, 'SELECT')
       OR NOT has_schema_privilege(
         (SELECT relnamespace FROM pg_class WHERE oid = c.conrelid), 'USAGE')
       OR row_security_active(c.conrelid)
       OR EXISTS (SELECT FROM pg_operator o WHERE o.oid = ANY(c.conpfeqop)
                  AND o.oprnamespace <> 'pg_catalog'::regnamespace))
""")
_HIDDEN = Cause(
    Why.NO_RIGHT, "Row-level security may hide rows: let an account with BYPASSRLS write it."
)
_CASCADE = Cause(
    Why.NO_RIGHT,
    "Deleting here changes rows of tables that this account can't see: let it SELECT them.",
)


def cause(error: DBAPIError, server: Server) -> Cause:
    """Say why a statement was refused; raise ``Unreachable`` where it wasn't: an outage."""
    state = getattr(error.orig, "sqlstate", None) or "08"
    if state.startswith(_OUTAGES):
        words = reason(error.orig)
        raise Unreachable(f"PostgreSQL at {server.where} stopped amid a change: {words}.")
    return next((one for start, one in _CAUSES if state.startswith(start)), _OTHER)


def obstacle(connection: Connection, table: Table) -> Cause | None:
    """Say where rows may be hidden, or be changed unseen, in the table or what refers to it."""
    if table.hidden:
        return _HIDDEN
    name = f"{quoted(table.schema)}.{quoted(table.name)}"
    return _CASCADE if connection.scalar(_UNSEEN, {"name": name}) else None
