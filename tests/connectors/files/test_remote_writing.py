"""Files on other machines written again: in one step where the server has one, else not at all."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest
import smbclient

from connectors.change import Action, Change, Fetched, Outcome, Receipt, Refusal, Why
from connectors.files.remote import S3Source, SftpSource, SmbSource
from connectors.files.source import FileSource
from connectors.options import Options
from tests.servers.cut import Proxy
from tests.servers.rclone import SftpServer
from tests.servers.samba import PASSWORD, SmbServer
from tests.servers.seaweed import READER, S3Server
from tests.servers.sshd import SshServer

pytestmark = [pytest.mark.server, pytest.mark.slow]

PEOPLE = "番号,氏名\r\n1,山田太郎\r\n2,佐藤花子\r\n3,髙橋健\r\n".encode("cp932")
LEFT = "番号,氏名\r\n1,山田太郎\r\n3,髙橋健\r\n".encode("cp932")
SECOND = '{"row":2}'
DATASET = "人事/a.csv"
KINDS: dict[str, type[FileSource]] = {
    "s3": S3Source,
    "sftp": SftpSource,
    "ssh": SftpSource,
    "smb": SmbSource,
}


@dataclass
class Far:
    """A server with one file of people, looked at without Shozai."""

    source: FileSource
    server: S3Server | SftpServer | SshServer | SmbServer
    top: str = ""

    def put(self, data: bytes) -> None:
        """Write the file."""
        if isinstance(self.server, S3Server):
            self.server.client.put_object(
                Bucket=self.top, Key=DATASET, Body=data, ContentType="text/csv", Metadata={"a": "b"}
            )
            return
        at = self.server.folder / DATASET
        at.parent.mkdir(exist_ok=True)
        at.write_bytes(data)

    def now(self) -> bytes:
        """Read the file."""
        if isinstance(self.server, S3Server):
            found = self.server.client.get_object(Bucket=self.top, Key=DATASET)
            return bytes(found["Body"].read())
        return (self.server.folder / DATASET).read_bytes()

    def names(self) -> list[str]:
        """List what lies beside it."""
        if isinstance(self.server, S3Server):
            found = self.server.client.list_objects_v2(Bucket=self.top).get("Contents", [])
            return [each["Key"].rpartition("/")[2] for each in found]
        return [each.name for each in (self.server.folder / DATASET).parent.iterdir()]

    def through(self, port: int) -> str:
        """Return the URL by way of a proxy's port, under which the server's key is known too."""
        known = {SftpServer: "known_hosts", SshServer: "notes"}.get(type(self.server))
        if known:
            file = getattr(self.server, known)
            file = file / "known_hosts" if file.is_dir() else file
            told = file.read_text()
            file.write_text(told + told.replace(f":{self.server.port} ", f":{port} "))
        if isinstance(self.server, S3Server):
            return self.server.url(self.top, port=port)
        if isinstance(self.server, SmbServer):
            return self.server.url("share", port=port)
        return self.server.url(port=port)

    def erasing(self) -> Change:
        """Fetch the record and return the change that erases it."""
        (found,) = self.source.fetch(DATASET, [SECOND])
        assert isinstance(found, Fetched)
        return Change(DATASET, SECOND, str(found.versions[0].as_py()), Action.ERASE)


@pytest.fixture
def share(smb_server: SmbServer) -> Iterator[SmbServer]:
    """Give Samba's share, which is one for all tests, with an empty folder in it."""
    (smb_server.folder / "人事").mkdir()
    yield smb_server
    rmtree(smb_server.folder / "人事")


@pytest.fixture(params=list(KINDS))
def far(request: pytest.FixtureRequest) -> Iterator[Far]:
    """Give a server of each kind with the file on it."""
    name = "share" if request.param == "smb" else f"{request.param}_server"
    server = request.getfixturevalue(name)
    top = server.bucket() if request.param == "s3" else ""
    url = server.url({"s3": top, "smb": "share"}.get(request.param, ""))
    with KINDS[request.param]("far", url, Options(b"key")) as source:
        made = Far(source, server, top)
        made.put(PEOPLE)
        yield made


