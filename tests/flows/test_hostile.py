"""What no scan may stumble over: broken, locked, endless and misnamed things, by the real command.

Each scan ends with the code that DESIGN.md gives it, every unit is accounted for, with a reason
that is told in Japanese too, and what stands beside the broken things is found.
"""

from __future__ import annotations

import io
import json
import os
import socket
import sqlite3
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from reports.reasons import explained
from tests.conftest import PostgresServer
from tests.flows.command import Ended, finish, start

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

Row = dict[str, Any]
WHO = "氏名：山田太郎 電話 090-1234-5678\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


@dataclass(frozen=True)
class Scan:
    """A scan that ended: what it said, and what its inventory answers."""

    ended: Ended
    folder: Path
    config: Path

    @property
    def answer(self) -> Row:
        """What the command answered."""
        found: Row = json.loads(self.ended.out)
        return found

    def rows(self, table: str) -> list[Row]:
        """Ask the inventory, names of places opened."""
        words = ("inventory", table, "--json", "--open", "--config", str(self.config))
        found: list[Row] = json.loads(finish(start(self.folder, *words)).out)[table]
        return found

    def statuses(self) -> dict[str, set[str]]:
        """Return how each dataset's units ended."""
        found: dict[str, set[str]] = {}
        for row in self.rows("coverage"):
            found.setdefault(row["dataset"], set()).add(row["status"])
        return found

    def entities(self) -> dict[str, set[str]]:
        """Return what each dataset holds."""
        found: dict[str, set[str]] = {}
        for row in self.rows("fields"):
            found.setdefault(row["dataset"], set()).add(row["entity"])
        return found


def scan(folder: Path, place: str, *, ordinary: bool = False) -> Scan:
    """Scan a place from ``folder``, where its inventory lands."""
    ended = finish(start(folder, "scan", place, "--json", ordinary=ordinary), 300)
    (config,) = folder.glob("*.shozai/shozai.toml")
    return Scan(ended, folder, config)


def settled(one: Scan) -> None:
    """Hold a scan to what every scan promises: no traceback, a code that fits, reasons told."""
    assert "Traceback" not in one.ended.err
    assert "please report it" not in one.ended.out
    unread = one.answer["unread"]
    assert one.ended.code == (3 if unread else 0), one.ended.err
    reasons = [row["reason"] for row in unread]
    assert [reason for reason in reasons if not reason or explained(reason) == reason] == []


# Files.


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    """Scan a folder full of what breaks programs, with rights as people have them."""
    folder = tmp_path_factory.mktemp("hostile")
    share = folder / "share"
    share.mkdir()
    for write in (_broken, _locked, _empty, _archives, _odd_names, _odd_texts, _no_files):
        write(share)
    one = scan(folder, "share", ordinary=True)
    (share / "forbidden").chmod(0o700)
    return one


def _broken(share: Path) -> None:
    (share / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    (share / "cut.xlsx").write_bytes(_workbook()[:2000])
    for suffix in ("xlsx", "docx", "pptx", "zip"):
        (share / f"garbage.{suffix}").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)
    (share / "garbage.parquet").write_bytes(b"PAR1" + bytes(range(256)) * 8)
    (share / "garbage.gz").write_bytes(b"\x1f\x8b" + bytes(range(256)))
    (share / "garbage.doc").write_bytes(OLE + bytes(range(256)))
    for suffix in ("csv", "txt", "html", "eml", "json"):
        (share / f"noise.{suffix}").write_bytes(bytes(range(256)) * 8)
    (share / "cut.json").write_text('[{"氏名":"山田太郎"},{"氏', "utf-8")
    (share / "deep.json").write_text("[" * 100_000, "utf-8")
    (share / "deep.xml").write_text("<?xml version='1.0'?>" + "<a>" * 20_000, "utf-8")
    (share / "deep.html").write_text("<html>" + "<div>" * 20_000 + WHO, "utf-8")


def _locked(share: Path) -> None:
    (share / "locked.docx").write_bytes(LOCKED)
    (share / "locked.xlsx").write_bytes(LOCKED)
    page = canvas.Canvas(str(share / "locked.pdf"), encrypt=StandardEncryption("p", "owner"))
    page.drawString(72, 720, "secret")
    page.save()


