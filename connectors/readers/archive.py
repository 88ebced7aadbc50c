"""書庫 (archive): files packed into one, as ZIP or tar.

How deep archives may lie in archives, and how much is unpacked in all, is the caller's to limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from connectors.readers.member import Member, Sealed
from connectors.readers.tar import tarred
from connectors.readers.zipped import zipped


def members(file: BinaryIO, passwords: Sequence[str] = ()) -> Iterator[Member | Sealed]:
    """List the files in a ZIP or (compressed) tar, in its order; folders are left out.

    ``file`` is seekable and stays open as long as members are opened; ``passwords`` are tried on
    what is locked. Raises ``Damaged``.
    """
    head = file.read(2)
    file.seek(0)
    yield from zipped(file, passwords) if head == b"PK" else tarred(file)
