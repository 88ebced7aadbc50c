"""Folders as people leave them: what becomes a dataset, what is told instead."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import tarfile
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
import pyzipper

from connectors.change import Action, Change, Fetched
from connectors.errors import Refused, Unreachable
from connectors.files import FileSource
from connectors.files.local import LocalBackend
from connectors.options import Options
from connectors.place import Batch, Dataset, Partition, Status, Unread

PEOPLE = "番号,氏名\n1,山田太郎\n2,佐藤花子\n"


def _listed(folder: Path | str, **options: tuple[str, ...]) -> dict[str, Dataset | Unread]:
    """List by name; no name comes twice."""
    with FileSource("share", str(folder), Options(**options)) as source:  # type: ignore[arg-type]
        found = list(source.datasets())
    names = [each.name if isinstance(each, Dataset) else each.dataset for each in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found, strict=True))


def _read(folder: Path | str, name: str) -> tuple[list[str], list[Unread]]:
    """Read a dataset's records by name, and what of it was not read."""
    dataset = _listed(folder)[name]
    assert isinstance(dataset, Dataset)
    records: list[str] = []
    unread: list[Unread] = []
    with FileSource("share", str(folder)) as source:
        for partition in dataset.partitions:
            first = 0
            for each in source.read(partition):
                if isinstance(each, Unread):
                    unread.append(each)
                    continue
                assert (each.ordinal, each.partition) == (first, partition)
                first += len(each.records)
                records += each.records.to_pylist()
    return records, unread


def _zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return file.getvalue()


