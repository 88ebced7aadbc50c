"""Databases found as files: SQLite files and dumps, wherever in a store they lie."""
# ruff: noqa: S608 - names are the test's own

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import sqlite3
import stat
import tarfile
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from connectors.change import Action, Change, Fetched, Refusal, Why
from connectors.files import databases
from connectors.files.source import FileSource
from connectors.options import Options
from connectors.place import Batch, Dataset, ForeignKey, Status, Unread
from connectors.registry import open_source
from connectors.sqlite import SqliteSource
from tests.servers.rclone import SftpServer
from tests.servers.seaweed import S3Server

KEY = b"a key for tests"
CANARY = "金糸雀 花子"
TABLE = 'x"; drop table "名簿!/y'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder; temporary files go into another, for nobody else's to disturb."""
    (tmp_path / "share").mkdir(exist_ok=True)
    return tmp_path / "share"


@pytest.fixture(autouse=True)
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have temporary files in a folder of the test, which is empty in the end."""
    found = tmp_path / "spool"
    found.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    yield found
    assert not list(found.iterdir())


def make(path: Path) -> Path:
    """Make a database with a table of every kind."""
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.execute(f'CREATE TABLE "{TABLE.replace(chr(34), chr(34) * 2)}" (a)')
        owner.execute(f'INSERT INTO "{TABLE.replace(chr(34), chr(34) * 2)}" VALUES (1)')
        owner.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, 氏名 TEXT, photo BLOB, x)")
        owner.execute("CREATE TABLE orders (n TEXT, who INT REFERENCES people) ")
        owner.execute("CREATE TABLE short (k TEXT PRIMARY KEY, v) WITHOUT ROWID")
        owner.execute("CREATE VIEW v AS SELECT 氏名 FROM people")
        rows = [(1, CANARY, b"\0\xff", 1.5), (2, None, "写真".encode(), "two")]
        owner.executemany("INSERT INTO people VALUES (?, ?, ?, ?)", rows)
        owner.execute("INSERT INTO orders VALUES ('A', 1)")
        owner.execute("INSERT INTO short VALUES ('k', 2)")
    return path


def read(source: FileSource | SqliteSource) -> dict[str, list[tuple[str, object]]]:
    """Return every dataset's records with their values."""
    found: dict[str, list[tuple[str, object]]] = {}
    for dataset in source.datasets():
        assert isinstance(dataset, Dataset), dataset
        rows = found.setdefault(dataset.name, [])
        for part in dataset.partitions:
            for batch in source.read(part):
                assert isinstance(batch, Batch), batch
                values = batch.values.to_pylist()
                rows += zip(batch.records.to_pylist(), values, strict=True)
    return found


def files(folder: Path, **options: object) -> FileSource:
    """Open the folder."""
    return FileSource("x", str(folder), Options(KEY, **options))  # type: ignore[arg-type]


