"""What the contract asks of a store under test, and what kinds of stores can do.

What a store says of itself here comes from its own client or server, never from Shozai.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from connectors.base import Source, WritableSource
from connectors.options import Options
from connectors.registry import open_source

if TYPE_CHECKING:
    import pytest

Row = tuple[object, ...]

KEY = b"a key for tests"
SECRET = "s3cr3t-Pässwort"
#: What the server itself must not tell either, were its client to hand it on.
READER_PASSWORD = "right-R3ader"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of store, how one is made empty, and what it can do.

    A test marked ``needs("writes")`` runs for the kinds that can, and for no other.
    """

    name: str
    #: Makes an empty one; whatever must be ended is given to ``request.addfinalizer``.
    made: Callable[[pytest.FixtureRequest, Path], Store]
    #: Its server must be started, or its rows are slow to make: left out of ``make check``.
    marks: tuple[pytest.MarkDecorator, ...] = ()
    sql: bool = False  # takes statements: rules, types, a second writer
    keyed: bool = False  # a record's name is its key
    files: bool = False  # a dataset is a file, whose bytes can be compared
    writes: bool = False  # its source is a WritableSource
    swaps: bool = False  # puts a new file in the old one's place, in a way of its own
    lengths: bool = True  # a column's declared length is kept to
    rows_go: bool = True  # erasing leaves one record less (Excel's are emptied)
    cascades: bool = True  # rows that refer to each other may be erased in one transaction
    shared: bool = True  # others can read while somebody writes
    network: bool = False  # a connection that can be cut: ``Store.through``
    guarded: bool = False  # accounts: one that may only read, one without a right to a table
    ranges: bool = False  # large tables have several partitions
    samples: bool = False  # takes a sample itself, and tells what that may miss
    any_name: bool = True  # a file's name may hold every character (Windows and S3 know fewer)
    astral: bool = True  # names may hold characters beyond the first 65,536
    many: int = 40_000  # rows that make several batches


class Store(ABC):
    """A place with tables of text and whole numbers; ``url`` opens it for an account that reads.

    ``write_url`` opens it for one that may write.
    """

    url: str
    write_url: str = ""

    def source(self, options: Options | None = None) -> Source:
        """Open it for reading."""
        return open_source("store", self.url, options or Options(KEY))

    def writer(self) -> WritableSource:
        """Open it for writing."""
        return cast(WritableSource, open_source("store", self.write_url or self.url, Options(KEY)))

    @abstractmethod
    def fill(self, name: str, columns: Mapping[str, type], rows: Sequence[Row]) -> str:
        """Make a table whose first column is its key; return its dataset's name."""

    def fields(self, columns: Sequence[str]) -> list[str]:
        """Return what the fields of such columns are called."""
        return list(columns)

    @abstractmethod
    def rows(self, name: str) -> list[Row]:
        """Return all rows, in the order of their keys or as they lie."""

    def truth(self, name: str) -> tuple[int, int]:
        """Return how many rows the store counts, and their checksum."""
        rows = self.rows(name)
        return len(rows), digest(rows)

    @abstractmethod
    def find(self, name: str, record: Mapping[str, object]) -> Row:
        """Return the row a record's name stands for."""

    @abstractmethod
    def close_off(self, name: str) -> None:
        """Make one table unreadable."""

    def broken(self) -> list[str]:
        """Return URLs that hold a secret and can't be opened."""
        return []

    def dataset(self, name: str) -> str:
        """Return the dataset's name of a table made by ``execute``."""
        return name

    def execute(self, *statements: str) -> None:
        """Run statements of SQL, each at once (stores with ``sql``)."""
        raise NotImplementedError

    def path(self, name: str) -> Path:
        """Return the file of a dataset (stores with ``files``)."""
        raise NotImplementedError

    def lying(self) -> list[str]:
        """Name all that lies in its folder, hidden files too (stores of files)."""
        raise NotImplementedError

    def through(self, port: int, *, write: bool = False) -> str:
        """Return the URL by way of another port of this machine (stores with ``network``)."""
        raise NotImplementedError

    def address(self) -> tuple[str, int] | str:
        """Return where its server listens: host and port, or a socket's path."""
        raise NotImplementedError

    def close(self) -> None:  # noqa: B027 (a folder has nothing open)
        """Let go of it."""


def digest(rows: Sequence[Row]) -> int:
    """Return a checksum that doesn't depend on the rows' order; null counts as empty text."""
    return sum(_digest("\x1f".join(_text(value) for value in row)) for row in rows)


def _digest(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest()[:12], 16)  # noqa: S324 (as the server does)


def _text(value: object) -> str:
    return "" if value is None else str(value)
