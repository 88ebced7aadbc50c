"""Databases found as files: ``file.db!/table``, and how to find a table again by that name.

An SQLite file is copied first, with what its programs keep beside it
(:mod:`connectors.files.private_copy`): that is one moment of it, needs no lock and touches nothing.
Only a large one of this machine with nothing beside it is read where it lies. An SQL dump is read
where it lies, or from an unpacked copy without a name.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

from connectors.errors import SourceError, Unreachable
from connectors.files import private_copy
from connectors.files.content import Content, opened
from connectors.files.inside import Inside
from connectors.files.shelf import Shelf
from connectors.files.store import Store
from connectors.files.unit import INSIDE, Unit
from connectors.files.unpacked import Unpacked
from connectors.options import Options
from connectors.readers import sql_head, sqlite_file
from connectors.readers.media import SQLITE_LOCKED
from connectors.readers.sql_index import Index, index
from connectors.readers.sql_tables import DumpTables
from connectors.readers.sqlite_file import SqliteTables
from connectors.readers.tables import Tables
from connectors.sqlite_file import diagnosis

KINDS = frozenset((sqlite_file.MEDIA_TYPE, sql_head.MEDIA_TYPE))
#: What is known for a database and can't be read.
SHUT = {
    sql_head.CUSTOM: "a dump for pg_restore alone: write it as SQL with pg_restore -f, scan that",
    SQLITE_LOCKED: "isn't an SQLite database, or is encrypted: decrypt a copy",
}
_BESIDE = (*private_copy.BESIDE, "-shm")
_TRIES = 3
#: A database of this machine that is larger isn't copied.
COPIED = 1 << 30


class Databases:
    """Opens databases of a store, and keeps the last few open."""

    def __init__(self, store: Store, inside: Inside, options: Options) -> None:
        self._store, self._inside, self._key = store, inside, options.digest_key
        self._shelf = Shelf()
        self._kinds: dict[str, str] = {}
        self._indexes: dict[tuple[str, str], Index] = {}

    def parted(self, path: str) -> tuple[str, str]:
        """Return the path of a table's file and the table's name, "" where it is no table.

        >>> databases.parted("a.zip!/b.db!/t")  # doctest: +SKIP
        ('a.zip!/b.db', 't')
        """
        end = path.rfind(INSIDE)
        while end >= 0:
            if self._is_database(path[:end]):
                return path[:end], path[end + len(INSIDE) :]
            end = path.rfind(INSIDE, 0, end)
        return path, ""

    def meet(self, unit: Unit, content: Content) -> None:
        """Note what a file is, so that it needn't be opened to be told again."""
        self._kinds[unit.path] = content.media_type

    def lent(self, unit: Unit) -> AbstractContextManager[Tables]:
        """Open a database; raises ``SourceError`` and ``OSError``."""
        return self._shelf.lent(unit.path, self.version(unit), lambda: self._opened(unit))

    def version(self, unit: Unit) -> str:
        """Return what differs once the database's content does, in its file or beside it."""
        return "/".join((unit.version, *(one.version for one in self._beside(unit).values())))

    def is_part(self, unit: Unit) -> bool:
        """Tell whether a file belongs to a database beside it, with which it is read."""
        name = next((unit.path.removesuffix(one) for one in _BESIDE if unit.path.endswith(one)), "")
        return self._is_database(name) and self._kinds[name] == sqlite_file.MEDIA_TYPE

    def close(self) -> None:
        """Close what is open."""
        self._shelf.close()

    def _is_database(self, path: str) -> bool:
        if path and path not in self._kinds:
            try:
                with self._inside.found(path) as unit, opened(unit) as content:
                    self.meet(unit, content)
            except (OSError, SourceError):
                return False
        return self._kinds.get(path) in KINDS

    def _opened(self, unit: Unit) -> Tables:
        with opened(unit) as content:
            if content.media_type == sql_head.MEDIA_TYPE:
                return self._dump(unit, content)
            try:
                return self._sqlite(unit, content)
            except sqlite3.Error as error:
                kind, words = diagnosis(error)
                raise kind(words) from None

    def _dump(self, unit: Unit, content: Content) -> Tables:
        # A member of an archive is unpacked anew each time it is opened, and so is a gzip.
        if unit.depth or unit.name != content.hint:
            copy = Unpacked(content.file)
            try:
                with copy.open() as file:
                    return DumpTables(self._indexed(unit, file), copy.open, copy.close)
            except BaseException:
                copy.close()
                raise
        return DumpTables(self._indexed(unit, content.file), unit.open)

    def _indexed(self, unit: Unit, file: BinaryIO) -> Index:
        known = unit.path, unit.version
        if known not in self._indexes:
            self._indexes[known] = index(file)
        return self._indexes[known]

    def _sqlite(self, unit: Unit, content: Content) -> Tables:
        stored = self._store.find(unit.path) if self._store.is_local and not unit.depth else None
        is_plain = unit.name == content.hint and not self._beside(unit)
        if stored is None or not is_plain or unit.bytes <= COPIED:
            return SqliteTables(self._copied(unit, content), "", self._key)
        uri = f"{Path(stored.at).absolute().as_uri()}?mode=ro&immutable=1"
        return SqliteTables(sqlite_file.opened(uri), uri, self._key)

    def _copied(self, unit: Unit, content: Content) -> sqlite3.Connection:
        """Copy a database of one moment: nothing of it may change meanwhile."""
        for _ in range(_TRIES):
            content.file.seek(0)
            before, beside = self.version(unit), self._beside(unit)
            files = {suffix: one.open() for suffix, one in beside.items()}
            connection = private_copy.connected({"": nullcontext(content.file), **files})
            with self._inside.found(unit.path) as now:
                if self.version(now) == before:
                    return connection
            connection.close()
        raise Unreachable("is locked by another program: scan again when it is done")

    def _beside(self, unit: Unit) -> dict[str, Unit]:
        """Find what holds the last changes of a database, by the end of its name."""
        found: dict[str, Unit] = {}
        if self._kinds.get(unit.path) != sqlite_file.MEDIA_TYPE:
            return found
        for suffix in private_copy.BESIDE:
            with suppress(OSError, SourceError), self._inside.found(unit.path + suffix) as one:
                if one.bytes:
                    found[suffix] = one
        return found