def packed(folder: Path, kind: str) -> str:
    """Put a database into the folder, packed as ``kind``; return its path below."""
    plain = make(folder / "file.dat")
    data = plain.read_bytes()
    if kind == "plain":
        return plain.name
    plain.unlink()
    if kind == "gzip":
        (folder / "file.db.gz").write_bytes(gzip.compress(data))
        return "file.db.gz"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.db", data)
    if kind == "zip":
        (folder / "a.zip").write_bytes(inner.getvalue())
        return "a.zip!/b.db"
    with tarfile.open(folder / "t.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("in/a.zip")
        info.size = len(inner.getvalue())
        archive.addfile(info, io.BytesIO(inner.getvalue()))
    return "t.tar.gz!/in/a.zip!/b.db"


@pytest.mark.parametrize("kind", ["plain", "gzip", "zip", "zip in tar"])
def test_sqlite(folder: Path, kind: str, tmp_path: Path) -> None:
    """Every table is a dataset whose records are those of the SQLite connector, packed or not."""
    path = packed(folder, kind)
    with (
        files(folder) as source,
        SqliteSource("x", str(make(tmp_path / "y.db")), Options(KEY)) as theirs,
    ):
        expected = {f"{path}!/{name}": rows for name, rows in read(theirs).items()}
        assert read(source) == expected
        assert f"{path}!/{TABLE}" in expected


def test_described(folder: Path) -> None:
    """Keys, references and counts are the catalogue's; how to erase is said; nothing is guessed."""
    make(folder / "crm.db")
    with files(folder) as source:
        found = {one.name: one for one in source.datasets() if isinstance(one, Dataset)}
    people, orders = found["crm.db!/people"], found["crm.db!/orders"]
    assert people.primary_key == ("id",)
    assert (people.rows, people.kind, people.media_type) == (2, "table", "application/vnd.sqlite3")
    assert orders.foreign_keys == (ForeignKey(("who",), "crm.db!/people", ("id",)),)
    assert found["crm.db!/v"].kind == "view"
    assert "sqlite:///" in people.by_hand
    assert people.access.owner is not None
    assert people.fingerprint == orders.fingerprint != ""


def test_log_beside(folder: Path) -> None:
    """What only the write-ahead log holds is read, and changes the fingerprint; all stays."""
    path = make(folder / "live.db")
    with closing(sqlite3.connect(path)) as owner:
        owner.execute("PRAGMA journal_mode = WAL")
        _age(folder)
        with files(folder) as source:
            first = next(iter(source.datasets()))
        owner.execute("INSERT INTO people VALUES (3, '後から', NULL, NULL)")
        owner.commit()
        _age(folder)
        before = {
            one.name: (one.stat().st_mtime_ns, one.stat().st_size) for one in folder.iterdir()
        }
        with files(folder) as source:
            rows = read(source)
            second = next(iter(source.datasets()))
        after = {one.name: (one.stat().st_mtime_ns, one.stat().st_size) for one in folder.iterdir()}
    assert [json.loads(record)["pk"]["id"] for record, _ in rows["live.db!/people"]] == [1, 2, 3]
    assert after == before
    assert isinstance(first, Dataset) and isinstance(second, Dataset)  # noqa: PT018
    # Written a moment ago, its time tells nothing yet.
    assert first.fingerprint is None or first.fingerprint != second.fingerprint
    assert all(name.startswith("live.db!/") for name in rows)


def _age(folder: Path) -> None:
    """Make files as old as files are: the time of one just written tells nothing yet."""
    for one in folder.iterdir():
        os.utime(one, (1_700_000_000, 1_700_000_000))


def test_log_in_archive(folder: Path, tmp_path: Path) -> None:
    """A log that was packed with its database is taken in."""
    path = make(tmp_path / "live.db")
    with closing(sqlite3.connect(path)) as owner:
        owner.execute("PRAGMA journal_mode = WAL")
        owner.execute("DELETE FROM people WHERE id = 1")
        owner.commit()
        with zipfile.ZipFile(folder / "a.zip", "w") as archive:
            for one in ("live.db", "live.db-wal"):
                archive.write(tmp_path / one, one)
    with files(folder) as source:
        assert [record for record, _ in read(source)["a.zip!/live.db!/people"]] == [
            '{"pk":{"id":2}}'
        ]


def test_unfinished_write(folder: Path, tmp_path: Path) -> None:
    """A write that a dead program left is undone in the copy: its rows were never there."""
    path = make(tmp_path / "x.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as owner:
        owner.execute("PRAGMA cache_size = 5")
        owner.execute("BEGIN")
        owner.execute("UPDATE people SET 氏名 = '取消'")
        owner.executemany("INSERT INTO orders VALUES (?, 1)", [("x" * 500,)] * 2000)
        for one in ("x.db", "x.db-journal"):
            shutil.copy(tmp_path / one, folder / one)
    with files(folder) as source:
        rows = read(source)
    assert len(rows["x.db!/orders"]) == 1
    assert rows["x.db!/people"][0][1]["氏名"] == CANARY  # type: ignore[index]


def test_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large database of this machine is read where it lies; the records are the same."""
    with closing(sqlite3.connect(make(folder / "x.db"))) as owner, owner:
        for name in ("fast", "faster"):  # read through Arrow: each in a moment of its own
            owner.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, name TEXT)")
            owner.execute(f"INSERT INTO {name} VALUES (1, 'a'), (2, 'b')")
    with files(folder) as source:
        copied = read(source)
    assert len(copied["x.db!/fast"]) == len(copied["x.db!/faster"]) == 2
    monkeypatch.setattr(databases, "COPIED", 0)
    with files(folder) as source:
        assert read(source) == copied


def test_large_by_several(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table of a large database is read, also while another of its tables is."""
    with closing(sqlite3.connect(folder / "x.db")) as owner, owner:
        for name in ("a", "b", "c"):
            owner.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, 氏名 TEXT)")
            owner.executemany(f"INSERT INTO {name} (氏名) VALUES (?)", [(CANARY,)] * 600)
    monkeypatch.setattr(databases, "COPIED", 0)
    monkeypatch.setattr("connectors.sqlite_fast.MOST_ROWS", 256)
    with files(folder) as source:
        parts = [one.partitions[0] for one in source.datasets() if isinstance(one, Dataset)]
        given = dict.fromkeys((one.dataset for one in parts), 0)
        for batches in zip(*map(source.read, parts), strict=True):
            for batch in batches:
                assert isinstance(batch, Batch), batch
                given[batch.partition.dataset] += len(batch.records)
    assert given == {"x.db!/a": 600, "x.db!/b": 600, "x.db!/c": 600}


@pytest.mark.parametrize("end", ["-wal", "-journal", "-shm"])
def test_beside_a_dump(folder: Path, end: str) -> None:
    """A file beside a dump is read for itself, whatever its name ends with: dumps have no logs."""
    (folder / "x.sql").write_text(SQL, encoding="utf-8")
    (folder / f"x.sql{end}").write_text(f"{CANARY}\n", encoding="utf-8")
    with files(folder) as source:
        assert f"x.sql{end}" in read(source)


@pytest.mark.parametrize("name", ["crm.sqlite", "crm.db"])
def test_encrypted(folder: Path, name: str) -> None:
    """A file that is called a database and is none is told as encrypted."""
    (folder / name).write_bytes(os.urandom(8192))
    with files(folder) as source:
        found = list(source.datasets())
    assert found == [
        Unread(name, Status.SKIPPED, "isn't an SQLite database, or is encrypted: decrypt a copy")
    ]


def test_damaged(folder: Path) -> None:
    """A damaged database is told; the other files are read."""
    data = make(folder / "x.db").read_bytes()
    (folder / "x.db").write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))
    (folder / "cut.db").write_bytes(data[:50])
    (folder / "z.csv").write_text("氏名\n山田\n", encoding="utf-8")
    with files(folder) as source:
        told = list(source.datasets())
        for one in [each for each in told if isinstance(each, Dataset)]:
            told += [each for each in source.read(one.partitions[0]) if isinstance(each, Unread)]
    unread = [one for one in told if isinstance(one, Unread)]
    assert {one.dataset.partition("!/")[0] for one in unread} == {"x.db", "cut.db"}
    assert all("damaged" in one.reason or "isn't an SQLite" in one.reason for one in unread)
    assert any(isinstance(one, Dataset) and one.name == "z.csv" for one in told)


