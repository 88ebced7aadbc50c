"""SQL dumps that need no server: SQLite's own, scripts by hand, broken and hostile ones."""
# ruff: noqa: S608 - the scripts are never run, or in memory

from __future__ import annotations

import io
import sqlite3
import subprocess
import time
import tracemalloc
from pathlib import Path

import pytest

from connectors.place import Field, ForeignKey, Status
from connectors.readers.base import Piece
from connectors.readers.media import media_type
from connectors.readers.sql_dump import rows
from connectors.readers.sql_index import index
from connectors.readers.sql_scan import CUT, ODD
from tests.connectors.readers.dumped import COLUMN, EMOJI, HOSTILE, TABLE, dump
from tests.servers.find import binary

NAMED = '"' + COLUMN.replace('"', '""') + '"'
QUOTED = '"' + TABLE.replace('"', '""') + '"'
MYSQL = "-- MySQL dump 10.19\n\n"


def made() -> sqlite3.Connection:
    """Return a database with everything a dump may trip over."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(f"""
        CREATE TABLE {QUOTED} (id INTEGER PRIMARY KEY, {NAMED} TEXT NOT NULL, photo BLOB, x);
        CREATE TABLE child (a INT REFERENCES {QUOTED} ON DELETE CASCADE, b,
            FOREIGN KEY (b) REFERENCES {QUOTED} (id));
        CREATE TABLE nobody (a);
        CREATE TRIGGER t AFTER INSERT ON child BEGIN
            INSERT INTO nobody VALUES (1); SELECT CASE WHEN 1 THEN 2 END; END;
        CREATE VIEW v AS SELECT * FROM child;
    """)
    values = [(text, b"\0\xff'", 1.5) for text in HOSTILE] + [(EMOJI, "写真".encode(), None)]
    connection.executemany(f"INSERT INTO {QUOTED} ({NAMED}, photo, x) VALUES (?, ?, ?)", values)
    connection.executemany("INSERT INTO child VALUES (?, ?)", [(1, 2), (None, 3)])
    connection.execute("DELETE FROM nobody")
    return connection


@pytest.mark.parametrize("by", ["python", "shell"])
def test_sqlite(by: str, tmp_path: Path) -> None:
    """SQLite's dump, by Python or by its own shell, gives the rows that were dumped."""
    connection = made()
    if by == "python":
        data = "\n".join(connection.iterdump()).encode()
    else:
        (tmp_path / "x.db").write_bytes(connection.serialize())
        command = [str(binary("sqlite3")), str(tmp_path / "x.db"), ".dump"]
        data = subprocess.run(command, check=True, capture_output=True).stdout
    found = dump(data)
    shown = [(str(at), text, "00ff27", "1.5") for at, text in enumerate(HOSTILE, 1)]
    assert found.tables[TABLE] == [*shown, (str(len(HOSTILE) + 1), EMOJI, "写真", None)]
    assert found.tables["child"] == [("1", "2"), (None, "3")]
    assert found.tables["nobody"] == []
    assert not any(found.gaps.values()) and not found.index.cut  # noqa: PT018


def test_declared() -> None:
    """Columns, types, keys and references are those declared."""
    found = dump("\n".join(made().iterdump()).encode()).index.tables
    assert found[TABLE].fields == (
        Field("id", "INTEGER"),
        Field(COLUMN, "TEXT"),
        Field("photo", "BLOB"),
        Field("x", ""),
    )
    assert found[TABLE].key == ("id",)
    assert found["child"].references == (
        ForeignKey(("a",), TABLE, ("id",), "cascade"),
        ForeignKey(("b",), TABLE, ("id",), ""),
    )


