"""The servers of files, each started once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import rclone, sshd
from tests.servers.rclone import SftpServer
from tests.servers.seaweed import S3Server
from tests.servers.sshd import SshServer


@pytest.fixture
def careless_s3(tmp_path: Path) -> Iterator[S3Server]:
    """Start rclone, which keeps no conditions; a folder below ``tmp_path`` is a bucket."""
    with rclone.serving_s3(tmp_path) as server:
        yield server


@pytest.fixture
def sftp_server(tmp_path: Path) -> Iterator[SftpServer]:
    """Start rclone on ``tmp_path/share``."""
    for name in ("share", "notes"):
        (tmp_path / name).mkdir()
    with rclone.serving_sftp(tmp_path / "share", tmp_path / "notes") as server:
        yield server


@pytest.fixture
def ssh_server(tmp_path: Path) -> Iterator[SshServer]:
    """Start OpenSSH's server for files below ``tmp_path/share``."""
    for name in ("share", "notes"):
        (tmp_path / name).mkdir()
    with sshd.running(tmp_path / "share", tmp_path / "notes") as server:
        yield server