def test_erase_and_again(far: Far) -> None:
    """One record goes, every other byte stays, nothing is left beside it; again is already."""
    change = far.erasing()
    with far.source.writing([change]) as work:
        assert far.now() == PEOPLE
        assert work.refused == ()
        intents = work.intents
        (receipt,) = work.commit()
    assert work.refused == ()
    assert receipt.outcome is Outcome.DONE
    assert far.now() == LEFT
    assert far.names() == ["a.csv"]
    with far.source.writing([change], intents) as work:
        (again,) = work.commit()
    assert again.outcome is Outcome.ALREADY


def test_changed_before_the_swap(far: Far) -> None:
    """A file that another writes between preparing and the last step stays as that left it."""
    with far.source.writing([far.erasing()]) as work:
        far.put(PEOPLE + b"4,x\r\n")
        assert work.commit() == []
        assert [each.why for each in work.refused] == [Why.CHANGED]
    assert far.now() == PEOPLE + b"4,x\r\n"
    assert far.names() == ["a.csv"]


def test_a_connection_cut_while_the_new_file_is_sent(far: Far) -> None:
    """The old file stays to the byte, a sentence says so, and the next try takes what was left."""
    data = PEOPLE + b"".join(b"%d,%s\r\n" % (at, b"x" * 90) for at in range(4, 40_000))
    far.put(data)
    with closing(_Sent(("127.0.0.1", far.server.port))) as proxy:
        with type(far.source)("far", far.through(proxy.port), Options(b"key")) as source:
            change = Far(source, far.server, far.top).erasing()
            proxy.cut_after(2_000_000)
            with source.writing([change]) as work:
                assert work.commit() == []
        (refused,) = work.refused
    assert refused.why is Why.UNSAFE_STORE
    assert refused.sentence.endswith(".")
    assert far.now() == data
    with far.source.writing([change], work.intents) as work:
        (receipt,) = work.commit()
    assert receipt.outcome is Outcome.DONE
    assert far.now() == data.replace("2,佐藤花子\r\n".encode("cp932"), b"")
    assert far.names() == ["a.csv"]


