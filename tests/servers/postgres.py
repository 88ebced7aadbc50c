"""Debian's PostgreSQL, which unlike the wheel's has extensions: hstore, citext, foreign tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.find import binary

_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


@contextmanager
def debian_postgres() -> Iterator[str]:
    """Start a server of its own in a temporary folder; give its owner's URL.

    As root it runs as Debian's user ``postgres``, since PostgreSQL refuses root.
    """
    programs = binary("initdb", "postgresql").parent
    folder = Path(tempfile.mkdtemp(prefix="shozai-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        _run(
            programs / "initdb",
            "-D",
            folder / "data",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
        )
        options = " ".join(f"-c {one}" for one in (*_QUICK, f"unix_socket_directories={folder}"))
        _run(
            programs / "pg_ctl",
            "-D",
            folder / "data",
            "-w",
            "-l",
            folder / "log",
            "-o",
            options,
            "start",
        )
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: object) -> None:
    user = "postgres" if os.getuid() == 0 else None
    command = [str(program), *map(str, arguments)]
    subprocess.run(
        command,
        check=True,
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
