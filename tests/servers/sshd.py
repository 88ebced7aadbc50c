"""OpenSSH's server: SFTP with a login by key, for nobody but these tests."""

from __future__ import annotations

import getpass
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

_PATIENCE = 30
_SETTINGS = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {notes}/host_key
AuthorizedKeysFile {notes}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
Subsystem sftp internal-sftp
"""


@dataclass(frozen=True, slots=True)
class SshServer:
    """A running server; ``folder`` is where its files lie, on this machine as on the server."""

    folder: Path
    notes: Path
    port: int

    def url(self, path: str = "", port: int | None = None) -> str:
        """Return a URL with a key's file; ``port`` may be that of a proxy."""
        where = f"{getpass.getuser()}@127.0.0.1:{port or self.port}"
        known, key = (quote(str(self.notes / name)) for name in ("known_hosts", "key"))
        keys = f"known_hosts={known}&key={key}"
        return f"sftp://{where}{quote(str(self.folder / path))}?{keys}"


@contextmanager
def running(folder: Path, notes: Path) -> Iterator[SshServer]:
    """Start a server; ``notes`` is a folder for keys and settings."""
    sshd = str(binary("sshd", "openssh-server"))
    port = free_port()
    host, key = paramiko.ECDSAKey.generate(), paramiko.ECDSAKey.generate()
    host.write_private_key_file(str(notes / "host_key"))
    key.write_private_key_file(str(notes / "key"))
    (notes / "authorized_keys").write_text(f"{key.get_name()} {key.get_base64()}\n")
    told = f"[127.0.0.1]:{port} {host.get_name()} {host.get_base64()}\n"
    (notes / "known_hosts").write_text(told)
    settings = notes / "sshd_config"
    settings.write_text(_SETTINGS.format(port=port, notes=notes))
    Path("/run/sshd").mkdir(exist_ok=True)  # its own refuge, which Debian makes at boot
    with (notes / "log").open("wb") as log:
        command = [sshd, "-D", "-e", "-f", str(settings)]
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait(process, port, notes / "log")
        yield SshServer(folder, notes, port)
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])