class _Sent(Proxy):
    """Counts what is sent to the server, not what comes from it."""

    def _pump(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        super()._pump(one, other, not counted)


def test_s3_keeps_what_an_object_says_of_itself(s3_server: S3Server) -> None:
    """Type, metadata and tags of an object are those of the old one."""
    far = _bucket(s3_server)
    at = {"Bucket": far.top, "Key": DATASET}
    s3_server.client.put_object_tagging(**at, Tagging={"TagSet": [{"Key": "部", "Value": "人事"}]})
    far.source.erase([far.erasing()])
    head = s3_server.client.head_object(**at)
    assert (head["ContentType"], head["Metadata"]) == ("text/csv", {"a": "b"})
    tags = s3_server.client.get_object_tagging(**at)["TagSet"]
    assert tags == [{"Key": "部", "Value": "人事"}]


@pytest.mark.parametrize("purge", [False, True])
def test_s3_versions(s3_server: S3Server, purge: bool) -> None:
    """The version that was replaced stays and is told, or goes when that is asked for."""
    far = _bucket(s3_server, versions=True)
    with far.source.writing([far.erasing()]) as work:
        (receipt,) = work.commit(purge=purge)
    found = s3_server.client.list_object_versions(Bucket=far.top)
    kept = [each for each in found["Versions"] if each["Key"] == DATASET]
    assert len(kept) == (1 if purge else 2)
    assert ("keeps the old version" in receipt.sentence) is not purge
    assert far.now() == LEFT


def test_s3_reader_may_not_write(s3_server: S3Server) -> None:
    """Keys that may only read fetch, and are refused for want of a right."""
    far = _bucket(s3_server)
    with S3Source("far", s3_server.url(far.top, READER), Options(b"key")) as source:
        (found,) = source.fetch(DATASET, [SECOND])
        assert isinstance(found, Fetched)
        (told,) = source.erase([far.erasing()])
    assert isinstance(told, Refusal)
    assert told.why is Why.NO_RIGHT
    assert far.now() == PEOPLE


def test_s3_public(s3_server: S3Server) -> None:
    """A bucket whose policy lets anyone read is public; without a policy it isn't."""
    from json import dumps

    from connectors.place import Dataset

    far = _bucket(s3_server)
    seen = []
    for _ in range(2):
        with S3Source("far", s3_server.url(far.top), Options(b"key")) as source:
            (dataset,) = source.datasets()
        assert isinstance(dataset, Dataset)
        assert dataset.access.owner == "adminkey"
        seen.append(dataset.access.public)
        rule = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{far.top}/*",
        }
        policy = dumps({"Version": "2012-10-17", "Statement": [rule]})
        s3_server.client.put_bucket_policy(Bucket=far.top, Policy=policy)
    assert seen == [False, True]


def test_careless_s3_is_not_written_to(careless_s3: S3Server, tmp_path: Path) -> None:
    """A server that overwrites whatever the condition says is found out, and left as it is."""
    (tmp_path / "bucket" / "人事").mkdir(parents=True)
    (tmp_path / "bucket" / DATASET).write_bytes(PEOPLE)
    with S3Source("far", careless_s3.url("bucket"), Options(b"key")) as source:
        (told,) = source.erase([Far(source, careless_s3, "bucket").erasing()])
    assert isinstance(told, Refusal)
    assert told.why is Why.UNSAFE_STORE
    assert (tmp_path / "bucket" / DATASET).read_bytes() == PEOPLE
    assert [each.name for each in (tmp_path / "bucket" / "人事").iterdir()] == ["a.csv"]


def test_smb_held_open(share: SmbServer) -> None:
    """A file that another program has open on a share is told as locked."""
    (share.folder / DATASET).write_bytes(PEOPLE)
    import getpass

    how = {"username": getpass.getuser(), "password": PASSWORD, "port": share.port}
    path = r"\\127.0.0.1\share\人事\a.csv"
    with SmbSource("far", share.url("share"), Options(b"key")) as source:
        change = Far(source, share).erasing()
        with smbclient.open_file(path, "rb", share_access="r", connection_cache={}, **how):
            (told,) = source.erase([change])
        assert isinstance(told, Refusal)
        assert told.why is Why.LOCKED
        (told,) = source.erase([change])
        assert isinstance(told, Receipt)


def test_smb_read_only_share(share: SmbServer) -> None:
    """A share for reading only is read, and refused for want of a right."""
    (share.folder / DATASET).write_bytes(PEOPLE)
    with SmbSource("far", share.url("closed"), Options(b"key")) as source:
        (told,) = source.erase([Far(source, share).erasing()])
    assert isinstance(told, Refusal)
    assert told.why is Why.NO_RIGHT


def test_smb_offline_is_not_called_back() -> None:
    """A file marked as being elsewhere is told so (Samba itself keeps no such mark)."""
    from connectors.files.smb import _info

    marks = {"archive": 0x20, "offline": 0x1000, "open": 0x40000, "data": 0x400000}
    told = {name: _info("/a", 1, 0.0, mark, is_folder=False) for name, mark in marks.items()}
    assert {name: each["offline"] for name, each in told.items()} == {
        "archive": False,
        "offline": True,
        "open": True,
        "data": True,
    }


def test_sftp_keeps_the_mode(ssh_server: SshServer) -> None:
    """The new file has the old one's rights."""
    far = Far(SftpSource("far", ssh_server.url(), Options(b"key")), ssh_server)
    far.put(PEOPLE)
    (ssh_server.folder / DATASET).chmod(0o640)
    with far.source as source:
        source.erase([far.erasing()])
    assert (ssh_server.folder / DATASET).stat().st_mode & 0o7777 == 0o640
    assert far.now() == LEFT


def _bucket(server: S3Server, *, versions: bool = False) -> Far:
    top = server.bucket()
    if versions:
        server.client.put_bucket_versioning(
            Bucket=top, VersioningConfiguration={"Status": "Enabled"}
        )
    made = Far(S3Source("far", server.url(top), Options(b"key")), server, top)
    made.put(PEOPLE)
    return made
