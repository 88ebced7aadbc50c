"""A source of files: folders walked, archives entered, each file read by the reader it calls for.

A file that can't be read doesn't stop the others; it is told. See :mod:`connectors.place` for how
datasets and records are named, :mod:`connectors.files.group` for files that are one dataset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from fnmatch import fnmatchcase
from typing import ClassVar

from connectors.base import Work, WritableSource, skipped
from connectors.change import Change, Fetched, Intent, Refusal
from connectors.files import group, tabled
from connectors.files.backend import Backend
from connectors.files.content import Content, explain, opened
from connectors.files.databases import KINDS, SHUT, Databases
from connectors.files.described import described, grouped, layout
from connectors.files.fetching import Fetching
from connectors.files.group import Surveyed
from connectors.files.hashing import file_hash
from connectors.files.inside import Inside, entered
from connectors.files.local import LocalBackend
from connectors.files.reading import read
from connectors.files.steady import CHANGED, steady
from connectors.files.store import Store
from connectors.files.tabled_fetch import fetched
from connectors.files.unit import Unit
from connectors.files.walk import walk
from connectors.files.writing import writing
from connectors.fingerprint import Fingerprint, Signal
from connectors.options import PLAIN, Options
from connectors.place import Batch, Dataset, Mark, Partition, Status, Unread

#: These hold tables and nothing else.
_NO_RECORDS = frozenset((*SHUT, "application/vnd.sqlite3"))


class FileSource(WritableSource):
    """Files below a URL; the patterns of ``options`` are over paths below it."""

    tested_against = LocalBackend.tested_against
    #: The kind of store.
    backend: ClassVar[type[Backend]] = LocalBackend

    def __init__(
        self,
        name: str,
        url: str,
        options: Options = PLAIN,
    ) -> None:
        super().__init__(name, url, options)
        self._include = tuple(each.lstrip("/") for each in options.include)
        self._exclude = tuple(each.lstrip("/") for each in options.exclude)
        self._store = Store(self.backend(url, options))
        self._inside = Inside(self._store, options)
        self._databases = Databases(self._store, self._inside, options)

    def check(self) -> str:
        """List the top folder."""
        top = self._store.top()
        untested = "" if self.tested_against else "; this kind of store is untested"
        if not top.is_folder:
            return f"a file{untested}"
        return f"a folder with {self._store.entries(top)} entries{untested}"

    def datasets(self) -> Iterator[Dataset | Unread]:
        """Walk all folders and archives; of each file only the head is read."""
        for found in walk(self._store):
            if isinstance(found, Unread):
                yield from () if self._is_excluded(found.dataset) else (found,)
            else:
                yield from self._described(found.units)

    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read one file; what it lacks in the end is told with the status it deserves."""
        return skipped(steady(lambda: self._read(partition)), after)

    def _read(self, partition: Partition) -> Iterator[Batch | Unread]:
        rows = 0
        try:
            path, table = self._databases.parted(partition.name)
            with self._inside.found(path) as unit:
                for each in self._items(unit, table, partition):
                    rows += len(each.records) if isinstance(each, Batch) else 0
                    yield each
                if self._inside.has_changed(path, unit):
                    yield Unread(partition.dataset, Status.PARTIAL, CHANGED, partition.number)
        except Exception as error:  # noqa: BLE001  # a parser may raise anything over one bad file
            status, reason = explain(error)
            status = Status.PARTIAL if rows else status
            yield Unread(partition.dataset, status, reason, partition.number)

    def fetch(self, dataset: str, records: Sequence[str]) -> Iterator[Fetched | Refusal]:
        """Read the files of the records; stop in each when all are found."""
        if self._databases.parted(dataset)[1]:
            return fetched(dataset, records, self._inside, self._databases, self.options)
        fetching = Fetching(self._inside, self.options, is_local=self._store.is_local)
        return fetching.fetched(dataset, records)

    def writing(
        self, changes: Sequence[Change], known: Sequence[Intent] = ()
    ) -> AbstractContextManager[Work]:
        """Write the files again beside the old ones."""
        return writing(self._store, self.options, changes, known)

    def fingerprint(self, partition: Partition) -> Fingerprint | None:
        """Hash the content, unless the store tags it; ``None`` where it can't be read."""
        try:
            path, table = self._databases.parted(partition.name)
            with self._inside.found(path) as unit:
                if table and (known := self._databases.version(unit)) != unit.version:
                    # A log beside it counts too; without times, sizes alone tell nothing.
                    return Fingerprint(Signal.SIZE_TIME, known) if unit.modified else None
                if unit.version.startswith(f"{Signal.ETAG}:"):
                    return Fingerprint(Signal.ETAG, unit.version.removeprefix(f"{Signal.ETAG}:"))
                with unit.open() as file:
                    return Fingerprint(Signal.CONTENT, file_hash(file, self.digest_key))
        except Exception:  # noqa: BLE001  # as in reading, which tells what is wrong with it
            return None

    def close(self) -> None:
        """Close the archive that was read last, databases and connections."""
        self._databases.close()
        self._inside.close()
        self._store.close()

    def _is_excluded(self, path: str) -> bool:
        return any(fnmatchcase(path, each) for each in self._exclude)

    def _is_wanted(self, path: str) -> bool:
        if self._is_excluded(path):
            return False
        return not self._include or any(fnmatchcase(path, each) for each in self._include)

    def _chosen_in(self, unit: Unit) -> Callable[[str], bool]:
        """Choose a database's tables, by their own names or all by its name."""
        is_wanted = self._is_wanted(unit.path)
        return lambda name: self._is_wanted(name) or (is_wanted and not self._is_excluded(name))

    def _described(self, units: Sequence[Unit]) -> Iterator[Dataset | Unread]:
        """Describe the files of one folder, archives among them."""
        for alike in group.alike(unit for unit in units if not self._is_excluded(unit.path)):
            surveyed: list[Surveyed] = []
            for unit in alike:
                for each in self._surveyed(unit):
                    if not isinstance(each, Surveyed):
                        yield each
                    elif len(alike) <= group.FEW:
                        yield described(unit.path, [each])
                    else:
                        surveyed.append(each)
            yield from grouped(surveyed)

    def _surveyed(self, unit: Unit) -> Iterator[Surveyed | Dataset | Unread]:
        """Look at the head of a file, or at all that is in an archive."""
        try:
            if self._databases.is_part(unit):
                return
            with opened(unit) as content:
                if content.is_archive:
                    yield from self._archived(unit, content)
                elif self._is_wanted(unit.path) and content.media_type not in _NO_RECORDS:
                    yield Surveyed(unit, layout(unit, content, self.options))
                if content.media_type in KINDS or content.media_type in SHUT:
                    yield from tabled.tables(unit, content, self._databases, self._chosen_in(unit))
        except Exception as error:  # noqa: BLE001  # a parser may raise anything over one bad file
            if self._is_wanted(unit.path):
                yield Unread(unit.path, *explain(error))

    def _items(self, unit: Unit, table: str, partition: Partition) -> Iterator[Batch | Unread]:
        if table:
            return tabled.read(unit, table, partition, self._databases)
        return read(unit, partition, self.options)

    def _archived(self, unit: Unit, content: Content) -> Iterator[Dataset | Unread]:
        for found in entered(unit, content, self.options):
            if isinstance(found, Unread):
                yield found
            else:
                yield from self._described(found)