def test_custom_format(folder: Path) -> None:
    """pg_dump's own format is told, with how to make SQL of it."""
    (folder / "x.dump").write_bytes(b"PGDMP\x01\x0e\x00" + bytes(100))
    with files(folder) as source:
        (told,) = source.datasets()
    assert isinstance(told, Unread) and "pg_restore -f" in told.reason  # noqa: PT018


SQL = f"""-- MySQL dump 10.19
CREATE TABLE `people` (`id` int PRIMARY KEY, `氏名` text);
INSERT INTO `people` VALUES (1,'{CANARY}'),(2,NULL);
CREATE TABLE `none` (`a` int, FOREIGN KEY (`a`) REFERENCES `people` (`id`));
-- Dump completed
"""


@pytest.mark.parametrize("kind", ["plain", "gzip", "zip", "cp932"])
def test_dump(folder: Path, kind: str) -> None:
    """Each table of a dump is a dataset, and the dump's other text is one; packed or not."""
    path, data = "dump.sql", SQL.encode("cp932" if kind == "cp932" else "utf-8")
    if kind == "gzip":
        path = "dump.sql.gz"
        (folder / path).write_bytes(gzip.compress(data))
    elif kind == "zip":
        path = "a.zip!/dump.sql"
        with zipfile.ZipFile(folder / "a.zip", "w") as archive:
            archive.writestr("dump.sql", data)
    else:
        (folder / path).write_bytes(data)
    with files(folder) as source:
        rows = read(source)
        found = {one.name: one for one in source.datasets() if isinstance(one, Dataset)}
    assert rows[f"{path}!/people"] == [
        ('{"row":1}', {"id": "1", "氏名": CANARY}),
        ('{"row":2}', {"id": "2", "氏名": None}),
    ]
    assert rows[f"{path}!/none"] == []
    assert '{"line":1}' in dict(rows[path])
    assert found[f"{path}!/none"].foreign_keys == (ForeignKey(("a",), f"{path}!/people", ("id",)),)
    assert found[f"{path}!/none"].rows == 0
    assert "make the dump anew" in found[f"{path}!/people"].by_hand


def test_cut_dump(folder: Path) -> None:
    """A dump that breaks off is told, and read as far as it goes."""
    (folder / "dump.sql").write_text(SQL.partition("-- Dump")[0], encoding="utf-8")
    with files(folder) as source:
        told = [one for one in source.datasets() if isinstance(one, Unread)]
    assert [(one.dataset, one.status) for one in told] == [("dump.sql", Status.PARTIAL)]