def test_names_and_order(tmp_path: Path) -> None:
    """Datasets are named by their paths, and come in the same order every time."""
    for name in ("b.csv", "営業部/名簿.csv", "a.txt", "営業部/2023/log.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"a":1}\n' if "json" in name else PEOPLE)
    names = ["a.txt", "b.csv", "営業部/名簿.csv", "営業部/2023/log.jsonl"]
    assert list(_listed(tmp_path)) == names
    assert list(_listed(f"file://{tmp_path}")) == names


def test_what_is_told_of_a_file(tmp_path: Path) -> None:
    """Type, encoding, fields, size, time and who can open it are told without reading it all."""
    path = tmp_path / "名簿.csv"
    path.write_text(PEOPLE, "cp932")
    path.chmod(0o640)
    found = _listed(tmp_path)["名簿.csv"]
    assert isinstance(found, Dataset)
    assert (found.media_type, found.encoding, found.kind) == ("text/csv", "cp932", "file")
    assert [field.name for field in found.fields] == ["番号", "氏名"]
    assert found.bytes == path.stat().st_size
    assert found.modified_at is not None
    assert found.modified_at.timestamp() == pytest.approx(path.stat().st_mtime)
    assert found.access.owner == path.owner()
    assert found.access.groups == (path.group(),)
    assert found.access.everyone is False


def test_fingerprint(tmp_path: Path) -> None:
    """The fingerprint stays until a file changes."""
    path = tmp_path / "a.csv"
    path.write_text(PEOPLE)
    before = _listed(tmp_path)["a.csv"]
    assert before == _listed(tmp_path)["a.csv"]
    path.write_text(PEOPLE + "3,x\n")
    after = _listed(tmp_path)["a.csv"]
    assert isinstance(before, Dataset)
    assert isinstance(after, Dataset)
    assert before.fingerprint != after.fingerprint


def test_one_file(tmp_path: Path) -> None:
    """A source can be a single file."""
    (tmp_path / "a.csv").write_text(PEOPLE)
    assert list(_listed(tmp_path / "a.csv")) == ["a.csv"]
    assert _read(tmp_path / "a.csv", "a.csv")[0] == ['{"row":1}', '{"row":2}']


def test_empty_files_and_folders(tmp_path: Path) -> None:
    """Nothing to read is no failure."""
    assert _listed(tmp_path) == {}
    (tmp_path / "空.csv").touch()
    (tmp_path / "空フォルダ").mkdir()
    found = _listed(tmp_path)
    assert [each.rows for each in found.values() if isinstance(each, Dataset)] == [0]
    assert _read(tmp_path, "空.csv") == ([], [])


def test_nothing_there(tmp_path: Path) -> None:
    """A wrong path is told at once, in a sentence."""
    with pytest.raises(Unreachable):
        FileSource("share", str(tmp_path / "nowhere")).check()
    with pytest.raises(Unreachable):
        list(FileSource("share", str(tmp_path / "nowhere")).datasets())


def test_left_out_is_told(tmp_path: Path) -> None:
    """Hidden files and folders, locks and formats without a reader are told with the reason."""
    (tmp_path / ".git").mkdir()
    for name in (".git/config", ".DS_Store", "~$名簿.xlsx", "b.bin"):
        (tmp_path / name).write_bytes(b"\0\1\2\3" * 100)
    (tmp_path / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 100)
    found = _listed(tmp_path)
    assert all(
        isinstance(each, Unread) and each.status == Status.SKIPPED for each in found.values()
    )
    assert {name: each.reason for name, each in found.items() if isinstance(each, Unread)} == {
        ".git/": "hidden folder",
        ".DS_Store": "hidden file",
        "~$名簿.xlsx": "lock file of a document that is open in Office",
        "a.7z": "no reader for application/x-7z-compressed",
        "b.bin": "no reader for application/octet-stream",
    }


def test_links(tmp_path: Path) -> None:
    """Links round in a circle end; one to the outside is followed, one to nowhere is told."""
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    (inside / "a").mkdir(parents=True)
    outside.mkdir()
    (outside / "b.csv").write_text(PEOPLE)
    (outside / "again").symlink_to(outside)
    (inside / "a" / "up").symlink_to(inside)
    (inside / "other").symlink_to(outside)
    (inside / "third").symlink_to(outside)
    (inside / "lost.csv").symlink_to(tmp_path / "nowhere")
    (inside / "c.csv").symlink_to(outside / "b.csv")
    os.mkfifo(inside / "pipe")
    found = _listed(inside)
    assert [name for name, each in found.items() if isinstance(each, Dataset)] == [
        "c.csv",
        "other/b.csv",
    ]
    assert {name for name, each in found.items() if isinstance(each, Unread)} == {
        "a/up/",
        "other/again/",
        "third/",
        "lost.csv",
        "pipe",
    }
    assert len(_read(inside, "other/b.csv")[0]) == 2


@pytest.fixture
def public() -> Iterator[Path]:
    """Give a folder that any account can enter, and become an account that isn't root."""
    folder = Path(tempfile.mkdtemp(prefix="shozai-"))
    folder.chmod(0o755)
    yield folder
    if os.geteuid() != os.getuid():
        os.seteuid(os.getuid())
    for path in folder.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(folder)


def _become_someone() -> None:
    if os.getuid() == 0:
        os.seteuid(65534)


def test_no_permission(public: Path) -> None:
    """What the account may not read is told, and the rest is read."""
    for name in ("a.csv", "b.csv", "closed/c.csv"):
        (public / name).parent.mkdir(exist_ok=True)
        (public / name).write_text(PEOPLE)
    (public / "a.csv").chmod(0)
    (public / "closed").chmod(0)
    _become_someone()
    found = _listed(public)
    assert isinstance(found["b.csv"], Dataset)
    for name in ("a.csv", "closed/"):
        each = found[name]
        assert isinstance(each, Unread)
        assert each.status == Status.FAILED
        assert each.reason.startswith("permission denied")


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.zip", "a.parquet", "a.docx", "a.csv.gz"])
def test_broken_files(tmp_path: Path, name: str) -> None:
    """A broken file is told in one sentence and stops nothing."""
    begin = {".pdf": b"%PDF-1.7\n", ".parquet": b"PAR1", ".gz": b"\x1f\x8b\x08\0"}
    suffix = Path(name).suffix
    (tmp_path / name).write_bytes(begin.get(suffix, b"PK\x03\x04") + b"\xff\0\x17" * 500)
    (tmp_path / "z.csv").write_text(PEOPLE)
    found = _listed(tmp_path)
    assert isinstance(found["z.csv"], Dataset)
    each = found[name]
    unread = [each] if isinstance(each, Unread) else _read(tmp_path, name)[1]
    assert [one.status for one in unread] == [Status.FAILED]
    assert "please report" not in unread[0].reason


def test_gzip(tmp_path: Path) -> None:
    """A compressed file is read as what it is, and keeps its name."""
    (tmp_path / "売上.csv.gz").write_bytes(gzip.compress(PEOPLE.encode("cp932")))
    found = _listed(tmp_path)["売上.csv.gz"]
    assert isinstance(found, Dataset)
    assert (found.media_type, found.encoding) == ("text/csv", "cp932")
    assert len(_read(tmp_path, "売上.csv.gz")[0]) == 2


def test_cut_gzip(tmp_path: Path) -> None:
    """What comes before the cut is read, and that it breaks off is told."""
    text = "番号,氏名\n" + "".join(f"{n},山田{n}\n" for n in range(400_000))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text.encode())[:-30_000])
    records, unread = _read(tmp_path, "a.csv.gz")
    assert len(records) > 100_000
    assert [each.status for each in unread] == [Status.PARTIAL]