def test_text() -> None:
    """What is no row is read as lines under the file's own numbers, a trigger's body among it."""
    data = "\n".join(made().iterdump())
    found = dump(data.encode())
    lines = data.split("\n")
    numbered = {f'{{"line":{at}}}': line for at, line in enumerate(lines, 1)}
    for record, text in found.text.items():
        assert text in numbered[record]
    assert any("INSERT INTO nobody VALUES (1)" in text for text in found.text.values())
    assert any(text.startswith("CREATE VIEW v") for text in found.text.values())
    assert "CREATE TABLE nobody (a);" in found.text.values()


def test_columns_by_name_or_place() -> None:
    """Values go to the columns named; without names to those declared, generated ones left out."""
    data = b"""CREATE TABLE IF NOT EXISTS a.t (
        x int, y text, z int GENERATED ALWAYS AS (x * 2) STORED,
        PRIMARY KEY (x, y), CONSTRAINT c UNIQUE (y), KEY `k` (y(10)));
        INSERT INTO a.t (y, x) VALUES ('b', 1);
        insert into a.t values (2, 'c')
        , (3, NULL) ;
        REPLACE INTO a.t VALUES (4, 'd');"""
    found = dump(data)
    assert found.index.tables["a.t"].key == ("x", "y")
    assert [one.name for one in found.index.tables["a.t"].fields] == ["x", "y", "z"]
    assert found.tables["a.t"] == [("b", "1"), ("2", "c"), ("3", None), ("4", "d")]
    assert not found.gaps["a.t"]


def test_undeclared() -> None:
    """Without a declaration columns are numbered; records of other widths are kept, and told."""
    found = dump(b"INSERT INTO t VALUES (1,'a'),(2,'b','c'),(3,'d');")
    assert found.tables["t"] == [("1", "a"), ("2", "b", "c"), ("3", "d")]
    assert found.columns["t"] == ["c1", "c2"]
    found = dump(b"CREATE TABLE t (x int, y int);\nINSERT INTO t VALUES (1,2),(3,4,5),(6);")
    assert found.tables["t"] == [("1", "2"), ("3", "4", "5"), ("6",)]
    assert [(gap.status, gap.units) for gap in found.gaps["t"]] == [(Status.PARTIAL, 2)]


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (b"CREATE TABLE t (a int, b int, a int);\nINSERT INTO t VALUES (1,2,3);", "a b a#2"),
        (b"INSERT INTO t (a, a, b) VALUES (1,2,3);", "a a#2 b"),
        (b"CREATE TABLE t (a int, c3 int);\nINSERT INTO t VALUES (1,2,3);", "a c3 c3#2"),
        (b"CREATE TABLE t (a int, a int);\nCOPY t (a, a) FROM stdin;\n1\t2\n\\.\n", "a a#2"),
    ],
)
def test_columns_of_one_name(data: bytes, columns: str) -> None:
    """Columns of one name, or of one that is given here, are told apart; none is lost."""
    found = dump(data)
    assert found.columns["t"] == columns.split()
    assert found.tables["t"][0] == ("1", "2", "3")[: len(columns.split())]
    declared = [one.name for one in found.index.tables["t"].fields]
    assert len(set(declared)) == len(declared)


def test_literals() -> None:
    """Bytes, casts, prefixes, calls and expressions are values too."""
    data = rb"""INSERT INTO t VALUES (X'E5B1B1', 0x00FF, E'a\tb\u5c71\'', N'x', '2020-01-01'::date,
        true, -1.5e3, (1 + (2)), now(), 'it''s', "dq", unistr('a\u000ab'));"""
    assert dump(data).tables["t"][0] == (
        *("山", "00ff", "a\tb山'", "x", "2020-01-01", "true", "-1.5e3", "(1 + (2))", "now()"),
        *("it's", "dq", "a\nb"),
    )


