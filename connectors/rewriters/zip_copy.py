"""A ZIP file copied with a few of its files replaced: every other one with its bytes and headers.

The table of contents is the old one but for the places, sizes and checksums that change.
Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3
"""

from __future__ import annotations

import shutil
import struct
import zipfile
import zlib
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from connectors.change import Why
from connectors.rewriters.hindered import Hindered

_BLOCK = 1 << 20
_MEMORY = 1 << 24
_LOCAL, _CENTRAL = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I")
_NARROW = 0xFFFFFFFF
_ENCRYPTED, _NAME_IS_UTF8 = 1, 1 << 11
_FOREIGN = "The package is encrypted, very large or packed in a rare way; save it anew in Excel."


def spooled() -> BinaryIO:
    """Open a file without a name, in memory while it is small."""
    return cast("BinaryIO", SpooledTemporaryFile(max_size=_MEMORY))  # caller closes


def copy(file: BinaryIO, new: Mapping[str, BinaryIO], out: BinaryIO) -> None:
    """Copy a ZIP with ``new`` contents of the files named; raises ``Hindered``."""
    with zipfile.ZipFile(file) as archive:
        entries = sorted(archive.infolist(), key=lambda each: each.header_offset)
        table = archive.start_dir
    ends = [*(each.header_offset for each in entries[1:]), table]
    places: dict[int, tuple[int, bytes | None]] = {}
    at = 0
    for entry, end in zip(entries, ends, strict=True):
        content = new.get(entry.filename)
        if content is None:
            file.seek(entry.header_offset)
            _copy(file, end - entry.header_offset, out)
            places[entry.header_offset] = at, None
            at += end - entry.header_offset
        else:
            size, told = _replaced(file, entry, content, out)
            places[entry.header_offset] = at, told
            at += size
    _contents(file, table, places, at, out)


def _replaced(
    file: BinaryIO, entry: zipfile.ZipInfo, content: BinaryIO, out: BinaryIO
) -> tuple[int, bytes]:
    """Write one file anew; return its size in all, and its checksum and sizes as they are told."""
    is_packed = entry.compress_type == zipfile.ZIP_DEFLATED
    if entry.flag_bits & _ENCRYPTED or not (is_packed or entry.compress_type == zipfile.ZIP_STORED):
        raise Hindered(Why.BY_HAND, _FOREIGN)
    with spooled() as packed:
        told = _pack(content, packed, is_packed=is_packed)
        file.seek(entry.header_offset)
        head = _LOCAL.unpack(file.read(_LOCAL.size))
        name, extra = file.read(head[9]), _without_zip64(file.read(head[10]))
        flags = head[2] & _NAME_IS_UTF8
        start = struct.pack("<4s5H", head[0], head[1], flags, *head[3:6])
        whole = start + told + struct.pack("<2H", len(name), len(extra)) + name + extra
        out.write(whole)
        packed.seek(0)
        shutil.copyfileobj(packed, out, _BLOCK)
        return len(whole) + packed.tell(), struct.pack("<H", flags) + told


def _pack(content: BinaryIO, packed: BinaryIO, *, is_packed: bool) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    crc = size = 0
    content.seek(0)
    while block := content.read(_BLOCK):
        crc = zlib.crc32(block, crc)
        size += len(block)
        packed.write(deflate.compress(block) if is_packed else block)
    if is_packed:
        packed.write(deflate.flush())
    return struct.pack("<3I", crc, packed.tell(), size)


def _contents(
    file: BinaryIO,
    table: int,
    places: Mapping[int, tuple[int, bytes | None]],
    at: int,
    out: BinaryIO,
) -> None:
    """Write the table of contents and the end of the file."""
    file.seek(table)
    left = size = 0
    for _ in places:
        head = bytearray(file.read(_CENTRAL.size))
        fields = _CENTRAL.unpack(head)
        if _NARROW in fields[8:10] or fields[16] == _NARROW:
            raise Hindered(Why.BY_HAND, _FOREIGN)
        place, told = places[fields[16]]
        if told is not None:
            head[8:10], head[16:28] = told[:2], told[2:]
        head[42:46] = struct.pack("<I", place)
        left = sum(fields[10:13])
        out.write(bytes(head) + file.read(left))
        size += len(head) + left
    end = bytearray(file.read())
    if not end.startswith(b"PK\x05\x06"):
        raise Hindered(Why.BY_HAND, _FOREIGN)
    end[12:20] = struct.pack("<2I", size, at)
    out.write(bytes(end))


def _without_zip64(extra: bytes) -> bytes:
    kept = b""
    while len(extra) >= 4:  # noqa: PLR2004  # a number and a length
        kind, size = struct.unpack_from("<2H", extra)
        kept += extra[: 4 + size] if kind != 1 else b""
        extra = extra[4 + size :]
    return kept


def _copy(file: BinaryIO, size: int, out: BinaryIO) -> None:
    while size > 0 and (block := file.read(min(size, _BLOCK))):
        out.write(block)
        size -= len(block)
