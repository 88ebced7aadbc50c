"""Debian's PostgreSQL, which unlike the wheel's has TLS and extensions (hstore, citext…)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import certificate
from tests.servers.find import binary, free_port

_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
#: Who comes over TCP must speak TLS and give a password.
_RULES = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"


@contextmanager
def debian_postgres() -> Iterator[str]:
    """Start a server of its own in a temporary folder; give its owner's URL."""
    with _folder() as folder, _running(folder, "listen_addresses="):
        yield _owner(folder)


@contextmanager
def tls_postgres(host: str) -> Iterator[tuple[str, int, Path]]:
    """Start one that takes none but TLS over TCP, certified for a host.

    Give its owner's URL over the socket, its port, and the file of its certificate's authority.
    """
    with _folder() as folder:
        made = certificate.made(folder, host)
        made.key.chmod(0o600)
        _owned(made.key)
        (folder / "data/pg_hba.conf").write_text(_RULES)
        port = free_port()
        tls = ("ssl=on", f"ssl_cert_file={made.certificate}", f"ssl_key_file={made.key}")
        with _running(folder, "listen_addresses=127.0.0.1", f"port={port}", *tls):
            yield f"{_owner(folder)}&port={port}", port, made.ca


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a server's folder, its data in ``data``.

    As root it is Debian's user ``postgres`` who has it, since PostgreSQL refuses root.
    """
    folder = Path(tempfile.mkdtemp(prefix="shozai-pg-"))
    _owned(folder)
    try:
        _run("initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, *settings: str) -> Iterator[None]:
    given = (*_QUICK, f"unix_socket_directories={folder}", *settings)
    options = " ".join(f"-c {one}" for one in given)
    data = ("-D", folder / "data", "-w")
    _run("pg_ctl", *data, "-l", folder / "log", "-o", options, "start")
    try:
        yield
    finally:
        _run("pg_ctl", *data, "-m", "immediate", "stop")


def _owner(folder: Path) -> str:
    return f"postgresql://postgres@/postgres?host={folder}"


def _owned(path: Path) -> None:
    if os.getuid() == 0:
        shutil.chown(path, "postgres", "postgres")


def _run(program: str, *arguments: object) -> None:
    path = binary("initdb", "postgresql").parent / program
    user = "postgres" if os.getuid() == 0 else None
    command, quiet = [str(path), *map(str, arguments)], subprocess.DEVNULL
    subprocess.run(command, check=True, user=user, cwd="/", stdout=quiet, stderr=quiet)
