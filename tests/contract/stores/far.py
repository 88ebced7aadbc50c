"""CSV files on other machines as the contract sees them: S3, SFTP and SMB, by real servers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import rmtree

import pytest

from tests.contract.stores.base import Row, Store
from tests.contract.stores.folder import CsvStore
from tests.servers import sshd
from tests.servers.seaweed import S3Server

_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


def sftp(request: pytest.FixtureRequest, folder: Path) -> Store:
    """Serve the folder by OpenSSH."""
    notes = folder.parent / "notes"
    notes.mkdir()
    serving = sshd.running(folder, notes)
    server = serving.__enter__()
    request.addfinalizer(lambda: serving.__exit__(None, None, None))
    return ServedStore(request, folder, server.url())


def smb(request: pytest.FixtureRequest, _folder: Path) -> Store:
    """Give a folder of a share of Samba's."""
    server = request.getfixturevalue("smb_server")
    folder = server.folder / _folder.parent.name
    folder.mkdir()
    request.addfinalizer(lambda: rmtree(folder))
    return ServedStore(request, folder, server.url(f"share/{folder.name}"))


def s3(request: pytest.FixtureRequest, folder: Path) -> Store:
    """Give a folder in a bucket of SeaweedFS's, which has room for few buckets."""
    server = request.getfixturevalue("s3_server")
    return BucketStore(server, folder.parent.name)


class ServedStore(CsvStore):
    """A local folder that a server of this machine gives to others."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path, url: str) -> None:
        super().__init__(request, folder)
        self.url = url

    def close_off(self, name: str) -> None:
        """Put what can't be read in its place."""
        self.path(name).write_bytes(_PICTURE)


class BucketStore(Store):
    """A folder of a bucket, with an object for each table."""

    def __init__(self, server: S3Server, folder: str) -> None:
        self._client, self._folder = server.client, folder
        self.url = server.url(f"probe/{folder}")

    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Put an object."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows(rows)
        body = text.getvalue().encode()
        self._client.put_object(**self._at(name), Body=body)
        return self.dataset(name)

    def dataset(self, name: str) -> str:
        """Name the object."""
        return f"{name}.csv"

    def rows(self, name: str) -> list[Row]:
        """Let Python's own reader read what botocore gets."""
        body = self._client.get_object(**self._at(name))["Body"].read()
        rows: list[Row] = [tuple(row) for row in csv.reader(io.StringIO(body.decode(), newline=""))]
        return rows[1:]

    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Take the nth row."""
        return self.rows(name)[int(str(record["row"])) - 1]

    def close_off(self, name: str) -> None:
        """Put what can't be read in its place."""
        self._client.put_object(**self._at(name), Body=_PICTURE)

    def lying(self) -> list[str]:
        """List what lies under the folder."""
        listed = self._client.list_objects_v2(Bucket="probe", Prefix=f"{self._folder}/")
        keys = [one["Key"].partition("/")[2] for one in listed["Contents"]]
        return sorted(one for one in keys if one)

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": "probe", "Key": f"{self._folder}/{self.dataset(name)}"}
