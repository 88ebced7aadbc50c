"""A backend: what differs between kinds of stores; this one takes whatever fsspec opens, untested.

Source: https://filesystem-spec.readthedocs.io/
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any, BinaryIO, ClassVar, TypeVar

from connectors.change import Why
from connectors.errors import SourceError, Unreachable, Unsupported
from connectors.files.hindered import Hindered
from connectors.files.ranges import LOST, ranged
from connectors.files.swap import Draft
from connectors.options import Options
from connectors.place import Access

Info = dict[str, Any]
T = TypeVar("T")

_PLAIN = (SourceError, FileNotFoundError, PermissionError, NotADirectoryError, Hindered)


class Backend:
    """A kind of store. ``info`` and ``listed`` give fsspec's dictionaries; all raise ``OSError``.

    Other errors of drivers are turned into ``OSError`` or ``SourceError``, without their words:
    these may hold a secret.
    """

    tested_against: ClassVar[str] = ""
    #: Whether links and folders of the machine's own mean anything here.
    is_local: ClassVar[bool] = False

    def __init__(self, url: str, options: Options) -> None:
        self.url = url
        self.options = options

    @cached_property
    def opened(self) -> tuple[Any, str]:
        """The file system and the path of its top; raises ``SourceError``."""
        return self.tell(self.connected)

    @property
    def fs(self) -> Any:
        """The file system."""
        return self.opened[0]

    @property
    def root(self) -> str:
        """The top's path."""
        return self.opened[1]

    def connected(self) -> tuple[Any, str]:
        """Connect; raises what the driver raises."""
        from fsspec.core import url_to_fs

        scheme = self.url.partition("://")[0]
        try:
            # What was listed a minute ago says nothing of what changed since.
            found, root = url_to_fs(self.url, use_listings_cache=False, skip_instance_cache=True)
        except (ImportError, ValueError):
            sentence = f"No file system for {scheme}://; install its fsspec package."
            raise Unsupported(sentence) from None
        return found, str(root).rstrip("/")

    def info(self, at: str) -> Info:
        """Return what the store says of one thing."""
        return self.tell(lambda: dict(self.fs.info(at)))

    def listed(self, at: str) -> list[Info]:
        """Return what the store says of everything in a folder."""
        return self.tell(lambda: list(self.fs.ls(at, detail=True)))

    def open(self, at: str, info: Info) -> BinaryIO:
        """Open a file for reading, at its start."""
        file = self.tell(lambda: self.fs.open(at, "rb"))
        return ranged(lambda start, end: self._range(file, start, end), info["size"], file.close)

    def access(self, at: str, info: Info, *, open_to_all: bool) -> Access:
        """Return who can open a file, as far as the store tells."""
        del at, info, open_to_all
        return Access()

    def encrypted(self, at: str, info: Info) -> bool | None:
        """Return whether a file is encrypted where it lies; ``None`` where that isn't told."""
        del at, info
        return None

    def draft(self, at: str, info: Info) -> AbstractContextManager[Draft]:
        """Begin a new content for a file; ``Hindered`` where it can't be put in its place."""
        del at, info
        sentence = "This kind of store isn't known to replace a file as a whole; change it by hand."
        raise Hindered(Why.UNSAFE_STORE, sentence)

    def close(self) -> None:
        """Give back connections."""

    def tell(self, act: Callable[[], T]) -> T:
        """Do something with the driver, and turn its errors into ours."""
        try:
            return act()
        except Exception as error:  # drivers raise whatever their libraries do
            known = self.failure(error)
            if known is None and isinstance(error, _PLAIN):
                raise
            raise known or ConnectionResetError(errno.ECONNRESET, LOST) from None

    def failure(self, error: Exception) -> Exception | None:
        """Say what a driver's error means; ``None`` is a plain one, or a lost connection."""
        if isinstance(error, OSError) and error.errno and not isinstance(error, _PLAIN):
            # The system's own words: a driver's may quote a path or a secret.
            return OSError(error.errno, os.strerror(error.errno))
        return None

    def _range(self, file: Any, start: int, end: int) -> bytes:
        def act() -> bytes:
            file.seek(start)
            return bytes(file.read(end - start))

        return self.tell(act)


def unreachable(what: str) -> Unreachable:
    """Say that a server doesn't answer."""
    return Unreachable(f"{what} can't be reached; check the host and port of the source's url.")
