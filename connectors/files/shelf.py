"""A shelf: files of tables that are open, of which the last few stay so for their next table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from connectors.readers.tables import Tables

#: So many stay open that nobody reads.
_KEPT = 2


@dataclass(slots=True, repr=False)
class _Book:
    """An open file, which content it has, and how many read it now."""

    tables: Tables
    version: str
    readers: int = 0


class Shelf:
    """Lends files of tables to several threads at once."""

    def __init__(self) -> None:
        self._books: dict[str, _Book] = {}
        self._gone: list[_Book] = []
        self._lock = Lock()
        self._opening: dict[str, Lock] = {}

    @contextmanager
    def lent(self, path: str, version: str, opened: Callable[[], Tables]) -> Iterator[Tables]:
        """Lend a file as it is now, opened if it isn't; raises what ``opened`` raises.

        Opening may copy a gigabyte: only who wants the same file waits for it.
        """
        with self._lock:
            opening = self._opening.setdefault(path, Lock())
        with opening:
            book = self._taken(path, version) or self._put(path, _Book(opened(), version, 1))
        try:
            yield book.tables
        finally:
            with self._lock:
                book.readers -= 1
                self._tidy(_KEPT)

    def close(self) -> None:
        """Close what nobody reads."""
        with self._lock:
            self._tidy(0)

    def _taken(self, path: str, version: str) -> _Book | None:
        """Take a file as one more reader, if it is open as it is now."""
        with self._lock:
            book = self._books.pop(path, None)
            if book is None:
                return None
            if book.version != version:
                self._gone.append(book)
                return None
            self._books[path] = book
            book.readers += 1
            return book

    def _put(self, path: str, book: _Book) -> _Book:
        with self._lock:
            self._books[path] = book
        return book

    def _tidy(self, most: int) -> None:
        idle = [path for path, book in self._books.items() if not book.readers]
        self._gone += [self._books.pop(path) for path in idle[: max(0, len(idle) - most)]]
        for book in [one for one in self._gone if not one.readers]:
            self._gone.remove(book)
            book.tables.close()