def _empty(share: Path) -> None:
    suffixes = (
        *("csv", "tsv", "xlsx", "docx", "pptx", "pdf", "zip", "eml", "mbox", "parquet", "db"),
        *("json", "jsonl", "html", "txt", "gz"),
    )
    for suffix in suffixes:
        (share / f"empty.{suffix}").touch()


def _archives(share: Path) -> None:
    with zipfile.ZipFile(share / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros.txt", b"0" * 50_000_000)
        packed.writestr("beside.txt", WHO)
    inner = _zipped({"deep.txt": WHO})
    for number in range(8):
        inner = _zipped({f"{number}.zip": inner})
    (share / "nested.zip").write_bytes(inner)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there twice
        names = ("../../climb.txt", "/root.txt", "twice.txt", "twice.txt", "a\nb.txt")
        (share / "evil.zip").write_bytes(_zipped([(name, WHO) for name in names]))
    (share / "cut.zip").write_bytes((share / "evil.zip").read_bytes()[:-40])


def _odd_names(share: Path) -> None:
    for name in (
        "改行\n入り",
        "😀🇯🇵",
        "-rf",
        "a*b?[c]",
        "#frag%20",
        "quo\"te'; drop table",
        "あ" * 83,
    ):
        (share / f"{name}.txt").write_text(WHO, "utf-8")
    Path(os.fsdecode(os.fsencode(share) + b"/cp932\x83\x65\xff.txt")).write_text(WHO, "utf-8")
    (share / "x.zip!").mkdir()
    (share / "x.zip!" / "y.txt").write_text(WHO, "utf-8")
    deep = share.joinpath(*["d" * 20] * 60)
    deep.mkdir(parents=True)
    (deep / "leaf.txt").write_text(WHO, "utf-8")


def _odd_texts(share: Path) -> None:
    (share / "zeros.log").write_bytes((WHO * 9).encode() + bytes(40) + WHO.encode())
    (share / "zero.csv").write_bytes("氏名,備考\n山田太郎,a\0b\n".encode())
    (share / "wide.txt").write_bytes(WHO.encode("utf-32"))
    (share / "odd.txt").write_bytes(WHO.encode("utf-16") + b"\0")
    (share / "mark.txt").write_bytes(b"\xff\xfe")
    (share / "line.txt").write_text("あ" * 3_000_000 + WHO, "utf-8")
    (share / "cell.csv").write_text(f"氏名,備考\n山田太郎,{'x' * 10_000_000}\n", "utf-8")
    (share / "quote.csv").write_text('氏名,備考\n"山田太郎,a\n' + "佐藤花子,b\n" * 3000, "utf-8")
    (share / "ragged.csv").write_text("氏名,備考\n山田太郎\n佐藤花子,a,b,c\n,\n", "utf-8")
    many = "\n".join(",".join(f"{word}{n}" for n in range(500)) for word in ("項目", "値"))
    (share / "columns.csv").write_text(many, "utf-8")
    half = '{"氏名":"\\ud83d山田太郎","n":NaN,"i":Infinity,"big":1e999}'
    (share / "half.json").write_text(half, "utf-8")
    entity = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
    (share / "laughs.xml").write_text(f'<?xml version="1.0"?>{entity}', "utf-8")


def _no_files(share: Path) -> None:
    os.mkfifo(share / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as bound:
        at = os.open(share, os.O_RDONLY)
        bound.bind(f"/proc/self/fd/{at}/socket")  # a whole path may be too long for one
        os.close(at)
    (share / "nowhere.csv").symlink_to("nothing.csv")
    (share / "round").symlink_to(".")
    (share / "above").symlink_to("..")
    (share / "forbidden.txt").write_text(WHO, "utf-8")
    (share / "forbidden.txt").chmod(0)
    (share / "forbidden").mkdir(mode=0)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for _ in range(500):
        book.worksheets[0].append(["氏名", "山田太郎"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _zipped(members: dict[str, bytes | str] | Sequence[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items() if isinstance(members, dict) else members:
            packed.writestr(name, data)
    return out.getvalue()


def test_hostile_files_are_scanned_to_the_end(files: Scan) -> None:
    """The scan is incomplete (3), says so in sentences, and no reader broke down."""
    assert files.ended.code == 3
    settled(files)


def test_every_file_is_accounted_for(files: Scan) -> None:
    """Whatever lies in the folder is a row of coverage: read, or not read and why."""
    covered = set(files.statuses())
    roots = {name.split("!/")[0] for name in covered if "x.zip" not in name} | covered
    listed = {f"{name}/" if path.is_dir() else name for name, path in _entries(files)}
    assert {name for name in listed if name.rstrip("/") not in roots and name not in roots} == set()


def _entries(files: Scan) -> Iterator[tuple[str, Path]]:
    """Yield what lies in the folder, but for folders that are entered."""
    share = files.folder / "share"
    for top, folders, names in os.walk(share):
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        for name in (*names, *links):
            path = Path(top) / name
            yield _shown(str(path.relative_to(share))), path


def _shown(name: str) -> str:
    return (
        os.fsencode(name).decode("utf-8", "replace").replace("cp932\ufffde\ufffd", "cp932テ\uf8f3")
    )


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("broken.pdf", "failed"),
        ("cut.xlsx", "failed"),
        ("garbage.docx", "failed"),
        ("noise.csv", "skipped"),
        ("cut.json", "partial"),
        ("deep.json", "failed"),
        ("locked.docx", "skipped"),
        ("locked.xlsx", "skipped"),
        ("locked.pdf", "skipped"),
        ("bomb.zip!/zeros.txt", "partial"),
        ("deep.html", "partial"),
        ("pipe.csv", "skipped"),
        ("socket", "skipped"),
        ("nowhere.csv", "failed"),
        ("round/", "skipped"),
        ("forbidden.txt", "failed"),
        ("forbidden/", "failed"),
        ("empty.xlsx", "read"),
        ("ragged.csv", "partial"),
    ],
)
def test_how_a_file_ended_is_told(files: Scan, name: str, status: str) -> None:
    """What can't be read failed, what isn't read was skipped, what is cut was read in part."""
    assert files.statuses()[name] == {status}


def test_nothing_beside_the_broken_is_lost(files: Scan) -> None:
    """Names and telephones are found in every text that can be read at all."""
    found = files.entities()
    whole = {name for name in found if {"PERSON", "PHONE_NUMBER"} <= found[name]}
    assert whole >= {
        *("改行\n入り.txt", "😀🇯🇵.txt", "-rf.txt", "a*b?[c].txt", "#frag%20.txt"),
        *("quo\"te'; drop table.txt", "あ" * 83 + ".txt", "x.zip!/y.txt"),
        *("bomb.zip!/beside.txt", "evil.zip!/../../climb.txt", "evil.zip!/a\nb.txt"),
        *("zeros.log", "wide.txt", "odd.txt", "line.txt"),
        "/".join(["d" * 20] * 60) + "/leaf.txt",
    }
    named = {name for name in found if "PERSON" in found[name]}
    assert named >= {"cut.json", "zero.csv", "cell.csv", "quote.csv", "ragged.csv", "half.json"}


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    """It is scanned to the end (0), and the command says that nothing is there."""
    (tmp_path / "share").mkdir()
    ended = finish(start(tmp_path, "scan", "share"))
    assert ended.code == 0, ended.err
    assert "nothing there" in ended.out


def test_a_column_called_after_a_person_is_sealed(tmp_path: Path) -> None:
    """A roster with a column for each of the staff leaves no name in its inventory."""
    share = tmp_path / "share"
    share.mkdir()
    roster = "日付,長宗我部辰之進,佐藤花子\n4/1,早番,遅番\n4/2,休,早番\n4/3,遅番,休\n"
    (share / "シフト.csv").write_text(roster, "utf-8")
    one = scan(tmp_path, "share")
    settled(one)
    written = [path for path in one.config.parent.rglob("*") if path.is_file()]
    assert [path for path in written if "長宗我部".encode() in path.read_bytes()] == []
    found = finish(start(tmp_path, "find", "--name", "長宗我部辰之進", "--config", str(one.config)))
    assert found.code == 0, found.err


def test_thousands_of_files_are_no_more_work_each(tmp_path: Path) -> None:
    """2,000 notes in 20 folders are read one and all, and nobody in them is missed."""
    names = [f"案件{at // 100:02}/連絡{chr(0x4E00 + at)}.txt" for at in range(2_000)]
    for at, name in enumerate(names):
        path = tmp_path / "share" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"件名：見積\n連絡先 m.yamada{at}@example.co.jp\n山田太郎様\n", "utf-8")
    one = scan(tmp_path, "share")
    settled(one)
    (source,) = one.answer["sources"]
    assert source["datasets"] == 2_000
    # A file's name of three characters may sound like somebody's, too: 4 in 100 of these do.
    assert source["findings"] in range(4_000, 4_101)
    assert set(one.statuses()) == set(names)


# Databases.


@pytest.fixture(scope="module")
def tables(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Scan:
    """Scan a PostgreSQL database full of what breaks programs."""
    database = postgres_server.create()
    url = postgres_server.url(database)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _POSTGRES:
            connection.execute(statement.encode())
    return scan(tmp_path_factory.mktemp("tables"), url)


_WIDE = ", ".join(f"col{n} text" for n in range(500))
_POSTGRES = (
    "CREATE TABLE nokey (氏名 text, 電話 text)",
    "INSERT INTO nokey SELECT '山田太郎', '090-1234-5678' FROM generate_series(1, 3)",
    "INSERT INTO nokey VALUES (NULL, NULL), (NULL, NULL)",
    f"CREATE TABLE wide (id int PRIMARY KEY, {_WIDE})",
    "INSERT INTO wide (id, col333) SELECT n, '山田太郎様 ' || n FROM generate_series(1, 50) n",
    "CREATE VIEW failing AS SELECT 1 / (id - 1) AS boom FROM wide",
    "CREATE MATERIALIZED VIEW unfilled AS SELECT 氏名 FROM nokey WITH NO DATA",
    (
        'CREATE TABLE "w""; DROP TABLE nokey; --" (id int PRIMARY KEY, "; DROP TABLE nokey" text,'
        ' "😀" text, "氏名（漢字）" text, "a.b!c/d" text, " " text, "%s" text, "ＴＥＬ" text)'
    ),
    (
        """INSERT INTO "w""; DROP TABLE nokey; --" VALUES"""
        " (1, 'a', '山田太郎様', '山田 太郎', 'b', 'c', 'd', '０９０－１２３４－５６７８')"
    ),
    "CREATE TABLE long (id int PRIMARY KEY, note text, blob bytea)",
    (
        "INSERT INTO long VALUES (1, repeat('あ', 3500000) || '氏名：山田太郎',"
        " decode(repeat('00ff', 2000000), 'hex'))"
    ),
    (
        "CREATE TABLE odd (id int PRIMARY KEY, f float8, r real, n numeric, d date, t timestamptz,"
        ' h time, i interval, j jsonb, a text[], u uuid, p inet, c "char")'
    ),
    (
        "INSERT INTO odd (id, f, r, n, d, t) VALUES"
        " (1, 'NaN', 'Infinity', 'NaN', '0001-01-01', '0001-01-01 00:00+00'),"
        " (2, '-Infinity', '-0', '1e1000', '9999-12-31', '9999-12-31 23:59:59.999999+00'),"
        " (3, 0, 0, 'Infinity', 'infinity', '-infinity'),"
        " (4, 0, 0, 0, '4713-01-01 BC', '294276-12-31 23:59:59+00')"
    ),
    (
        "INSERT INTO odd (id, h, i, j, a, u, p) VALUES (5, '24:00', '1000 years',"
        """ '{"氏名": "山田太郎"}', ARRAY['佐藤花子'], gen_random_uuid(), '::1/64')"""
    ),
    "CREATE TABLE signs (id int PRIMARY KEY, t text)",
    r"INSERT INTO signs VALUES (1, E'\x01\x1b[31m氏名：佐藤花子\x7f\u202e'), (2, E'a\u200b')",
    "CREATE TABLE nothing ()",
    "INSERT INTO nothing DEFAULT VALUES",
    "CREATE TABLE rows_none (氏名 text)",
)


def test_hostile_tables_are_scanned_to_the_end(tables: Scan) -> None:
    """Only the view that fails and the one never filled are unread."""
    settled(tables)
    unread = {row["dataset"]: row["status"] for row in tables.answer["unread"]}
    assert unread == {"public.failing": "failed", "public.unfilled": "failed"}


def test_every_row_of_every_table_is_counted(tables: Scan) -> None:
    """Equal rows without a key, blobs, years 1 and 9999: all rows are read."""
    rows = {row["dataset"]: row["rows"] for row in tables.rows("datasets")}
    assert rows == {
        "public.nokey": 5,
        "public.wide": 50,
        'public.w"; DROP TABLE nokey; --': 1,
        "public.long": 1,
        "public.odd": 5,
        "public.signs": 2,
        "public.nothing": 0,  # a row without a column holds nothing to count
        "public.rows_none": 0,
        "public.failing": 0,
        "public.unfilled": 0,
    }


def test_persons_are_found_in_hostile_tables(tables: Scan) -> None:
    """Under whatever name of a column, at the end of whatever text."""
    found = {(row["dataset"], row["field"]): row["entity"] for row in tables.rows("fields")}
    weird = 'public.w"; DROP TABLE nokey; --'
    persons = {place for place, entity in found.items() if entity == "PERSON"}
    assert persons == {
        ("public.nokey", "氏名"),
        ("public.wide", "col333"),
        (weird, "😀"),
        (weird, "氏名（漢字）"),
        ("public.long", "note"),
        ("public.odd", "j"),
        ("public.odd", "a"),
        ("public.signs", "t"),
    }
    assert found[weird, "ＴＥＬ"] == "PHONE_NUMBER"


def test_equal_rows_without_a_key_are_told_apart(tables: Scan) -> None:
    """Three equal rows are three records of one digest, numbered."""
    found = [row for row in tables.rows("locations") if row["dataset"] == "public.nokey"]
    records = {row["record"] for row in found if row["entity"] == "PERSON"}
    assert len({json.loads(record)["digest"] for record in records}) == 1
    assert sorted(json.loads(record)["n"] for record in records) == [1, 2, 3]


def test_an_sqlite_file_of_anything_is_scanned(tmp_path: Path) -> None:
    """Any value in any column, a view of nothing, text in CP932: read or told."""
    with sqlite3.connect(tmp_path / "any.db") as connection:
        connection.execute("CREATE TABLE mixed (a, b BLOB, c REAL, d DATE, e TEXT)")
        rows = [
            ("山田太郎様", b"\0\xff", float("inf"), "0001-01-01", "x\0y"),
            (3.5, "氏名：佐藤花子".encode(), -float("inf"), "infinity", "あ" * 3_400_000),
            (b"\xff\xfe", bytes(5_000_000), None, 12345, None),
            (2**63 - 1, "text", 1e308, "2024-13-45", "氏名：鈴木一郎"),
        ]
        connection.executemany("INSERT INTO mixed VALUES (?, ?, ?, ?, ?)", rows)
        connection.execute('CREATE TABLE "w""; DROP TABLE mixed; --" ("; --" TEXT, "" TEXT)')
        connection.execute("CREATE TABLE old (t TEXT)")
        old = ("山田太郎様".encode("cp932"),)
        connection.execute("INSERT INTO old VALUES (CAST(? AS TEXT))", old)
        connection.execute("CREATE VIEW failing AS SELECT * FROM nosuch")
    connection.close()
    one = scan(tmp_path, "any.db")
    settled(one)
    unread = {row["dataset"]: row["status"] for row in one.answer["unread"]}
    assert unread == {"failing": "failed", "old": "partial"}
    persons = {(r["dataset"], r["field"]) for r in one.rows("fields") if r["entity"] == "PERSON"}
    assert persons == {("mixed", "a"), ("mixed", "b"), ("mixed", "e"), ("old", "t")}
