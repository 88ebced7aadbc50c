"""添付ファイル (attachment): a file inside a mail, read as the file it is, or as its members.

All its rows bear one name, ``{"part":"attachment:名簿.csv"}``: a mail is fetched, and erased, as a
whole. The names of an archive's members are read too, as the field ``name``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from connectors.errors import Damaged, Unsupported
from connectors.options import PLAIN, Options
from connectors.place import Status
from connectors.readers import reader_for
from connectors.readers.archive import members
from connectors.readers.base import Gap, Piece
from connectors.readers.gzipped import gunzip
from connectors.readers.media import GZIP, TAR, ZIP, media_type
from connectors.readers.member import Sealed

#: Archives in archives, and what one of them may hold in all.
DEPTH = 3
LARGEST = 1024**3


def read(content: bytes, hint: str, record: str, options: Options = PLAIN) -> Iterator[Piece | Gap]:
    """Read ``content`` with the reader its bytes call for; what none reads is a gap."""
    for piece in _read(io.BytesIO(content), hint, options, DEPTH):
        yield _under(record, piece)


def _read(file: BinaryIO, hint: str, options: Options, depth: int) -> Iterator[Piece | Gap]:
    try:
        kind = media_type(file, hint)
        if kind == GZIP:
            file, hint = gunzip(file), hint.removesuffix(".gz")
            kind = media_type(file, hint)
        if kind in (ZIP, TAR):
            yield from _members(file, options, depth)
        else:
            yield from reader_for(kind, options).read(file, hint)
    except Unsupported:
        yield Gap(Status.SKIPPED, "no reader for this kind of file")
    except Damaged:
        yield Gap(Status.FAILED, "damaged")


def _members(file: BinaryIO, options: Options, depth: int) -> Iterator[Piece | Gap]:
    if not depth:
        yield Gap(Status.SKIPPED, f"more than {DEPTH} archives in one another")
        return
    found = list(members(file, options.passwords))
    if sum(each.size for each in found if not isinstance(each, Sealed)) > LARGEST:
        yield Gap(Status.SKIPPED, f"more than {LARGEST >> 30} GiB unpacked", len(found))
        return
    names = pa.array([each.name for each in found], pa.string())
    if names:
        yield Piece(names, pa.RecordBatch.from_arrays([names], ["name"]))
    for each in found:
        if isinstance(each, Sealed):
            yield each.gap
        else:
            with each.open() as member:
                yield from _read(member, each.name, options, depth - 1)


def _under(record: str, piece: Piece | Gap) -> Piece | Gap:
    if isinstance(piece, Gap):
        return Gap(piece.status, f"attachment: {piece.reason}", piece.units)
    return Piece(pa.array([record] * len(piece.records), pa.string()), piece.values)
