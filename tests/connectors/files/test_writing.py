"""Files written again on this machine: exactly what was named, in one step, or not at all."""

from __future__ import annotations

import fcntl
import gzip
import io
import os
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from connectors.change import Action, Change, Fetched, Intent, Outcome, Receipt, Refusal, Why
from connectors.files import FileSource
from connectors.options import Options
from connectors.place import Dataset

PEOPLE = "番号,氏名\r\n1,山田太郎\r\n2,佐藤花子\r\n3,髙橋健\r\n"
LEFT = "番号,氏名\r\n1,山田太郎\r\n3,髙橋健\r\n"
SECOND = '{"row":2}'


def source(folder: Path) -> FileSource:
    """Open a folder."""
    return FileSource("share", str(folder), Options(b"key"))


def fetched(folder: Path, dataset: str, record: str) -> str:
    """Return a record's version."""
    with source(folder) as share:
        (found,) = share.fetch(dataset, [record])
    assert isinstance(found, Fetched)
    return str(found.versions[0].as_py())


def erasing(folder: Path, dataset: str = "a.csv", record: str = SECOND) -> Change:
    """Return the change that erases a record."""
    return Change(dataset, record, fetched(folder, dataset, record), Action.ERASE)


def why(told: list[Receipt | Refusal]) -> list[Why]:
    """Return what was refused; nothing may have been done."""
    assert all(isinstance(each, Refusal) for each in told)
    return [each.why for each in told if isinstance(each, Refusal)]


def names(folder: Path) -> list[str]:
    """List a folder, hidden files too."""
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one file of people in CP932."""
    (tmp_path / "a.csv").write_bytes(PEOPLE.encode("cp932"))
    return tmp_path


def test_fetch_as_they_stand(folder: Path) -> None:
    """Records come as they are now, with a version each; one that is gone is told."""
    with source(folder) as share:
        found, gone = share.fetch("a.csv", [SECOND, '{"row":9}'])
    assert isinstance(found, Fetched)
    assert found.records.to_pylist() == [SECOND]
    assert found.values.to_pylist() == [{"番号": "2", "氏名": "佐藤花子"}]
    assert isinstance(gone, Refusal)
    assert gone.why is Why.GONE
    assert "佐藤" not in repr(found)


def test_one_file_of_many(tmp_path: Path) -> None:
    """A record of a dataset of many files is found in its own, and only that is written."""
    for number in range(5):
        (tmp_path / f"売上_{number}.csv").write_text(PEOPLE)
    record = '{"file":"売上_3.csv","row":2}'
    change = erasing(tmp_path, "売上_*.csv", record)
    with source(tmp_path) as share, share.writing([change]) as work:
        assert [each.unit for each in work.intents] == ["売上_3.csv"]
        (receipt,) = work.commit()
    assert (receipt.unit, receipt.record) == ("売上_3.csv", record)
    rows = [(tmp_path / f"売上_{number}.csv").read_text().count("\n") for number in range(5)]
    assert rows == [4, 4, 4, 3, 4]


def test_erase(folder: Path) -> None:
    """Exactly one record is gone, every other byte is as it was; nothing is left beside it."""
    change = erasing(folder)
    with source(folder) as share, share.writing([change]) as work:
        assert (folder / "a.csv").read_bytes() == PEOPLE.encode("cp932")
        (intent,) = work.intents
        (receipt,) = work.commit()
    assert (folder / "a.csv").read_bytes() == LEFT.encode("cp932")
    assert names(folder) == ["a.csv"]
    (count,) = intent.counts
    assert (count.all, count.target, count.other) == (2, 0, 2)
    assert (receipt.outcome, receipt.before, receipt.after) == (Outcome.DONE, change.version, None)
    assert intent.before == change.version.partition(":")[0] != intent.after


def test_correct(folder: Path) -> None:
    """A value is written in the file's own encoding; the receipt's version is what fetch says."""
    change = Change(
        "a.csv", SECOND, fetched(folder, "a.csv", SECOND), Action.CORRECT, {"氏名": "佐藤華子"}
    )
    with source(folder) as share:
        (receipt,) = share.correct([change])
    assert (folder / "a.csv").read_bytes() == PEOPLE.replace("花子", "華子").encode("cp932")
    assert isinstance(receipt, Receipt)
    assert receipt.after == fetched(folder, "a.csv", SECOND)


def test_compressed(tmp_path: Path) -> None:
    """A compressed file is packed again under its own name and time, and that is said."""
    packed = io.BytesIO()
    with gzip.GzipFile(
        "名簿.csv".encode().decode("latin-1"), "wb", fileobj=packed, mtime=7
    ) as file:
        file.write(PEOPLE.encode())
    (tmp_path / "a.csv.gz").write_bytes(packed.getvalue())
    with source(tmp_path) as share:
        (receipt,) = share.erase([erasing(tmp_path, "a.csv.gz")])
    raw = (tmp_path / "a.csv.gz").read_bytes()
    assert gzip.decompress(raw) == LEFT.encode()
    assert raw[4:8] == (7).to_bytes(4, "little")
    assert isinstance(receipt, Receipt)
    assert receipt.sentence == "packed anew"


def test_again(folder: Path) -> None:
    """With the first try's intent the second says it is done already, and writes nothing."""
    change = erasing(folder)
    with source(folder) as share, share.writing([change]) as work:
        intents = work.intents
        work.commit()
    before = (folder / "a.csv").stat()
    with source(folder) as share, share.writing([change], intents) as work:
        assert work.intents == ()
        (receipt,) = work.commit()
    assert receipt.outcome is Outcome.ALREADY
    assert (folder / "a.csv").stat().st_ino == before.st_ino


