"""Dumps made by pg_dump and mariadb-dump of real servers: every row equals the server's own."""
# ruff: noqa: S608 - names are the test's own

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from connectors.place import Field, ForeignKey, Status
from connectors.readers.base import Gap
from tests.connectors.readers.dumped import COLUMN, EMOJI, HOSTILE, TABLE, Dump, dump
from tests.servers.find import binary
from tests.servers.mariadb import MariadbServer
from tests.servers.postgres import debian_postgres

pytestmark = pytest.mark.server

POSTGRES = f'"人事"."{TABLE.replace(chr(34), chr(34) * 2)}"'
MARIADB = f"`{TABLE}`"
NAMED = {"p": f'"{COLUMN}"', "m": "`" + COLUMN.replace("`", "``") + "`"}
PHOTO = b"\0\xff'\\\n"
FULL = f"人事.{TABLE}"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL with everything a dump may trip over."""
    with debian_postgres() as url, psycopg.connect(url, autocommit=True) as owner:
        owner.execute("""CREATE SCHEMA "人事" """)
        owner.execute(f"""
            CREATE TABLE {POSTGRES} (id int PRIMARY KEY, {NAMED["p"]} text NOT NULL, photo bytea,
                note jsonb, tags text[], day date DEFAULT now(),
                twice text GENERATED ALWAYS AS (id::text || 'x') STORED);
            CREATE TABLE child (a int REFERENCES {POSTGRES} ON DELETE CASCADE, "b c" text);
            CREATE TABLE one (v text);
            CREATE TABLE nothing ();
            CREATE VIEW v AS SELECT * FROM child;
            CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO child VALUES (1, 'x'); RETURN 1; END $$;
            COMMENT ON TABLE child IS '連絡先は鈴木''s';
        """)
        names = f"id, {NAMED['p']}, photo, note, tags, day"
        for at, text in enumerate(HOSTILE):
            row = (at, text, PHOTO, '{"a": "\\"x"}', ["x", "y,z"], "2020-01-01")
            owner.execute(f"INSERT INTO {POSTGRES} ({names}) VALUES (%s, %s, %s, %s, %s, %s)", row)
        owner.execute("INSERT INTO child VALUES (1, 'x'), (NULL, NULL)")
        owner.execute("INSERT INTO one VALUES (''), (NULL), ('\\N'), ('\\.')")
        yield url


def pg_dump(url: str, *options: str) -> bytes:
    """Dump the database."""
    command = [str(binary("pg_dump", "postgresql")), url, *options]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--inserts",),
        ("--column-inserts", "--rows-per-insert=3"),
        ("-E", "SJIS"),
        ("-E", "EUC_JP", "--inserts"),
    ],
    ids=" ".join,
)
def test_postgres(postgres: str, options: tuple[str, ...]) -> None:
    """COPY or INSERT, in any encoding: the rows are the server's."""
    found = dump(pg_dump(postgres, *options))
    with psycopg.connect(postgres) as owner:
        query = (
            f"SELECT id::text, {NAMED['p']}, note::text, tags::text, day::text FROM {POSTGRES} t"
        )
        theirs = owner.execute(query + " ORDER BY t.id").fetchall()
    ours = [(row[0], _vendors(row[1]), *row[3:6]) for row in found.tables[FULL]]
    assert ours == theirs
    assert {row[2] for row in found.tables[FULL]} == {PHOTO.hex()}
    assert found.tables["public.child"] == [("1", "x"), (None, None)]
    assert found.tables["public.one"] == [("",), (None,), ("\\N",), ("\\.",)]
    _is_whole(found)


def test_postgres_declared(postgres: str) -> None:
    """Keys and references are found where pg_dump writes them: in ALTER TABLE, far below."""
    data = pg_dump(postgres)
    tables = dump(data).index.tables
    assert tables[FULL].key == ("id",)
    assert tables[FULL].fields[:3] == (
        Field("id", "integer"),
        Field(COLUMN, "text"),
        Field("photo", "bytea"),
    )
    assert tables["public.child"].references == (ForeignKey(("a",), FULL, ("id",), "cascade"),)
    texts = dump(data).text.values()
    assert "COMMENT ON TABLE public.child IS '連絡先は鈴木''s';" in texts
    assert any("INSERT INTO child VALUES (1, 'x')" in text for text in texts)


def test_postgres_with_its_database(postgres: str) -> None:
    """Where a dump says which database it makes, its tables are called after it too."""
    found = dump(pg_dump(postgres, "-C"))
    assert found.tables["postgres.public.child"] == [("1", "x"), (None, None)]


def test_postgres_all(postgres: str) -> None:
    """A dump of a whole server is read too, its tables called after their databases."""
    program = str(binary("pg_dumpall", "postgresql"))
    done = subprocess.run([program, "-d", postgres], check=True, capture_output=True)
    found = dump(done.stdout)
    assert found.tables["postgres.public.child"] == [("1", "x"), (None, None)]
    _is_whole(found)


