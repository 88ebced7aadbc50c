"""tar (POSIX ustar and pax): files one after the other, often compressed as a whole.

Without pax headers a name has no encoding: UTF-8 if it is that, else code page 932.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, cast

from connectors.place import Status
from connectors.readers.base import Gap
from connectors.readers.damage import damage_told
from connectors.readers.member import LARGEST, Member, Sealed, decode_name, distinct, spool, tidy


def tarred(file: BinaryIO) -> Iterator[Member | Sealed]:
    """List the files in a tar, compressed or not; raises ``Damaged``."""
    with damage_told("This isn't an archive, or a damaged one; restore or replace it."):
        archive = tarfile.TarFile.open(fileobj=file, encoding="utf-8", errors="surrogateescape")
        infos = [info for info in archive if info.isfile()]
    for name, info in zip(distinct(map(_name, infos)), infos, strict=True):
        yield _member(archive, info, name)


def _name(info: tarfile.TarInfo) -> str:
    return tidy(decode_name(info.name.encode("utf-8", errors="surrogateescape")))


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Member | Sealed:
    if info.size > LARGEST:
        return Sealed(name, Gap(Status.SKIPPED, f"larger than {LARGEST >> 30} GiB unpacked"))
    modified = datetime.fromtimestamp(info.mtime, UTC).replace(tzinfo=None)
    return Member(name, info.size, modified, lambda: _unpack(archive, info))


def _unpack(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    with damage_told("This member of the tar is damaged; restore or replace it."):
        return spool(cast("BinaryIO", archive.extractfile(info)))
