"""What reads sources, as a version: of our connectors and readers, and of what they lean on.

A file that a later reader reads otherwise must be read again, though it hasn't changed itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import connectors

_PROJECT = "shozai"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def readers_version() -> str:
    """Return a digest of the connectors' code and of every dependency's version."""
    digest = blake2b(digest_size=8)
    folder = Path(str(connectors.__file__)).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    for line in sorted(_dependencies()):
        digest.update(f"{line}\0".encode())
    return digest.hexdigest()


def _dependencies() -> Iterator[str]:
    """Yield each dependency that is installed: others are of other platforms."""
    for text in requires(_PROJECT) or ():
        if "extra ==" not in text and (name := _NAME.match(text)):
            with suppress(PackageNotFoundError):
                yield f"{name[0]} {version(name[0])}"