def test_one_of_many(tmp_path: Path) -> None:
    """Files of one layout are one dataset, a partition each, their records told apart."""
    (tmp_path / "月次").mkdir()
    for month in range(1, 13):
        (tmp_path / "月次" / f"売上_2024{month:02}01.csv").write_text(PEOPLE, "cp932")
    name = "月次/売上_*.csv"
    found = _listed(tmp_path)[name]
    assert isinstance(found, Dataset)
    assert [each.number for each in found.partitions] == list(range(12))
    assert found.partitions[2].name == "月次/売上_20240301.csv"
    records, _ = _read(tmp_path, name)
    assert len(records) == 24
    assert records[1] == '{"file":"月次/売上_20240101.csv","row":2}'
    assert all(json.loads(each) for each in records)


def test_three_are_no_pattern(tmp_path: Path) -> None:
    """Three files or fewer are a dataset each."""
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(PEOPLE)
    assert list(_listed(tmp_path)) == ["0.csv", "1.csv", "2.csv"]


def test_another_layout(tmp_path: Path) -> None:
    """A file that leaves its layout is a dataset of its own; a second layout is one too."""
    for number in range(10):
        (tmp_path / f"m{number:02}.csv").write_text(PEOPLE)
    (tmp_path / "m05.csv").write_text("番号,氏名,電話\n1,山田,03-1234-5678\n")
    for number in range(20, 25):
        (tmp_path / f"m{number}.csv").write_text("商品コード,数量\n1,2\n")
    found = _listed(tmp_path)
    assert set(found) == {"m*.csv", "m05.csv", "m*.csv#2"}
    assert len(_read(tmp_path, "m*.csv#2")[0]) == 5


def test_logs_may_differ(tmp_path: Path) -> None:
    """JSON lines with a field more or less are still of one layout."""
    for number in range(8):
        extra = {"debug": 1} if number == 3 else {}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps({"at": 1, "user": "a"} | extra))
    found = _listed(tmp_path)["*.jsonl"]
    assert isinstance(found, Dataset)
    assert [field.name for field in found.fields] == ["at", "user", "debug"]


def test_mails(tmp_path: Path) -> None:
    """A folder of mails is one dataset."""
    for number in range(1, 6):
        mail = f"From: a@example.jp\nTo: b@example.jp\nSubject: {number}\n\nbody\n"
        (tmp_path / f"{number:04}.eml").write_text(mail)
    assert list(_listed(tmp_path)) == ["*.eml"]
    assert '{"file":"0003.eml","part":"header"}' in _read(tmp_path, "*.eml")[0]


def test_zip(tmp_path: Path) -> None:
    """An archive's files are datasets, deep ones too, whatever encoding their names are in."""
    inner = _zipped({"c.csv": PEOPLE.encode(), "d/e.txt": "山田".encode()})
    members = {
        "名簿.csv": PEOPLE.encode("cp932"),
        "b.zip": inner,
        ".hidden": b"x",
        "../e.txt": b"e",
    }
    (tmp_path / "a.zip").write_bytes(_zipped(members))
    found = _listed(tmp_path)
    assert sorted(name for name, each in found.items() if isinstance(each, Dataset)) == [
        "a.zip!/../e.txt",
        "a.zip!/b.zip!/c.csv",
        "a.zip!/b.zip!/d/e.txt",
        "a.zip!/名簿.csv",
    ]
    assert isinstance(found["a.zip!/.hidden"], Unread)
    for name in ("a.zip!/名簿.csv", "a.zip!/b.zip!/c.csv"):
        assert _read(tmp_path, name) == (['{"row":1}', '{"row":2}'], [])


