"""A unit: one file that can be opened, in a store or inside an archive.

Its path is the one shown to people: below the source, ``/`` between folders, NFC, ``!/`` where an
archive is entered. Where the store keeps it is another matter (NFD, bytes in code page 932).
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from connectors.encoding import decode
from connectors.place import Access
from connectors.readers.member import Member

INSIDE = "!/"


def _unknown() -> None:
    """Say nothing of whether a file is encrypted."""


@dataclass(frozen=True, slots=True, repr=False)
class Unit:
    """A file: ``version`` differs once its content does. No ``repr``: a path may hold a name."""

    path: str
    bytes: int
    version: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    modified: datetime | None = None
    access: Access = field(default_factory=Access)
    encrypted: Callable[[], bool | None] = _unknown

    @property
    def name(self) -> str:
        """Return the last step of the path."""
        return self.path.rpartition("/")[2]

    @property
    def depth(self) -> int:
        """Tell how many archives it lies in."""
        return self.path.count(INSIDE)


def member_of(archive: Unit, member: Member) -> Unit:
    """Return a member as a unit; whoever can open the archive can open it."""
    return Unit(
        path=f"{archive.path}{INSIDE}{member.name}",
        bytes=member.size,
        version=f"{archive.version}/{member.size}",
        open=member.open,
        modified=archive.modified,  # a member's own time has no zone
        access=archive.access,
        encrypted=archive.encrypted,
    )


def shown(name: str) -> str:
    """Return a stored name in NFC; bytes that aren't UTF-8 are read as code page 932.

    >>> shown("ガ.csv") == "ガ.csv"
    True
    """
    try:
        name.encode()
    except UnicodeEncodeError:  # undecodable bytes, kept by Python as lone surrogates
        name = decode(os.fsencode(name), "cp932")[0]
    return unicodedata.normalize("NFC", name)


def why_left_out(path: str) -> str | None:
    """Tell why a file isn't read for its name alone."""
    steps = path.rpartition(INSIDE)[2].split("/")
    if steps[-1].startswith("~$"):
        return "lock file of a document that is open in Office"
    if steps[-1].startswith("."):
        return "hidden file"
    hidden = any(each.startswith(".") and each not in {".", ".."} for each in steps)
    return "in a hidden folder" if hidden else None
