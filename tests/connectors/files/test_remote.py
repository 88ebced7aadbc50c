"""Files on other machines: what is read from real servers, and what is said when they fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from connectors.errors import Refused, SourceError, Unreachable
from connectors.options import Options
from connectors.place import Batch, Dataset, Status, Unread
from connectors.registry import open_source
from tests.servers.cut import cutting
from tests.servers.rclone import SftpServer
from tests.servers.samba import SmbServer
from tests.servers.seaweed import S3Server

pytestmark = [pytest.mark.server, pytest.mark.slow]

SECRETS = ("s3cr3t", "p%40ss")
PEOPLE = "番号,氏名\n1,山田太郎\n2,佐藤花子\n"
ROWS = 500_000
LARGE = "番号,氏名\n" + "".join(f"{number},山田{number}\n" for number in range(ROWS))


@dataclass
class Far:
    """A server under test: how to put a file there, and URLs to it."""

    kind: str
    server: S3Server | SftpServer | SmbServer
    top: str

    def put(self, path: str, data: bytes) -> None:
        """Put a file there without Shozai."""
        if isinstance(self.server, S3Server):
            self.server.client.put_object(Bucket=self.top, Key=path, Body=data)
            return
        at = self.server.folder / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(data)

    def url(self, path: str = "", port: int | None = None) -> str:
        """Return the URL of a path."""
        below = "/".join(each for each in (self.top, path) if each)
        return self.server.url(below, port=port)

    def broken(self) -> dict[str, type[SourceError]]:
        """Return URLs that can't be opened, with what they raise."""
        if isinstance(self.server, S3Server):
            wrong = self.server.url(self.top, ("adminkey", "p@ss/s3cr3t"))
            unknown = self.server.url(self.top, ("nokey", "s3cr3t"))
        else:
            wrong = self.server.url(self.top, password="p@ss/s3cr3t")
            unknown = wrong
        return {
            wrong: Refused,
            unknown: Refused,
            self.url(port=1): Unreachable,
            self.url("nowhere"): Unreachable,
        }


@pytest.fixture(params=["s3", "sftp", "smb"])
def far(request: pytest.FixtureRequest) -> Iterator[Far]:
    """Give an empty place on a server of each kind."""
    server = request.getfixturevalue(f"{request.param}_server")
    top = server.bucket() if isinstance(server, S3Server) else ""
    yield Far(request.param, server, "share" if request.param == "smb" else top)
    if isinstance(server, SmbServer):
        _empty(server.folder)


def test_files_are_read(far: Far) -> None:
    """Folders are walked, Japanese names and contents are read, and the order is stable."""
    far.put("人事/名簿 2024.csv", PEOPLE.encode("cp932"))
    far.put("b.csv", PEOPLE.encode())
    far.put("人事/深い/~$a.xlsx", b"lock")
    assert _read(far.url()) == {
        "b.csv": 2,
        "人事/名簿 2024.csv": 2,
        "人事/深い/~$a.xlsx": Status.SKIPPED,
    }
    assert _read(far.url("人事")) == {"名簿 2024.csv": 2, "深い/~$a.xlsx": Status.SKIPPED}
    assert _read(far.url("人事/名簿 2024.csv")) == {"名簿 2024.csv": 2}


def test_fingerprint_tells_a_change(far: Far) -> None:
    """It is the same twice, and another once the file changed; what it rests on is said."""
    far.put("a.csv", PEOPLE.encode())
    first, again = _fingerprint(far), _fingerprint(far)
    far.put("a.csv", (PEOPLE + "3,x\n").encode())
    assert first == again != _fingerprint(far)
    assert first.startswith("etag:" if far.kind == "s3" else "size-time:")


def test_large_files_are_read_whole(far: Far) -> None:
    """What is larger than a block comes whole."""
    far.put("a.csv", LARGE.encode())
    assert _read(far.url()) == {"a.csv": ROWS}


def test_a_cut_connection_is_told(far: Far) -> None:
    """A file that breaks off is never a short one: it is partial, or failed, with the reason."""
    far.put("a.csv", LARGE.encode())
    with cutting(("127.0.0.1", far.server.port)) as proxy:
        url = far.url(port=proxy.port)
        if far.kind == "sftp":
            url = _known_as(url, far, proxy.port)
        with open_source("far", url, Options()) as source:
            (dataset,) = source.datasets()
            assert isinstance(dataset, Dataset)
            proxy.cut_after(4_500_000)
            read = list(source.read(dataset.partitions[0]))
        told = [each for each in read if isinstance(each, Unread)]
        assert sum(len(each.records) for each in read if isinstance(each, Batch)) < ROWS
        assert [each.status for each in told] in ([Status.PARTIAL], [Status.FAILED])
        # A driver that tries again meets a server that takes no more connections.
        assert "connection was lost" in told[0].reason or "can't be reached" in told[0].reason


def test_what_fails_is_told_in_a_sentence(far: Far) -> None:
    """Wrong passwords, hosts and paths are told apart, without a secret."""
    for url, kind in far.broken().items():
        with pytest.raises(kind) as failure, open_source("far", url, Options()) as source:
            source.check()
        said = str(failure.value)
        assert said.endswith(".")
        assert not any(secret in said for secret in SECRETS)
        assert failure.value.__cause__ is None


def test_unknown_server_gets_no_password(sftp_server: SftpServer) -> None:
    """An SFTP server whose key nobody knows is refused before it hears anything."""
    url = sftp_server.url().partition("?")[0]
    with pytest.raises(Refused, match="key isn't known"), open_source("far", url) as source:
        source.check()


def test_other_protocols_are_untested() -> None:
    """What else fsspec opens is read, and said to be untested."""
    import fsspec

    fsspec.filesystem("memory").pipe_file("/share/a.csv", PEOPLE.encode())
    with open_source("far", "memory://share") as source:
        assert source.tested_against == ""
        assert "untested" in source.check()
    assert _read("memory://share") == {"a.csv": 2}


def test_who_can_open_it(sftp_server: SftpServer, smb_server: SmbServer) -> None:
    """Modes are told over SFTP, access lists over SMB."""
    for folder, url in (
        (sftp_server.folder, sftp_server.url()),
        (smb_server.folder, smb_server.url("share")),
    ):
        (folder / "a.csv").write_text(PEOPLE)
        (folder / "a.csv").chmod(0o644)
        with open_source("far", url) as source:
            (dataset,) = source.datasets()
        assert isinstance(dataset, Dataset)
        assert dataset.access.everyone is True
    _empty(smb_server.folder)


def _read(url: str) -> dict[str, int | Status]:
    """Return each dataset's records, or how what isn't one ended."""
    found: dict[str, int | Status] = {}
    with open_source("far", url, Options(b"key")) as source:
        for each in source.datasets():
            if isinstance(each, Unread):
                found[each.dataset] = each.status
                continue
            for batch in source.read(each.partitions[0]):
                assert isinstance(batch, Batch)
                found[each.name] = int(found.get(each.name, 0)) + len(batch.records)
    return found


def _fingerprint(far: Far) -> str:
    with open_source("far", far.url(), Options(b"key")) as source:
        (dataset,) = source.datasets()
    assert isinstance(dataset, Dataset)
    return str(dataset.fingerprint)


def _known_as(url: str, far: Far, port: int) -> str:
    """Know the server's key under the proxy's port too."""
    assert isinstance(far.server, SftpServer)
    known = far.server.known_hosts
    known.write_text(known.read_text().replace(f":{far.server.port} ", f":{port} "))
    return url


def _empty(folder: Path) -> None:
    import shutil

    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