def test_zip_of_many(tmp_path: Path) -> None:
    """Files of one layout in an archive are one dataset too."""
    members = {f"old/売上_{n:03}.csv": PEOPLE.encode() for n in range(300)}
    (tmp_path / "a.zip").write_bytes(_zipped(members))
    assert list(_listed(tmp_path)) == ["a.zip!/old/売上_*.csv"]
    records, unread = _read(tmp_path, "a.zip!/old/売上_*.csv")
    assert (len(records), unread) == (600, [])
    assert records[-1] == '{"file":"a.zip!/old/売上_299.csv","row":2}'


def test_encrypted_zip(tmp_path: Path) -> None:
    """A locked member is told by name; an open one beside it is read."""
    with pyzipper.AESZipFile(
        tmp_path / "a.zip", "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as packed:
        packed.setpassword(b"secret")
        packed.writestr("名簿.csv", PEOPLE.encode())
    found = _listed(tmp_path)
    assert found == {"a.zip!/名簿.csv": Unread("a.zip!/名簿.csv", Status.SKIPPED, "encrypted")}


def test_too_deep(tmp_path: Path) -> None:
    """Archives in one another without end are left at some depth, and told."""
    data = _zipped({"a.csv": PEOPLE.encode()})
    for _ in range(12):
        data = _zipped({"x.zip": data})
    (tmp_path / "x.zip").write_bytes(data)
    (found,) = _listed(tmp_path).values()
    assert isinstance(found, Unread)
    assert found.status == Status.SKIPPED


def test_tar(tmp_path: Path) -> None:
    """A compressed tar is an archive like any other."""
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
        info = tarfile.TarInfo("営業/名簿.csv")
        info.size = len(PEOPLE.encode())
        packed.addfile(info, io.BytesIO(PEOPLE.encode()))
    assert list(_listed(tmp_path)) == ["a.tar.gz!/営業/名簿.csv"]
    assert len(_read(tmp_path, "a.tar.gz!/営業/名簿.csv")[0]) == 2


@pytest.mark.parametrize("stored", [unicodedata.normalize("NFD", "ガイド"), "名簿".encode("cp932")])
def test_odd_names(tmp_path: Path, stored: str | bytes) -> None:
    """Names from a Mac or in CP932 are shown as a person reads them, and found again."""
    raw = stored.encode() if isinstance(stored, str) else stored
    folder = os.fsencode(tmp_path) + b"/" + raw
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/" + raw + b".csv")).write_text(PEOPLE)
    (name,) = _listed(tmp_path)
    assert name in {"ガイド/ガイド.csv", "名簿/名簿.csv"}
    assert _read(tmp_path, name) == (['{"row":1}', '{"row":2}'], [])


def test_twins(tmp_path: Path) -> None:
    """Of two names that differ only in their Unicode form one is read and one is told."""
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "ガ.csv")).write_text(PEOPLE)
    with FileSource("share", str(tmp_path)) as source:
        kinds = [type(each) for each in source.datasets()]
    assert sorted(kind.__name__ for kind in kinds) == ["Dataset", "Unread"]


def test_changed_meanwhile(tmp_path: Path) -> None:
    """A large file that grows while it is read is told; so is one that is gone."""
    path = tmp_path / "a.csv"
    path.write_text(PEOPLE * 100_000)
    with FileSource("share", str(tmp_path)) as source:
        reading = source.read(Partition("a.csv", 0, "a.csv"))
        next(reading)
        with path.open("a") as file:
            file.write(PEOPLE)
        (told,) = [each for each in reading if isinstance(each, Unread)]
        assert (told.status, told.reason[:7]) == (Status.PARTIAL, "changed")
        path.unlink()
        (gone,) = source.read(Partition("a.csv", 0, "a.csv"))
        assert isinstance(gone, Unread)
        assert gone.status == Status.FAILED


