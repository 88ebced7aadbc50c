"""A swap: a file's new content, written and synced beside it, takes its place in one step.

Nobody sees half a file, and a failure at any point leaves the old one. A draft that a killed
process left has a name of its own for each file, so that the next one for the file reuses it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from tempfile import TemporaryFile
from typing import BinaryIO, cast

#: Files that begin so are left out of every scan, as all hidden ones are.
PREFIX = ".shozai-"


class Draft(ABC):
    """A new content for one file, not yet in its place."""

    #: Write the content here; it can be read again.
    file: BinaryIO

    @abstractmethod
    def ready(self) -> None:
        """Bring it as near as can be without anyone seeing it, and on to the disk."""

    @abstractmethod
    def swap(self, *, purge: bool) -> str:
        """Put it in the file's place if that is what it was; raises ``Hindered``, ``OSError``.

        ``purge`` also removes what the store keeps of the old version. Returns what is to be said
        of that, if anything.
        """


def beside(name: bytes) -> str:
    """Return the name of a file's draft.

    >>> beside(b"a.csv") == beside(b"a.csv") != beside(b"b.csv")
    True
    """
    return PREFIX + blake2b(name, digest_size=12).hexdigest()


@contextmanager
def scratch() -> Iterator[BinaryIO]:
    """Give a file without a name on this machine, for what is sent elsewhere when it is whole."""
    with TemporaryFile(prefix=PREFIX) as file:
        yield cast("BinaryIO", file)