@pytest.mark.parametrize("kind", ["dump.sql", "crm.db"])
def test_fetch_and_erase(folder: Path, kind: str) -> None:
    """Single records are fetched as they stand; changing them is left to a person."""
    record = '{"row":1}' if kind == "dump.sql" else '{"pk":{"id":1}}'
    if kind == "dump.sql":
        (folder / kind).write_text(SQL, encoding="utf-8")
    else:
        make(folder / kind)
    dataset = f"{kind}!/people"
    with files(folder) as source:
        found, gone = source.fetch(dataset, [record, '{"pk":{"id":99}}'])
        assert isinstance(found, Fetched) and isinstance(gone, Refusal)  # noqa: PT018
        assert gone.why is Why.GONE
        assert found.values.to_pylist()[0]["氏名"] == CANARY
        version = found.versions.to_pylist()[0]
        (refused,) = source.erase([Change(dataset, record, version, Action.ERASE)])
        assert isinstance(refused, Refusal) and refused.why is Why.BY_HAND  # noqa: PT018
        (missing,) = source.fetch(f"{kind}!/nosuch", [record])
        assert isinstance(missing, Refusal) and missing.why is Why.GONE  # noqa: PT018


def test_chosen(folder: Path) -> None:
    """Patterns choose single tables, or leave them out."""
    make(folder / "crm.db")
    with files(folder, include=("*.db!/people",)) as source:
        assert list(read(source)) == ["crm.db!/people"]
    with files(folder, exclude=("crm.db!/*",)) as source:
        assert list(read(source)) == []


def test_two_threads(folder: Path) -> None:
    """Two threads that read databases and archives at once get what one gets."""
    for name in ("a.db", "b.db", "c.db", "d.db"):
        make(folder / name)
    for name in ("a.sql.gz", "b.sql.gz"):
        (folder / name).write_bytes(gzip.compress(SQL.encode()))
    for name in ("a.zip", "b.zip"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            for number in range(20):
                archive.writestr(f"{number}/x.csv", "氏名,電話\n" + "山田,03-1234-5678\n" * 500)
    with files(folder) as source:
        expected = read(source)
        got: list[dict[str, list[tuple[str, object]]]] = []
        threads = [threading.Thread(target=lambda: got.append(read(source))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert got == [expected, expected]


def test_private(folder: Path, spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a copy is open it has no name, so that even a killed process leaves nothing."""
    make(folder / "x.db")
    modes: list[int] = []
    link = os.link

    def linked(*names: Any, **how: Any) -> None:
        link(*names, **how)
        modes.extend(_modes(spool))

    monkeypatch.setattr(os, "link", linked)
    with files(folder) as source:
        for dataset in source.datasets():
            assert isinstance(dataset, Dataset)
            assert not list(spool.rglob("*"))
    assert set(modes) == {0o600, 0o700}


def test_private_with_its_log(
    folder: Path, tmp_path: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a database's log is copied, its own copy has no name."""
    make(tmp_path / "x.db")
    named: list[int] = []
    copied = shutil.copyfileobj

    def copying(*what: Any) -> None:
        named.append(len([one for one in spool.rglob("*") if one.is_file()]))
        copied(*what)

    with closing(sqlite3.connect(tmp_path / "x.db")) as owner:
        owner.execute("PRAGMA journal_mode = WAL")
        owner.execute("DELETE FROM people WHERE id = 1")
        owner.commit()
        for one in ("x.db", "x.db-wal"):
            shutil.copy(tmp_path / one, folder / one)
    monkeypatch.setattr(shutil, "copyfileobj", copying)
    with files(folder) as source:
        assert len(read(source)["x.db!/people"]) == 1
    assert named == [0, 0]


def _modes(folder: Path) -> Iterator[int]:
    for one in folder.rglob("*"):
        yield stat.S_IMODE(one.stat().st_mode)


@pytest.mark.server
def test_over_sftp(sftp_server: SftpServer, folder: Path) -> None:
    """A database on another machine is read by a copy of its own."""
    make(folder / "crm.db")
    (folder / "dump.sql").write_text(SQL, encoding="utf-8")
    with files(folder) as local, open_source("x", sftp_server.url(), Options(KEY)) as far:
        assert isinstance(far, FileSource)
        assert read(far) == read(local)


@pytest.mark.server
def test_over_s3(s3_server: S3Server, folder: Path) -> None:
    """A bucket's databases are read as a folder's are."""
    make(folder / "crm.db")
    (folder / "dump.sql.gz").write_bytes(gzip.compress(SQL.encode()))
    bucket = s3_server.bucket()
    for one in folder.iterdir():
        s3_server.client.put_object(Bucket=bucket, Key=one.name, Body=one.read_bytes())
    with files(folder) as local, open_source("x", s3_server.url(bucket), Options(KEY)) as far:
        assert isinstance(far, FileSource)
        assert read(far) == read(local)