def test_strings_in_a_row() -> None:
    """Strings one after the other are one; of an expression nothing is cut; ``U&`` is undone."""
    data = rb"""INSERT INTO t VALUES ('a' || 'b', 'x' 'y', U&'\5C71\+007530\\''', 'it''s', 'c'
        'd', 'a'', ''b', '', E'\'' '!', 'p' || chr(10) || 'q', "d""q", ''' || ''');"""
    assert dump(data).tables["t"][0] == (
        *("'a' || 'b'", "xy", "山田\\'", "it's", "cd", "a', 'b", "", "'!"),
        *("'p' || chr(10) || 'q'", 'd"q', "' || '"),
    )
    data = rf"""{MYSQL}INSERT INTO `t` VALUES ('a\'b' 'c','\'','x\\','\' || \'');""".encode()
    assert dump(data).tables["t"] == [("a'bc", "'", "x\\", "' || '")]
    assert not dump(data).gaps["t"]


@pytest.mark.parametrize("value", ["X'abc'", "X'zz'", r"E'\UFFFFFFFF'", r"U&'\+FFFFFF'"])
def test_odd_literals(value: str) -> None:
    """A value that is none is read as it is written, and told; the table's others are read."""
    found = dump(f"INSERT INTO t VALUES (1,{value}),(2,X'41');".encode())
    assert found.tables["t"] == [("1", value), ("2", "A")]
    assert [(gap.status, gap.units) for gap in found.gaps["t"]] == [(Status.PARTIAL, 1)]
    assert value not in found.gaps["t"][0].reason


def test_mysql_escapes() -> None:
    r"""A backslash escapes in MySQL's strings; ``\%`` and ``\_`` keep theirs; ``\0`` is a zero."""
    data = rf"""{MYSQL}INSERT INTO `t` VALUES
        ('a\'b','\\','\\\'','x\ny\r\t\"\Z','\%\_\q','',_binary 'p\0q\\'),
        ('''','c',NULL,'NULL',_utf8mb4'd',0x41,_binary 'plain');
        """.encode()
    found = dump(data)
    assert found.tables["t"] == [
        ("a'b", "\\", "\\'", 'x\ny\r\t"\x1a', "\\%\\_q", "", b"p\0q\\".hex()),
        ("'", "c", None, "NULL", "d", "A", "plain"),
    ]


def test_comments_and_routines() -> None:
    """Inserts in comments, bodies of routines and other delimiters are text, not rows."""
    data = f"""{MYSQL}/* INSERT INTO t VALUES (1); */
-- INSERT INTO t VALUES (2);
# INSERT INTO t VALUES (3);
DELIMITER ;;
CREATE PROCEDURE p() BEGIN
INSERT INTO t VALUES (4);
END ;;
DELIMITER ;
/*!50003 INSERT INTO t VALUES (5) */;
INSERT INTO `t` VALUES (6);
INSERT INTO `t` SELECT 7;
INSERT INTO `t` VALUES (8) ON DUPLICATE KEY UPDATE a = 'x;y';
""".encode()
    found = dump(data)
    assert found.tables == {"t": [("6",), ("8",)]}
    assert len([text for text in found.text.values() if "INSERT" in text]) == 6


def test_databases() -> None:
    """Tables of several databases in one dump are kept apart by the database's name."""
    data = b"""USE `crm`;\nINSERT INTO `t` VALUES (1);\nUSE hr;\nINSERT INTO t VALUES (2);
        INSERT INTO crm.t VALUES (3);\nINSERT INTO `t` VALUES (4);\n"""
    assert dump(data).tables == {"crm.t": [("1",), ("3",)], "hr.t": [("2",), ("4",)]}


def test_interleaved() -> None:
    """Rows of tables in turn, thousands of times, are all given to their own tables."""
    data = "".join(
        f"INSERT INTO a VALUES ({at});\nINSERT INTO b VALUES ({at},'x');\n" for at in range(3000)
    )
    found = dump(data.encode())
    assert [int(row[0] or "") for row in found.tables["a"]] == list(range(3000))
    assert [int(row[0] or "") for row in found.tables["b"]] == list(range(3000))
    assert len(found.index.tables["a"].stretches) == 1


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "cp932", "euc-jp", "utf-16", "iso-2022-jp"]
)
@pytest.mark.parametrize("late", [False, True])
def test_encodings(codec: str, late: bool) -> None:
    """Any Japanese encoding is read, whether the first Japanese comes early or after megabytes."""
    ascii_first = "INSERT INTO `t` VALUES (0,'x');\n" * (6_000 if late else 1)
    text = f"{MYSQL}{ascii_first}INSERT INTO `t` VALUES (1,'表ソ能\\'予'),(2,'山田');\n"
    found = dump(text.encode(codec))
    assert found.tables["t"][-2:] == [("1", "表ソ能'予"), ("2", "山田")]
    assert not found.gaps["t"]