def test_read_again(tmp_path: Path) -> None:
    """A small file that changes while it is read is read once more, and told if it goes on."""
    path = tmp_path / "a.csv"
    busy = [1, 3]

    class Busy(LocalBackend):
        def open(self, at: str, info: dict[str, object]) -> BinaryIO:
            found = super().open(at, info)
            if busy[0]:
                busy[0] -= 1
                path.write_text(path.read_text() + f"{busy[0]},x\n")
            return found

    class BusySource(FileSource):
        backend = Busy

    told = []
    for times in busy.copy():
        busy[0] = times
        path.write_text(PEOPLE)
        with BusySource("share", str(tmp_path)) as source:
            read = list(source.read(Partition("a.csv", 0, "a.csv")))
        batches = [len(each.records) for each in read if isinstance(each, Batch)]
        told.append((batches, [each.reason[:7] for each in read if isinstance(each, Unread)]))
    assert told == [([3], []), ([4], ["changed"])]


def test_include_and_exclude(tmp_path: Path) -> None:
    """Patterns over paths choose what is read, inside archives too."""
    for name in ("人事/名簿.csv", "営業/顧客.csv", "営業/メモ.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PEOPLE)
    (tmp_path / "a.zip").write_bytes(_zipped({"x.csv": PEOPLE.encode(), "y.txt": b"y"}))
    assert set(_listed(tmp_path, include=("*.csv",), exclude=("/人事/**",))) == {
        "営業/顧客.csv",
        "a.zip!/x.csv",
    }


def test_nothing_is_said_of_anyone(tmp_path: Path) -> None:
    """Batches show no value when printed."""
    (tmp_path / "a.csv").write_text(PEOPLE)
    with FileSource("share", str(tmp_path)) as source:
        batch = next(source.read(Partition("a.csv", 0, "a.csv")))
    assert isinstance(batch, Batch)
    assert "山田" not in repr(batch)


def test_many_files(tmp_path: Path) -> None:
    """A thousand files in one folder take seconds, not minutes."""
    for number in range(1_000):
        (tmp_path / f"売上_{number}.csv").write_text(PEOPLE)
    assert len(_read(tmp_path, "売上_*.csv")[0]) == 2_000


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("100knocks/customer.csv", 21_971),
        ("100knocks/store.csv", 53),
        ("100knocks/receipt_SYNTH_40000.csv", 40_000),
        ("neg-localgov/localgovjp-sjis.csv", 1_916),
        ("neg-jfagy/JFAGY_sj.csv", 1_738),
    ],
)
def test_open_data(shared_data: Path, name: str, rows: int) -> None:
    """Files nobody here wrote are read to the last record, and nothing is missing."""
    folder, _, file = name.partition("/")
    records, unread = _read(shared_data / folder, file)
    assert (len(records), unread) == (rows, [])


def test_double_mark(shared_data: Path) -> None:
    """The first field of a file with two byte order marks is called what it is called."""
    found = _listed(shared_data / "100knocks")["category.csv"]
    assert isinstance(found, Dataset)
    assert found.fields[0].name == "category_major_cd"


def test_long_names(tmp_path: Path) -> None:
    """Names of 255 bytes, and paths longer than Windows' 260 characters, are read and written."""
    folder = tmp_path
    for _ in range(4):
        folder = folder / ("長" * 80)
        folder.mkdir()
    path = folder / ("名" * 83 + ".csv")
    path.write_text(PEOPLE)
    (name,) = _listed(tmp_path)
    assert _read(tmp_path, name) == (['{"row":1}', '{"row":2}'], [])
    with FileSource("share", str(tmp_path), Options(b"key")) as source:
        (found,) = source.fetch(name, ['{"row":2}'])
        assert isinstance(found, Fetched)
        version = str(found.versions[0].as_py())
        source.erase([Change(name, '{"row":2}', version, Action.ERASE)])
    assert path.read_text() == "番号,氏名\n1,山田太郎\n"


def test_a_top_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of a source that the account may not list is told in a sentence."""

    def denied(_self: LocalBackend, at: str) -> list[object]:
        raise PermissionError(13, "Permission denied", at)

    monkeypatch.setattr(LocalBackend, "listed", denied)
    (told,) = _listed(tmp_path).values()
    assert isinstance(told, Unread)
    assert (told.status, told.reason.partition(";")[0]) == (Status.FAILED, "permission denied")
    with FileSource("share", str(tmp_path)) as source, pytest.raises(Refused, match="let the scan"):
        source.check()
