"""The stores the contract is kept for: each can be filled, counted and asked for one record.

What a store says of itself here comes from its own client or server, never from Shozai.
"""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from connectors.base import Source
from connectors.options import Options
from connectors.registry import open_source

Row = tuple[object, ...]

KEY = b"a key for tests"
SECRET = "s3cr3t-Pässwort"


def digest(rows: Sequence[Row]) -> int:
    """Return a checksum that doesn't depend on the rows' order; null counts as empty text."""
    return sum(_digest("\x1f".join(_text(value) for value in row)) for row in rows)


def _digest(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest()[:12], 16)  # noqa: S324 (as the server does)


def _text(value: object) -> str:
    return "" if value is None else str(value)


class Store(ABC):
    """A place with tables of text and whole numbers; ``url`` opens it for an account that reads."""

    url: str
    digest = staticmethod(digest)

    def source(self) -> Source:
        """Open it."""
        return open_source("store", self.url, Options(KEY))

    @abstractmethod
    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Make a table whose first column is its key; return its dataset's name."""

    @abstractmethod
    def truth(self, name: str) -> tuple[int, int]:
        """Return how many rows the store counts, and their checksum."""

    @abstractmethod
    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Return the row a record's name stands for."""

    @abstractmethod
    def close_off(self, name: str) -> None:
        """Make one table unreadable."""

    def broken(self) -> list[str]:
        """Return URLs that hold a secret and can't be opened."""
        return []


class PostgresStore(Store):
    """A database read by a role that may only SELECT."""

    def __init__(self, owner: str, reader: str) -> None:
        self.url = reader
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
        return f"public.{name}"

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

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


class SqliteStore(Store):
    """A file."""

    def __init__(self, path: Path) -> None:
        self.url = str(path)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.create_function("row_digest", -1, lambda *row: digest([row]))

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Create the table and insert the rows."""
        kinds = {int: "INTEGER", str: "TEXT"}
        declared = [f"{_quoted(column)} {kinds[kind]}" for column, kind in columns.items()]
        declared[0] += " PRIMARY KEY"
        self._connection.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(declared)})")
        places = ", ".join("?" * len(columns))
        self._connection.execute("BEGIN")
        self._connection.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)  # noqa: S608
        self._connection.execute("COMMIT")
        return name

    def truth(self, name: str) -> tuple[int, int]:
        """Let SQLite walk the table."""
        columns = self._connection.execute(f"SELECT * FROM {_quoted(name)}").description  # noqa: S608
        terms = ", ".join(_quoted(column[0]) for column in columns)
        query = f"SELECT row_digest({terms}) FROM {_quoted(name)}"  # noqa: S608
        digests = [row[0] for row in self._connection.execute(query)]
        return len(digests), sum(digests)

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Ask by key."""
        ((column, value),) = record["pk"].items()  # type: ignore[attr-defined]
        query = f"SELECT * FROM {_quoted(name)} WHERE {_quoted(column)} = ?"  # noqa: S608
        rows = self._connection.execute(query, (value,)).fetchall()
        assert len(rows) == 1
        return tuple(rows[0])

    def close_off(self, name: str) -> None:
        """Put a view in its place that refers to nothing."""
        self._connection.execute(f"DROP TABLE {_quoted(name)}")
        self._connection.execute(f"CREATE VIEW {_quoted(name)} AS SELECT * FROM nowhere")  # noqa: S608

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class CsvStore(Store):
    """A folder of CSV files with a header each."""

    def __init__(self, folder: Path) -> None:
        self.url = str(folder)
        self._folder = folder

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Write a file."""
        with self._path(name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)
        return f"{name}.csv"

    def truth(self, name: str) -> tuple[int, int]:
        """Let Python's own reader count."""
        rows = self._rows(name)
        return len(rows), digest(rows)

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Take the nth row."""
        return self._rows(name)[int(str(record["row"])) - 1]

    def close_off(self, name: str) -> None:
        """Put a link in its place that leads nowhere."""
        self._path(name).unlink()
        self._path(name).symlink_to(self._folder / "nowhere")

    def close(self) -> None:
        """Nothing is open."""

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.csv"

    def _rows(self, name: str) -> list[Row]:
        with self._path(name).open(encoding="utf-8", newline="") as file:
            return [tuple(row) for row in csv.reader(file)][1:]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@pytest.fixture(params=["postgres", "sqlite", "csv"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each kind."""
    made: PostgresStore | SqliteStore | CsvStore
    if request.param == "postgres":
        made = _postgres(request)
    elif request.param == "sqlite":
        made = SqliteStore(tmp_path / "store.db")
    else:
        made = CsvStore(tmp_path)
    yield made
    made.close()


def _postgres(request: pytest.FixtureRequest) -> PostgresStore:
    server = request.getfixturevalue("postgres_server")
    database = server.create()
    request.addfinalizer(lambda: server.drop(database))
    server.execute(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'locked_reader') THEN "
        "CREATE ROLE locked_reader LOGIN PASSWORD 'right'; END IF; END $$",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO locked_reader",
        database=database,
    )
    return PostgresStore(server.url(database), server.url(database, "locked_reader", "right"))