def test_named_encoding() -> None:
    """What a dump says of its encoding holds, where a few bytes alone could be anything."""
    text = f"{MYSQL}/*!40101 SET NAMES ujis */;\nINSERT INTO `t` VALUES ('木');\n"
    found = dump(text.encode("euc-jp"))
    assert found.tables["t"] == [("木",)]
    assert "SET NAMES ujis" in found.index.head.guess.evidence


def test_wrong_bytes_stay_visible() -> None:
    r"""A value that isn't in the dump's encoding is read as what fits, or with ``\x..``; told."""
    start = f"{MYSQL}INSERT INTO `t` VALUES ('山田太郎'),('".encode()
    found = dump(start + "佐藤".encode("cp932") + b"'),('\x81 \xff');\n")
    assert found.tables["t"] == [("山田太郎",), ("佐藤",), ("\\x81 \\xff",)]
    assert [(gap.status, gap.units) for gap in found.gaps["t"]] == [(Status.PARTIAL, 2)]


def test_cut() -> None:
    """A dump cut anywhere gives the rows before the cut, and is told as cut."""
    whole = f"{MYSQL}CREATE TABLE `t` (`a` int, `b` text);\nINSERT INTO `t` VALUES "
    whole += ",".join(f"({at},'名前{at}')" for at in range(50)) + ";\n-- Dump completed\n"
    data = whole.encode()
    for end in range(len(data) - 20, len(MYSQL) + 60, -7):
        found = dump(data[:end])
        rows_given = found.tables["t"]
        assert rows_given == [(str(at), f"名前{at}") for at in range(len(rows_given))]
        assert found.index.cut == CUT
        assert len(rows_given) == data[:end].count(b"')")


def test_cut_copy() -> None:
    """A COPY block that isn't closed gives its whole lines, and is told."""
    data = b"--\n-- PostgreSQL database dump\n--\n\nCOPY s.t (a, b) FROM stdin;\n1\tx\n2\ty\n3\tz"
    found = dump(data)
    assert found.tables["s.t"] == [("1", "x"), ("2", "y")]
    assert [gap.reason for gap in found.gaps["s.t"]] == [CUT]
    assert found.index.cut == CUT


def test_nonsense_after_rows() -> None:
    """A row that isn't understood is read as text, and told; the statements after it are read."""
    data = b"INSERT INTO t VALUES (1),(2 'x' 3 ((((((((9)))))))));\nINSERT INTO t VALUES (4);\n"
    found = dump(data)
    assert found.tables["t"] == [("1",), ("4",)]
    assert any("(2 'x' 3" in text for text in found.text.values())
    assert [gap.reason for gap in found.gaps["t"]] == [ODD]
    assert not found.index.cut


def test_crlf() -> None:
    """Line ends of Windows are no part of values."""
    data = b"--\r\n-- PostgreSQL database dump\r\n--\r\n\r\nCOPY s.t (a, b) FROM stdin;\r\n"
    data += b"1\tx\r\n\\N\ty\r\n\\.\r\n\r\n-- PostgreSQL database dump complete\r\n"
    found = dump(data)
    assert found.tables["s.t"] == [("1", "x"), (None, "y")]
    assert not found.index.cut


