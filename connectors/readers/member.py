"""A member: one file inside an archive, with its name there, and how it is unpacked.

A member is unpacked, when it is opened, into memory and beyond 8 MiB into a temporary file that
never has a name (``O_TMPFILE``, or unlinked at once where the system lacks it): nothing is left
behind, even when the process is killed.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from connectors.readers.base import Gap

MEMORY = 8 * 1024 * 1024
LARGEST = 16 * 1024**3


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """A file in an archive: name (NFC, ``/``), size unpacked in bytes, time without a zone.

    ``open`` unpacks it into a seekable file at position 0, which the caller closes, while the
    archive is open; it raises ``Damaged``. No ``repr``: a name may hold a person's.
    """

    name: str
    size: int
    modified: datetime | None
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A member that can't be opened, and why. No ``repr``: a name may hold a person's."""

    name: str
    gap: Gap


def spool(packed: BinaryIO) -> BinaryIO:
    """Copy ``packed`` to a seekable file without a name, and close it; its errors pass through."""
    copy = SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115  # the caller closes it
    try:
        with packed:
            shutil.copyfileobj(packed, copy)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return cast("BinaryIO", copy)


def decode_name(raw: bytes) -> str:
    """Return an unlabelled name: UTF-8 if it is that, else code page 932 as Japanese Windows.

    >>> decode_name("名簿.csv".encode("cp932"))
    '名簿.csv'
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp932", errors="replace")


def tidy(name: str) -> str:
    """Return a name as a path below the archive: NFC, ``/`` between folders."""
    path = name.partition("\0")[0].replace("\\", "/")
    steps = [step for step in path.split("/") if step not in ("", ".")]
    return unicodedata.normalize("NFC", "/".join(steps))


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Tell equal names apart: the second ``a.csv`` is ``a.csv#2``."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"