def test_changed_since(folder: Path) -> None:
    """A file that is another than when it was fetched is refused, whichever row changed."""
    change = erasing(folder)
    text = PEOPLE.replace("太郎", "次郎").encode("cp932")
    (folder / "a.csv").write_bytes(text)
    with source(folder) as share:
        assert why(share.erase([change])) == [Why.CHANGED]
    assert (folder / "a.csv").read_bytes() == text


def test_changed_before_the_swap(folder: Path) -> None:
    """So is one that changes between preparing and the last step."""
    change = erasing(folder)
    with source(folder) as share, share.writing([change]) as work:
        with (folder / "a.csv").open("ab") as file:
            file.write(b"4,x\r\n")
        assert work.commit() == []
        assert [each.why for each in work.refused] == [Why.CHANGED]
    assert (folder / "a.csv").read_bytes() == PEOPLE.encode("cp932") + b"4,x\r\n"
    assert names(folder) == ["a.csv"]


def test_not_committed(folder: Path) -> None:
    """Whoever leaves without the last step leaves nothing behind."""
    with source(folder) as share, share.writing([erasing(folder)]):
        assert len(names(folder)) == 2
    assert names(folder) == ["a.csv"]
    assert (folder / "a.csv").read_bytes() == PEOPLE.encode("cp932")


def test_one_refusal_holds_its_file_only(folder: Path) -> None:
    """Of two files one has a record that is gone: it stays as it is, and the other is written."""
    (folder / "b.csv").write_text(PEOPLE)
    good = erasing(folder, "b.csv")
    there = erasing(folder)
    gone = Change("a.csv", '{"row":9}', there.version, Action.ERASE)
    with source(folder) as share:
        told = share.erase([there, gone, good])
    assert [each.dataset for each in told if isinstance(each, Receipt)] == ["b.csv"]
    assert Why.GONE in [each.why for each in told if isinstance(each, Refusal)]
    assert (folder / "a.csv").read_bytes() == PEOPLE.encode("cp932")


def test_owner_and_rights_stay(folder: Path) -> None:
    """Mode, owner, attributes and access list are the old file's."""
    path = folder / "a.csv"
    path.chmod(0o640)
    if os.getuid() == 0:
        os.chown(path, 65534, 65534)
    os.setxattr(path, "user.note", b"kept")
    has_list = _grant(path, 12345)
    with source(folder) as share:
        share.erase([erasing(folder)])
    found = path.stat()
    assert found.st_mode & 0o7777 == 0o640
    assert os.getuid() != 0 or (found.st_uid, found.st_gid) == (65534, 65534)
    assert os.getxattr(path, "user.note") == b"kept"
    if has_list:
        with source(folder) as share:
            (dataset,) = share.datasets()
        assert isinstance(dataset, Dataset)
        assert "user:12345" in dataset.access.groups


