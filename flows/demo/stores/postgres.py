"""PostgreSQL (postgresql.org): a schema in a database the user gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import psycopg
from psycopg import sql
from sqlalchemy import URL

from flows.demo.faults import DemoError
from flows.demo.mark import Plain
from flows.demo.stores.table import Table

#: What a schema's comment says when it is ours to replace.
_OURS = "Shozai: a made-up company"


class PostgresStore:
    """A schema, made anew in one transaction; one that isn't the demo's is never touched."""

    def __init__(self, url: URL, schema: str) -> None:
        self._schema = schema
        self._connection = _connect(url)
        try:
            self._replace()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        with self._connection:
            if any(error):
                self._connection.rollback()

    def dataset(self, table: Table) -> str:
        """Return the name under which an inventory knows a table."""
        return f"{self._schema}.{table.name}"

    def load(self, table: Table, rows: Iterable[tuple[Plain, ...]]) -> None:
        """Create a table and fill it."""
        self._connection.execute(table.ddl(self._schema).encode())
        name = sql.Identifier(self._schema, table.name)
        with (
            self._connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def _replace(self) -> None:
        schema = sql.Identifier(self._schema)
        comment = self._connection.execute(
            "SELECT obj_description(oid) FROM pg_namespace WHERE nspname = %s", [self._schema]
        ).fetchone()
        if comment is not None and comment[0] != _OURS:
            raise DemoError(
                f"The database has a schema {self._schema} that is not the made-up company's;"
                " give a database without one."
            )
        self._connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(schema))
        self._connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        self._connection.execute(
            sql.SQL("COMMENT ON SCHEMA {} IS {}").format(schema, sql.Literal(_OURS))
        )


def _connect(url: URL) -> psycopg.Connection[tuple[str | None, ...]]:
    try:
        return psycopg.connect(url.render_as_string(hide_password=False))
    except psycopg.Error:
        # The library's own message may hold the password's user and host; the URL is the user's.
        raise DemoError(
            "The database given with --database can't be opened:"
            " check its URL, its server and the password."
        ) from None
