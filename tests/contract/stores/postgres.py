"""PostgreSQL as the contract sees it: a database read by a role that may only SELECT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.contract.stores.base import READER_PASSWORD, SECRET, Row, Store

_ROLE = (
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'locked_reader') THEN "
    f"CREATE ROLE locked_reader LOGIN PASSWORD '{READER_PASSWORD}'; END IF; END $$"
)


def made(request: pytest.FixtureRequest, folder: Path) -> Store:  # noqa: ARG001 (as all are made)
    """Make a database that is dropped in the end."""
    server = request.getfixturevalue("postgres_server")
    database = server.create()
    request.addfinalizer(lambda: server.drop(database))
    rights = "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO locked_reader"
    server.execute(_ROLE, rights, database=database)
    reader = server.url(database, "locked_reader", READER_PASSWORD)
    return PostgresStore(server.url(database), reader)


class PostgresStore(Store):
    """A database of the server that the tests share."""

    def __init__(self, owner: str, reader: str) -> None:
        self.url, self.write_url = reader, owner
        self._connection = psycopg.connect(owner, autocommit=True)

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Create the table in ``public`` and copy the rows in."""
        table = sql.Identifier("public", name)
        kinds = {int: "bigint", str: "text"}
        declared = [
            sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kinds[kind]))
            for column, kind in columns.items()
        ]
        key = sql.SQL("PRIMARY KEY ({})").format(sql.Identifier(next(iter(columns))))
        body = sql.SQL(", ").join([*declared, key])
        self._connection.execute(sql.SQL("CREATE TABLE {} ({})").format(table, body))
        with (
            self._connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY {} FROM STDIN").format(table)) as copy,
        ):
            for row in rows:
                copy.write_row(row)
        self._connection.execute(sql.SQL("ANALYZE {}").format(table))
        return self.dataset(name)

    def rows(self, name: str) -> list[Row]:
        """Ask the server."""
        query = sql.SQL("SELECT * FROM {} ORDER BY 1").format(sql.Identifier("public", name))
        return self._connection.execute(query).fetchall()

    def truth(self, name: str) -> tuple[int, int]:
        """Let the server count and compute."""
        query = sql.SQL(
            "SELECT count(*), coalesce(sum(('x' || left(md5(line), 12))::bit(48)::bigint), 0)"
            " FROM (SELECT array_to_string(array(SELECT value FROM json_each_text(row_to_json(t)))"
            ", E'\\x1f', '') AS line FROM {} AS t) AS lines"
        ).format(sql.Identifier("public", name))
        row = self._connection.execute(query).fetchone()
        assert row is not None
        return int(row[0]), int(row[1])

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Ask by key."""
        ((column, value),) = record["pk"].items()  # type: ignore[attr-defined]
        query = sql.SQL("SELECT * FROM {} WHERE {}::text = %s").format(
            sql.Identifier("public", name), sql.Identifier(column)
        )
        rows = self._connection.execute(query, (str(value),)).fetchall()
        assert len(rows) == 1
        return rows[0]

    def close_off(self, name: str) -> None:
        """Take the right to read it away from everyone but the owner."""
        table = sql.Identifier("public", name)
        self._connection.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC").format(table))
        self._connection.execute(sql.SQL("REVOKE ALL ON {} FROM locked_reader").format(table))

    def broken(self) -> list[str]:
        """Wrong password, unknown user, database and host, and a URL that isn't one."""
        where = self.url.partition("@")[2]
        folder = self.url.partition("host=")[2]
        return [
            f"postgresql://locked_reader:{SECRET}@{where}",
            f"postgresql://locked_nobody:{SECRET}@{where}",
            f"postgresql://postgres:{SECRET}@/nowhere?host={folder}",
            f"postgresql://scanner:{SECRET}@{'no-such-host' * 9}/crm",
            f"postgresql://scanner:{SECRET}@127.0.0.1:1/crm",
            f"postgresql://scanner:100%{SECRET}@db.example/crm",
        ]

    def dataset(self, name: str) -> str:
        """Name a table of ``public``."""
        return f"public.{name}"

    def execute(self, *statements: str) -> None:
        """Run statements as the owner."""
        for statement in statements:
            self._connection.execute(statement.encode())

    def through(self, port: int, *, write: bool = False) -> str:
        """Connect over TCP, to the proxy."""
        head, _, tail = (self.write_url if write else self.url).partition("@/")
        return f"{head}@127.0.0.1:{port}/{tail.partition('?')[0]}?sslmode=disable"

    def address(self) -> str:
        """Return the server's socket."""
        return f"{self.url.partition('host=')[2]}/.s.PGSQL.5432"

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
