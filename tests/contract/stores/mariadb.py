"""MariaDB as the contract sees it: a database read by an account that may only SELECT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.contract.stores.base import READER_PASSWORD, SECRET, Row, Store
from tests.servers.mariadb import MariadbServer

_READER = "locked_reader"


def made(request: pytest.FixtureRequest, _folder: Path) -> Store:
    """Make a database that is dropped in the end."""
    server: MariadbServer = request.getfixturevalue("mariadb_server")
    database = server.create()
    request.addfinalizer(lambda: server.drop(database))
    server.execute(f"CREATE USER IF NOT EXISTS {_READER} IDENTIFIED BY '{READER_PASSWORD}'")
    return MariadbStore(server, database)


class MariadbStore(Store):
    """A database of the server that the tests share; rights are given by table."""

    def __init__(self, server: MariadbServer, database: str) -> None:
        self.url = server.url(database, _READER, READER_PASSWORD)
        self.write_url = server.url(database)
        self._server, self._database = server, database
        self._connection = server.connect(database)
        self._closed: set[str] = set()

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Create the table and insert the rows."""
        kinds = {int: "BIGINT", str: "LONGTEXT"}
        declared = [f"{_quoted(column)} {kinds[kind]}" for column, kind in columns.items()]
        if next(iter(columns.values())) is str:
            declared[0] = f"{_quoted(next(iter(columns)))} VARCHAR(190) COLLATE utf8mb4_nopad_bin"
        declared[0] += " PRIMARY KEY"
        self.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(declared)})")
        places = ", ".join(["%s"] * len(columns))
        with self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            table = _quoted(name).replace("%", "%%")
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
            cursor.execute("COMMIT")
            cursor.execute(f"ANALYZE TABLE {_quoted(name)}")
        return self.dataset(name)

    def rows(self, name: str) -> list[Row]:
        """Ask the server."""
        return self._ask(f"SELECT * FROM {_quoted(name)} ORDER BY 1")  # noqa: S608

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Ask by key."""
        ((column, value),) = record["pk"].items()  # type: ignore[attr-defined]
        table, column = (_quoted(one).replace("%", "%%") for one in (name, column))
        query = f"SELECT * FROM {table} WHERE {column} = %s"  # noqa: S608
        (row,) = self._ask(query, value)
        return row

    def close_off(self, name: str) -> None:
        """Leave the reader only the right to insert: of a table without any it wouldn't know."""
        table = f"{_quoted(self._database)}.{_quoted(name)}"
        self._closed.add(name)
        self._ask(f"REVOKE SELECT ON {table} FROM {_READER}")  # noqa: S608 (quoted)
        self._ask(f"GRANT INSERT ON {table} TO {_READER}")

    def broken(self) -> list[str]:
        """Wrong password, unknown user, database and host, and a URL that isn't one."""
        where = self.url.partition("@")[2]
        secret = quote(SECRET, safe="")
        return [
            f"mysql://{_READER}:{secret}@{where}",
            f"mysql://nobody:{secret}@{where}",
            f"mysql://{_READER}:{READER_PASSWORD}@{where}_nowhere",
            f"mysql://scanner:{secret}@{'no-such-host' * 9}/crm",
            f"mysql://scanner:{secret}@127.0.0.1:1/crm",
            f"mysql://scanner:100%{SECRET}@db.example/crm",
        ]

    def dataset(self, name: str) -> str:
        """Name a table of the database."""
        return f"{self._database}.{name}"

    def execute(self, *statements: str) -> None:
        """Run statements as the owner, and let the reader read what there is."""
        for statement in statements:
            self._ask(statement)
        for (name,) in self._ask("SHOW TABLES"):
            if name not in self._closed:
                table = f"{_quoted(self._database)}.{_quoted(str(name))}"
                self._ask(f"GRANT SELECT ON {table} TO {_READER}")

    def through(self, port: int, *, write: bool = False) -> str:
        """Connect to the proxy."""
        return (self.write_url if write else self.url).replace(
            f":{self._server.port}/", f":{port}/"
        )

    def address(self) -> tuple[str, int]:
        """Return where the server listens."""
        return "127.0.0.1", self._server.port

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _ask(self, query: str, *values: Any) -> list[Row]:
        with self._connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return list(cursor.fetchall())


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