def test_sql_server() -> None:
    """A script of SQL Server has brackets, N'…' and GO for an end."""
    data = "CREATE TABLE [dbo].[名簿]([ID] [int] NOT NULL, [氏名] [nvarchar](50) NULL)\nGO\n"
    data += "INSERT [dbo].[名簿] ([ID], [氏名]) VALUES (1, N'山田''太郎')\nGO\n"
    data += "INSERT [dbo].[名簿] ([ID], [氏名]) VALUES (2, NULL)\nGO\n"
    for codec in ("utf-16", "utf-8"):
        found = dump(data.encode(codec))
        assert found.tables["dbo.名簿"] == [("1", "山田'太郎"), ("2", None)]


def test_bounded_memory() -> None:
    """One statement of 8 MB takes no more memory than its window."""
    row = b",(1,'" + b"x" * 200 + b"')"
    data = f"{MYSQL}INSERT INTO `t` VALUES (0,'')".encode() + row * 40_000 + b";\n"
    found = index(io.BytesIO(data))
    tracemalloc.start()
    given = 0
    for piece in rows(io.BytesIO(data), found, found.tables["t"]):
        assert isinstance(piece, Piece)
        given += len(piece.records)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert given == 40_001
    assert peak < 14 << 20, peak


@pytest.mark.parametrize(
    ("data", "hint", "kind"),
    [
        (b"-- PostgreSQL database dump\n", "x", "application/sql"),
        (b"\n-- MariaDB dump 10.19\n", "backup.txt", "application/sql"),
        (b"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump\n", "x", "application/sql"),
        (b"BEGIN TRANSACTION;\nCREATE TABLE t (a);\nCOMMIT;\n", "x.bak", "application/sql"),
        (b"SELECT * FROM t WHERE a = 1;\n", "query.sql", "text/plain"),
        (b"Create table 5 for the party.\nInsert coins.\n", "memo.txt", "text/plain"),
        (b"insert,into,values\n1,2,3\n4,5,6\n", "a.csv", "text/csv"),
        (b"PGDMP\x01\x0e\x00", "db.dump", "application/x-pg-dump"),
        (b"\x8f\x12\x90" * 2000, "crm.sqlite3", "application/x-sqlite-locked"),
        (b"\n" * 100_000 + b"INSERT", "x", "text/plain"),
    ],
)
def test_recognised(data: bytes, hint: str, kind: str) -> None:
    """A dump is known by what it holds, whatever its name; a query or a memo is no dump."""
    assert media_type(io.BytesIO(data), hint) == kind


@pytest.mark.parametrize(
    "hostile",
    [
        b"/*" * 120_000,
        b"$a" * 120_000,
        b"'" * 300_001,
        b"(" * 300_000,
        b"INSERT INTO t VALUES (" * 20_000,
        b"INSERT INTO t VALUES (1" + b"," * 300_000,
        b"CREATE TRIGGER BEGIN;" * 2_000,
        b"\\x" * 120_000,
        b"CREATE TABLE x (" + b"a(" * 40_000,
        b"CREATE TABLE x (" + b"a int, " * 20_000 + b"b int);",
        b"ALTER TABLE x ADD FOREIGN KEY (" * 20_000 + b";",
        b"ALTER TABLE x ADD " + b"PRIMARY KEY (" * 20_000 + b";",
        b"COPY t (a) FROM stdin" * 30_000,
        b"INSERT INTO t (" + b"a," * 40_000,
        b"$x$ /* ' \" ` [ -- \n" * 20_000,
    ],
    ids=range(15),
)
@pytest.mark.parametrize("start", [MYSQL, "BEGIN TRANSACTION;\nCREATE TABLE t (a);\n"])
def test_hostile(hostile: bytes, start: str) -> None:
    """Nonsense is passed in linear time, and the rows before it are given."""
    started = time.process_time()
    found = dump(start.encode() + b"INSERT INTO t VALUES (7);\n" + hostile)
    assert found.tables["t"][0] == ("7",)
    assert time.process_time() - started < 5
