"""ZIP (PKWARE APPNOTE): files packed one by one, with a table of contents at the end.

Japanese Windows writes names in code page 932 without saying so; where the UTF-8 flag (bit 11) is
off, a name is read as UTF-8 if it is that, else as code page 932.

Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.4.4, appendix D)
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import BinaryIO, cast

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers.base import Gap
from connectors.readers.damage import damage_told
from connectors.readers.member import LARGEST, Member, Sealed, decode_name, distinct, spool, tidy
from connectors.readers.zip_keys import Keys

SUSPICIOUS = 64 * 1024 * 1024
RATIO = 250

_ENCRYPTED, _UTF8 = 0x1, 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def zipped(file: BinaryIO, passwords: Sequence[str] = ()) -> Iterator[Member | Sealed]:
    """List the files in a ZIP; raises ``Damaged`` where its table of contents is broken."""
    with damage_told("The ZIP's table of contents can't be read; restore or replace it."):
        archive = zipfile.ZipFile(file)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if sum(info.compress_size for info in infos) > file.seek(0, os.SEEK_END):
        raise Damaged("The ZIP's members overlap, as only a bomb's do; remove or replace it.")
    keys = Keys(file, passwords)
    for name, info in zip(distinct(map(_name, infos)), infos, strict=True):
        yield _member(archive, info, name, keys)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, keys: Keys
) -> Member | Sealed:
    is_locked = bool(info.flag_bits & _ENCRYPTED)
    reason = (keys.refusal(info) if is_locked else None) or _refusal(info, is_locked=is_locked)
    if reason:
        return Sealed(name, Gap(Status.SKIPPED, reason))
    unpack = keys.unpacked if is_locked else partial(_unpack, archive)
    return Member(name, info.file_size, _time(info), lambda: unpack(info))


def _refusal(info: zipfile.ZipInfo, *, is_locked: bool) -> str | None:
    if not is_locked and info.compress_type not in _METHODS:
        return f"packed with method {info.compress_type}, which can't be unpacked here"
    if info.file_size > LARGEST:
        return f"larger than {LARGEST >> 30} GiB unpacked"
    if info.file_size > max(SUSPICIOUS, RATIO * info.compress_size):
        return f"grows more than {RATIO} times when unpacked, like a bomb"
    return None


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8:
        return tidy(info.orig_filename)
    # zipfile reads every name without the flag as cp437, which keeps all 256 bytes apart.
    return tidy(decode_name(info.orig_filename.encode("cp437")))


def _time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)  # noqa: DTZ001  # a ZIP knows no zone
    except ValueError:
        return None


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    with damage_told("This member of the ZIP is damaged; restore or replace it."):
        return spool(cast("BinaryIO", archive.open(info)))