def test_postgres_cut(postgres: str) -> None:
    """A dump that lost its end gives the rows before, and is told."""
    whole = pg_dump(postgres)
    end = whole.index(b"COPY public.one") - 20
    found = dump(whole[:end])
    assert found.tables["public.child"] == [("1", "x"), (None, None)]
    assert found.index.cut


@pytest.fixture
def mariadb(mariadb_server: MariadbServer, mariadb_database: str) -> tuple[MariadbServer, str]:
    """Fill a database with everything a dump may trip over."""
    with mariadb_server.connect(mariadb_database) as owner, owner.cursor() as cursor:
        cursor.execute(f"""CREATE TABLE {MARIADB} (id int PRIMARY KEY, {NAMED["m"]} text,
            photo blob, bits bit(3), j json, twice int AS (id * 2) STORED) CHARSET utf8mb4""")
        cursor.execute(f"""CREATE TABLE child (a int, b varchar(20) COMMENT 'it''s, 鈴木',
            KEY k (b(3)), FOREIGN KEY (a) REFERENCES {MARIADB} (id) ON DELETE SET NULL)""")
        cursor.execute("CREATE TRIGGER t BEFORE INSERT ON child FOR EACH ROW SET NEW.b = 'x;y'")
        cursor.execute("CREATE VIEW v AS SELECT a FROM child")
        names = f"id, {NAMED['m']}, photo, bits, j"
        for at, text in enumerate(HOSTILE):
            row = (at, text, PHOTO, 5, '{"a": "\\"x"}')
            cursor.execute(f"INSERT INTO {MARIADB} ({names}) VALUES (%s,%s,%s,%s,%s)", row)
        cursor.execute("INSERT INTO child (a) VALUES (1), (NULL)")
    return mariadb_server, mariadb_database


def mariadb_dump(server: MariadbServer, *options: str) -> bytes:
    """Dump a database."""
    program = str(binary("mariadb-dump", "mariadb-client"))
    command = [program, "--no-defaults", f"--socket={server.socket}", "-uroot", *options]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--hex-blob", "--routines"),
        ("--skip-extended-insert", "--complete-insert"),
        ("--default-character-set=cp932", "--hex-blob"),
        ("--default-character-set=eucjpms", "--hex-blob"),
        ("--compact", "--skip-quote-names", "--ignore-table=x.v"),
    ],
    ids=" ".join,
)
def test_mariadb(mariadb: tuple[MariadbServer, str], options: tuple[str, ...]) -> None:
    """Whatever the options and the encoding, the rows are the server's."""
    server, database = mariadb
    if "--skip-quote-names" in options:
        server.execute(f"DROP TABLE child, {MARIADB}", database=database)
        server.execute("CREATE TABLE child (a int, b text)", database=database)
        server.execute("INSERT INTO child VALUES (1,'x;y'),(NULL,'x;y')", database=database)
        server.execute("DROP VIEW v", database=database)
    found = dump(mariadb_dump(server, *options, database))
    assert found.tables["child"] == [("1", "x;y"), (None, "x;y")]
    _is_whole(found)
    if "--skip-quote-names" in options:
        return
    query = f"SELECT CAST(id AS char), {NAMED['m']}, j FROM {database}.{MARIADB} ORDER BY id"
    ours = [(row[0], _vendors(row[1]), row[4]) for row in found.tables[TABLE]]
    assert ours == server.rows(query)
    assert COLUMN in found.columns[TABLE]
    assert {row[2] for row in found.tables[TABLE]} == {PHOTO.hex()}


def test_mariadb_declared(mariadb: tuple[MariadbServer, str]) -> None:
    """Keys, references and types are those declared; a routine's rows are text."""
    server, database = mariadb
    found = dump(mariadb_dump(server, database))
    tables = found.index.tables
    assert tables[TABLE].key == ("id",)
    assert tables["child"].fields == (Field("a", "int(11)"), Field("b", "varchar(20)"))
    assert tables["child"].references == (ForeignKey(("a",), TABLE, ("id",), "set null"),)
    assert any("SET NEW.b = 'x;y'" in text for text in found.text.values())


def test_mariadb_databases(mariadb: tuple[MariadbServer, str]) -> None:
    """A dump of databases calls tables after them; emoji are read too."""
    server, database = mariadb
    server.execute(
        f"INSERT INTO {MARIADB} (id, {NAMED['m']}) VALUES (99, '{EMOJI}')", database=database
    )
    found = dump(mariadb_dump(server, "--default-character-set=utf8mb4", "--databases", database))
    assert found.tables[f"{database}.{TABLE}"][-1][:2] == ("99", EMOJI)


def _vendors(text: str | None) -> str | None:
    """Read EUC-JP's wave and dash as the servers do, not as Python does."""
    return text and text.replace("〜", "～").replace("−", "－")


def _is_whole(found: Dump) -> None:
    gaps: list[Gap] = [gap for some in found.gaps.values() for gap in some]
    assert not [gap for gap in gaps if gap.status is not Status.READ]
    assert not found.index.cut
