"""Samba: a share for nobody but these tests, on a port of its own."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from urllib.parse import quote

from tests.servers.find import binary, free_port

_PATIENCE = 30
PASSWORD = "p@ss/w0rd: s3cr3t"
_DIRECTORIES = ("private", "lock", "state", "cache", "pid", "ncalrpc", "binddns")
_SETTINGS = """\
[global]
  server role = standalone server
  smb ports = {port}
  interfaces = 127.0.0.1
  bind interfaces only = yes
  disable netbios = yes
  passdb backend = smbpasswd:{folder}/private/smbpasswd
  log file = {folder}/log
  load printers = no
  disable spoolss = yes
  ea support = yes
  store dos attributes = yes
  map acl inherit = no
{directories}
[share]
  path = {share}
  read only = no
[closed]
  path = {share}
  read only = yes
"""


@dataclass(frozen=True, slots=True)
class SmbServer:
    """A running server; ``folder`` is what its shares ``share`` and ``closed`` lead to."""

    folder: Path
    port: int

    def url(self, path: str, password: str = PASSWORD, port: int | None = None) -> str:
        """Return a URL below the server; ``port`` may be that of a proxy."""
        who = f"{getpass.getuser()}:{quote(password, safe='')}"
        return f"smb://{who}@127.0.0.1:{port or self.port}/{quote(path)}"


@contextmanager
def running() -> Iterator[SmbServer]:
    """Start a server in a temporary folder, and end it with its children."""
    smbd = str(binary("smbd", "samba"))
    folder = Path(tempfile.mkdtemp(prefix="shozai-"))
    port = free_port()
    settings = _prepared(folder, port)
    options = ["--foreground", "--no-process-group", f"--configfile={settings}"]
    with (folder / "out").open("wb") as log:
        # A session of its own, so that the children it makes can be ended with it.
        command = [smbd, *options]
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(process, port, folder)
        yield SmbServer(folder / "share", port)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        rmtree(folder, ignore_errors=True)


def _prepared(folder: Path, port: int) -> Path:
    for name in (*_DIRECTORIES, "share"):
        (folder / name).mkdir(mode=0o755)
    lines = [f"  {name} {_word(name)} = {folder / name}" for name in _DIRECTORIES]
    settings = folder / "smb.conf"
    text = _SETTINGS.format(
        port=port, folder=folder, share=folder / "share", directories="\n".join(lines)
    )
    settings.write_text(text)
    secret = f"{PASSWORD}\n{PASSWORD}\n".encode()
    add = [str(binary("smbpasswd", "samba")), "-c", str(settings), "-s", "-a", getpass.getuser()]
    subprocess.run(add, input=secret, check=True, capture_output=True)
    return settings


def _word(name: str) -> str:
    return "dir" if name in {"private", "ncalrpc", "binddns"} else "directory"


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError((folder / "out").read_text(errors="replace")[-2000:])
