"""添付ファイル (attachment): a file inside a mail, read as the file it is.

All its rows bear one name, ``{"part":"attachment:名簿.csv"}``: a mail is fetched, and erased, as a
whole.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyarrow as pa

from connectors.errors import Damaged, Unsupported
from connectors.place import Status
from connectors.readers import reader_for
from connectors.readers.base import Gap, Piece
from connectors.readers.media import media_type


def read(content: bytes, hint: str, record: str) -> Iterator[Piece | Gap]:
    """Read ``content`` with the reader its bytes call for; what none reads is a gap."""
    file = io.BytesIO(content)
    try:
        reader = reader_for(media_type(file, hint))
        for piece in reader.read(file, hint):
            yield _under(record, piece)
    except Unsupported:
        yield Gap(Status.SKIPPED, "attachment: no reader for this kind of file")
    except Damaged:
        yield Gap(Status.FAILED, "attachment: damaged")


def _under(record: str, piece: Piece | Gap) -> Piece | Gap:
    if isinstance(piece, Gap):
        return Gap(piece.status, f"attachment: {piece.reason}", piece.units)
    return Piece(pa.array([record] * len(piece.records), pa.string()), piece.values)
