"""A session with a PostgreSQL server through SQLAlchemy: for its catalogue and for single rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from connectors.errors import Unreachable
from connectors.postgres_select import SETTINGS
from connectors.postgres_server import Server, reason


@contextmanager
def session(server: Server, failing: str) -> Iterator[Connection]:
    """Connect; raise ``SourceError`` where that fails, or the work does: then with ``failing``."""
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(server.conninfo),
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
