"""Archives, made with zipfile, pyzipper, tarfile and gzip."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
from pyzipper import WZ_AES, AESZipFile

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers import member
from connectors.readers.archive import members
from connectors.readers.base import Gap
from connectors.readers.gzipped import gunzip
from connectors.readers.member import Member, Sealed


class WindowsName(zipfile.ZipInfo):
    """A name in code page 932 without a word about it, as Japanese Windows writes them."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # zipfile's own name
        return self.filename.encode("cp932"), self.flag_bits


class MacName(zipfile.ZipInfo):
    """A decomposed name in UTF-8 without the flag, as macOS writes them."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # zipfile's own name
        return self.filename.encode(), self.flag_bits


def zipped(*files: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """Zip files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def opened(data: bytes) -> dict[str, bytes]:
    """Return all members' content by name."""
    found = {}
    for one in members(io.BytesIO(data)):
        assert isinstance(one, Member)
        with one.open() as content:
            found[one.name] = content.read()
            assert len(found[one.name]) == one.size
    return found


@pytest.mark.parametrize("name", ["名簿.csv", "表示/ソート能力.csv", "ａ①髙.csv"])
@pytest.mark.parametrize("kind", [str, WindowsName, MacName])
def test_japanese_names_come_out_readable(kind: type, name: str) -> None:
    """A name is read as written by Windows, by macOS and by whoever sets the UTF-8 flag."""
    assert opened(zipped((kind(name), b"x"))) == {name: b"x"}


def test_names_are_tidy() -> None:
    """Names are NFC with ``/``; folders are left out; a second file of a name is ``#2``."""
    infos = ["か\u3099/a.csv", "/b.csv", "./c/", "d\\e.csv"]
    data = zipped(*[(WindowsName(name) if "\\" in name else name, b"1") for name in infos])
    assert list(opened(data)) == ["が/a.csv", "b.csv", "d/e.csv"]
    with pytest.warns(UserWarning, match="Duplicate"):
        assert list(opened(zipped(("a", b"1"), ("a", b"2")))) == ["a", "a#2"]


def test_encrypted_members_are_told() -> None:
    """A member under a password is sealed, the others aren't."""
    file = io.BytesIO()
    with AESZipFile(file, "w") as archive:
        archive.writestr("open.csv", "x")
        archive.setpassword(b"p")
        archive.setencryption(WZ_AES)
        archive.writestr("秘密.csv", "x")
    first, second = members(io.BytesIO(file.getvalue()))
    assert isinstance(first, Member)
    assert isinstance(second, Sealed)
    assert (second.name, second.gap) == ("秘密.csv", Gap(Status.SKIPPED, "encrypted"))


def test_a_bomb_is_not_unpacked() -> None:
    """A member that grows beyond all measure is told, not unpacked."""
    [bomb] = members(io.BytesIO(zipped(("zeros", bytes(100_000_000)))))
    assert isinstance(bomb, Sealed)
    assert "like a bomb" in bomb.gap.reason


def test_overlapping_members_are_damage() -> None:
    """Members that share their bytes, as only a bomb's do, are refused together."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a", b"x" * 10_000)
        [info] = archive.filelist
        archive.filelist += [info] * 99
    with pytest.raises(Damaged, match="overlap"):
        list(members(io.BytesIO(file.getvalue())))


def test_an_unknown_method_is_told() -> None:
    """A member packed in a way that can't be unpacked here is sealed with the reason."""
    data = bytearray(zipped(("a.csv", b"x")))
    at = data.index(b"PK\x01\x02")
    data[at + 10 : at + 12] = (9).to_bytes(2, "little")
    [one] = members(io.BytesIO(bytes(data)))
    assert isinstance(one, Sealed)
    assert "method 9" in one.gap.reason


def test_a_large_member_lies_in_a_file_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is unpacked beyond memory has no name on disk, so nothing can be left behind."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    [one] = members(io.BytesIO(zipped(("a", os.urandom(member.MEMORY + 1)))))
    assert isinstance(one, Member)
    with one.open() as content:
        assert content.seek(0, io.SEEK_END) == member.MEMORY + 1
        assert list(tmp_path.iterdir()) == []


def test_a_tar_is_read_compressed_or_not() -> None:
    """A tar's files are read like a ZIP's, its links and folders are left out."""
    for mode in ("w", "w:gz", "w:xz"):
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode=mode) as archive:
            info = tarfile.TarInfo("営業/名簿.csv")
            info.size = 3
            archive.addfile(info, io.BytesIO(b"abc"))
            link = tarfile.TarInfo("passwd")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
        assert opened(file.getvalue()) == {"営業/名簿.csv": b"abc"}


def test_a_gzip_is_read_as_the_file_it_is() -> None:
    """A gzip reads, seeks and ends like the file inside, and leaves its own file open."""
    packed = io.BytesIO(gzip.compress("氏名\n山田\n".encode()))
    with gunzip(packed) as file:
        assert file.readline() == "氏名\n".encode()
        assert file.seek(0) == 0
        assert file.read().decode() == "氏名\n山田\n"
        assert file.seek(0, io.SEEK_END) == 14
    assert not packed.closed


def test_a_cut_gzip_is_damaged() -> None:
    """Reading a gzip that was cut raises ``Damaged``, after what could be read."""
    packed = gzip.compress(os.urandom(10_000))
    with pytest.raises(Damaged, match="gzip"):
        gunzip(io.BytesIO(packed[:5000])).read()
    with pytest.raises(Damaged, match="gzip"):
        gunzip(io.BytesIO(b"no gzip")).read()


def test_broken_archives_are_damaged_and_nothing_else() -> None:
    """However a ZIP is cut and changed, it reads, is sealed or is damaged."""
    whole = zipped((WindowsName("名簿.csv"), b"x" * 500), ("b", b"y"))
    for seed in range(500):
        chance = random.Random(seed)  # noqa: S311  # repeatable
        data = bytearray(whole)
        for _ in range(3):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            for one in members(io.BytesIO(bytes(data[: chance.choice([len(data), 300])]))):
                if isinstance(one, Member):
                    one.open().close()
        except Damaged:
            continue