def _grant(path: Path, user: int) -> bool:
    """Let one more user read a file; say whether its file system has such lists."""
    none = 0xFFFFFFFF
    entries = [(1, 6, none), (2, 4, user), (4, 4, none), (16, 4, none), (32, 0, none)]
    raw = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries)
    try:
        os.setxattr(path, "system.posix_acl_access", raw)
    except OSError:
        return False
    return True


def test_hard_links_are_refused(folder: Path) -> None:
    """A file with a second name isn't replaced: the other name would keep the record."""
    change = erasing(folder)
    (folder / "b.csv").hardlink_to(folder / "a.csv")
    with source(folder) as share:
        assert why(share.erase([change])) == [Why.UNSAFE_STORE]
    assert names(folder) == ["a.csv", "b.csv"]


def test_links_are_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a link leads to is written; the link stays a link."""
    outside = tmp_path_factory.mktemp("outside") / "real.csv"
    shutil.move(folder / "a.csv", outside)
    (folder / "a.csv").symlink_to(outside)
    with source(folder) as share:
        (receipt,) = share.erase([erasing(folder)])
    assert isinstance(receipt, Receipt)
    assert (folder / "a.csv").is_symlink()
    assert outside.read_bytes() == LEFT.encode("cp932")
    assert names(outside.parent) == ["real.csv"]


@pytest.mark.parametrize("lock", [fcntl.flock, fcntl.lockf])
def test_locked(folder: Path, lock: object) -> None:
    """A file that another program has locked is told, and left."""
    change = erasing(folder)
    ready, done = folder / "ready", folder / "done"
    name = "flock" if lock is fcntl.flock else "lockf"
    code = (
        f"import fcntl, pathlib, time\nfile = open({str(folder / 'a.csv')!r}, 'r+b')\n"
        f"fcntl.{name}(file, fcntl.LOCK_EX)\npathlib.Path({str(ready)!r}).touch()\n"
        f"while not pathlib.Path({str(done)!r}).exists(): time.sleep(0.01)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as holder:
        while not ready.exists():
            assert holder.poll() is None
        with source(folder) as share:
            assert why(share.erase([change])) == [Why.LOCKED]
        done.touch()
    assert (folder / "a.csv").read_bytes() == PEOPLE.encode("cp932")


def test_by_hand(folder: Path) -> None:
    """What lies in an archive, or is of a format nobody can cut, is told with the reason."""
    with zipfile.ZipFile(folder / "z.zip", "w") as packed:
        packed.writestr("名簿.csv", PEOPLE)
    (folder / "a.eml").write_text("From: a@example.jp\nTo: b@example.jp\nSubject: x\n\nbody\n")
    member = erasing(folder, "z.zip!/名簿.csv")
    mail = erasing(folder, "a.eml", '{"part":"header"}')
    with source(folder) as share:
        told = share.erase([member, mail])
    assert why(told) == [Why.BY_HAND, Why.BY_HAND]
    assert "archive" in str(told[0].sentence)
    assert names(folder) == ["a.csv", "a.eml", "z.zip"]


def test_a_document_keeps_its_places(tmp_path: Path) -> None:
    """A paragraph to be erased is emptied, and told so; the others keep their numbers."""
    document = docx.Document()
    for text in ("応募書類", "山田太郎", "以上"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    change = erasing(tmp_path, "a.docx", '{"part":2}')
    with source(tmp_path) as share, share.writing([change]) as work:
        ((count,),) = (each.counts for each in work.intents)
        (receipt,) = work.commit()
    assert (count.target, count.all - count.other) == (0, 0)
    assert (receipt.action, receipt.outcome) == (Action.BLANK, Outcome.DONE)
    texts = [each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert texts == ["応募書類", "", "以上"]


@pytest.fixture
def someone(folder: Path) -> Iterator[Path]:
    """Become an account that isn't root, in a folder that anyone can enter."""
    open_to_all = Path(tempfile.mkdtemp(prefix="shozai-"))
    open_to_all.chmod(0o755)
    shutil.copy(folder / "a.csv", open_to_all)
    (open_to_all / "a.csv").chmod(0o644)
    if os.getuid() == 0:
        os.seteuid(65534)
    yield open_to_all
    if os.getuid() == 0:
        os.seteuid(0)
    open_to_all.chmod(0o755)
    shutil.rmtree(open_to_all)


