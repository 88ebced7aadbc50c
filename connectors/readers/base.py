"""A reader turns the bytes of one file format into records.

One module a format, each exporting one :class:`Reader`. A reader knows nothing of stores, of
other readers or of where its file lies; it yields what it can't read as a :class:`Gap`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import pyarrow as pa

from connectors.place import Field, Status


@dataclass(frozen=True, slots=True)
class Layout:
    """What the head of a file tells: its fields (empty where only reading tells) and encoding.

    ``encoding_evidence`` says in a few words why it is that encoding.
    Two files are of one layout when their ``fields`` are equal.
    """

    media_type: str
    fields: tuple[Field, ...] = ()
    encoding: str | None = None
    encoding_evidence: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """Some records of a file; ``records`` are their names as compact JSON. No ``repr``."""

    records: pa.StringArray
    values: pa.RecordBatch


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a file that was not, or not wholly, read; ``reason`` holds no value of anyone."""

    status: Status
    reason: str
    units: int | None = None


class Reader(Protocol):
    """One file format. ``file`` is binary and seekable, at position 0, and the caller closes it.

    ``hint`` is the file's name, for its suffix only. Both raise ``Damaged`` where the bytes aren't
    what they should be, in one sentence.
    """

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Read no more than the head."""
        ...

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read the whole file in pieces of bounded size."""
        ...
