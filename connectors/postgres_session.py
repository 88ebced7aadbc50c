"""A session with a PostgreSQL server through SQLAlchemy: for its catalogue and for single rows.

A server that stops answering amid a statement is left once patience ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import inf
from time import monotonic
from typing import TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from connectors.errors import Unreachable
from connectors.postgres_breaks import reason
from connectors.postgres_select import SETTINGS
from connectors.postgres_server import Server

_Answer = TypeVar("_Answer")


class Patient(psycopg.Connection):
    """A connection that is closed where an answer takes longer than ``patience`` seconds."""

    patience: float | None = None

    def wait(
        self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None
    ) -> _Answer:
        """Wait for an answer."""
        end = monotonic() + self.patience if self.patience else inf
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.OperationalError as error:
            if monotonic() < end:
                raise
            self.pgconn.finish()  # else a rollback would wait as long again
            raise psycopg.OperationalError("the server stopped answering") from error


def connected(server: Server, *, autocommit: bool = False) -> Patient:
    """Connect through psycopg; what its errors say may quote the address."""
    connection = Patient.connect(server.conninfo, autocommit=autocommit)
    connection.patience = server.patience
    return connection


@contextmanager
def session(server: Server, failing: str) -> Iterator[Connection]:
    """Connect; raise ``SourceError`` where that fails, or the work does: then with ``failing``."""
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: connected(server),
        poolclass=NullPool,
    )
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise server.refusal(str(error.orig)) from None
    except UnicodeError:  # a host's name that no resolver takes
        raise server.refusal("could not translate host name") from None
    try:
        with connection:
            yield connection
    except DBAPIError as error:
        words = f"PostgreSQL at {server.where} {failing}: {reason(error.orig)}."
        raise Unreachable(words) from None


def prepare(connection: Connection, limits: Mapping[str, str], *, write: bool) -> None:
    """Begin a transaction that shows values as a scan does.

    The search path stays the account's own: triggers may rest on it, our statements don't.
    """
    connection.execution_options(isolation_level="REPEATABLE READ", writes=write)
    values = {**SETTINGS, **limits}
    if write:
        del values["transaction_read_only"]
    settings = (func.set_config(name, value, True) for name, value in values.items())
    connection.execute(select(*settings))