def test_read_only(someone: Path) -> None:
    """An account that may read and not write fetches, and is refused for want of a right."""
    if os.getuid() != 0:
        someone.chmod(0o555)
    with source(someone) as share:
        assert why(share.erase([erasing(someone)])) == [Why.NO_RIGHT]
    assert names(someone) == ["a.csv"]


def test_no_room(folder: Path) -> None:
    """Without room for the new file the old one stays, and nothing is left of the new one."""
    lines = "".join(f"{number},{'x' * 90}\n" for number in range(5_000))
    (folder / "a.csv").write_text("番号,氏名\n" + lines)
    change = erasing(folder)
    before = (folder / "a.csv").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with source(folder) as share:
            told = share.erase([change])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert why(told) == [Why.UNSAFE_STORE]
    assert "no room" in str(told[0].sentence)
    assert (folder / "a.csv").read_bytes() == before
    assert names(folder) == ["a.csv"]


CHILD = """
import os, signal, sys
from pathlib import Path
from connectors.change import Action, Change
from connectors.files import FileSource
from connectors.options import Options

folder, version, when = sys.argv[1:]
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
seen = []

def hook(event, arguments):
    if event == "os.rename":
        seen.append(event)
        if when == "before":
            die()
    elif event == "open" and seen:
        die()

change = Change("a.csv", '{"row":2}', version, Action.ERASE)
with FileSource("share", folder, Options(b"key")) as share, share.writing([change]) as work:
    one = work.intents[0]
    print(one.before, one.after, flush=True)
    sys.addaudithook(hook)
    work.commit()
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed(folder: Path, when: str) -> None:
    """Killed before or right after the swap, it goes on: the end is that of an unbroken run."""
    change = erasing(folder)
    command = [sys.executable, "-c", CHILD, str(folder), change.version, when]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    before, after = done.stdout.split()
    intent = Intent("a.csv", before, after, ())
    swapped = when == "after"
    assert ((folder / "a.csv").read_bytes() == LEFT.encode("cp932")) is swapped
    with source(folder) as share, share.writing([change], [intent]) as work:
        (receipt,) = work.commit()
    assert receipt.outcome is (Outcome.ALREADY if swapped else Outcome.DONE)
    assert (folder / "a.csv").read_bytes() == LEFT.encode("cp932")
    assert names(folder) == ["a.csv"]


def test_a_draft_is_no_data(folder: Path) -> None:
    """What a killed process left is told as hidden, and isn't read."""
    with source(folder) as share, share.writing([erasing(folder)]):
        with source(folder) as other:
            found = [each for each in other.datasets() if isinstance(each, Dataset)]
        assert [each.name for each in found] == ["a.csv"]


def test_fingerprint_of_content(folder: Path) -> None:
    """It sees a change that keeps size and time; without a change it stays."""
    path = folder / "a.csv"
    found = path.stat()
    with source(folder) as share:
        (dataset,) = share.datasets()
        assert isinstance(dataset, Dataset)
        first, again = (share.fingerprint(dataset.partitions[0]) for _ in range(2))
        path.write_bytes(PEOPLE.replace("1,", "9,").encode("cp932"))
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        after = share.fingerprint(dataset.partitions[0])
    assert first == again != after
    assert str(first).startswith("content:")


def test_access_times_stay(folder: Path) -> None:
    """Reading a file leaves the time it was last read as it is."""
    path = folder / "a.csv"
    os.utime(path, (1_000_000_000, 2_000_000_000))
    with source(folder) as share:
        (dataset,) = share.datasets()
        assert isinstance(dataset, Dataset)
        list(share.read(dataset.partitions[0]))
        share.fingerprint(dataset.partitions[0])
    assert path.stat().st_atime == 1_000_000_000
