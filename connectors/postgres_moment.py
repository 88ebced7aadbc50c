"""A moment of a PostgreSQL database, held by an open transaction and joined by others.

While it is held, the server can't tidy up behind those who write: hold it no longer than a scan.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import psycopg

from connectors.postgres_server import Server
from connectors.postgres_session import connected

_HOLD = """
SELECT set_config('idle_in_transaction_session_timeout', '0', false),
       set_config('statement_timeout', '0', false)
"""


@dataclass(slots=True, repr=False)
class Moment:
    """An exported snapshot; its ``name`` is "" where the server shares none."""

    name: str = ""
    connection: psycopg.Connection | None = None

    @classmethod
    def held(cls, server: Server) -> Moment:
        """Hold this moment; raise ``SourceError`` where nobody can connect."""
        try:
            connection = connected(server, autocommit=True)
        except psycopg.OperationalError as error:
            raise server.refusal(str(error)) from None
        try:
            connection.execute(_HOLD)
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        except psycopg.Error:  # some poolers and standbys share none
            connection.close()
            return cls()
        return cls(str(row[0]) if row else "", connection)

    def close(self) -> None:
        """Let the moment go."""
        if self.connection:
            with suppress(psycopg.Error):
                self.connection.close()
        self.connection = None
