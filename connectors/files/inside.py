"""What is inside archives: ``a.zip!/b.csv``, and how to find it again by that name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby
from threading import get_ident

from connectors.files.content import Content, opened
from connectors.files.store import Store, Stored
from connectors.files.unit import INSIDE, Unit, member_of, why_left_out
from connectors.options import Options
from connectors.place import Status, Unread
from connectors.readers.archive import members
from connectors.readers.member import Sealed

#: Archives in archives, and what one of them may hold in all.
DEEPEST = 4
LARGEST = 64 * 1024**3


def entered(archive: Unit, content: Content, options: Options) -> Iterator[list[Unit] | Unread]:
    """Yield the files of each folder in an archive, and what in it can't be read."""
    if archive.depth >= DEEPEST:
        reason = f"more than {DEEPEST} archives in one another"
        yield Unread(archive.path, Status.SKIPPED, reason)
        return
    units: list[Unit] = []
    for found in _units(archive, content, options):
        if isinstance(found, Unread):
            yield found
        else:
            units.append(found)
    if sum(unit.bytes for unit in units) > LARGEST:
        reason = f"more than {LARGEST >> 30} GiB unpacked"
        yield Unread(archive.path, Status.SKIPPED, reason, units=len(units))
        return
    units.sort(key=lambda unit: (_folder(unit), unit.path))
    for _, some in groupby(units, _folder):
        yield list(some)


class Inside:
    """Finds units by their paths; the archive entered last stays open for its next member.

    Each thread has one of its own open: one that another closes is of no use.
    """

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options
        self._open: dict[int, _Open] = {}

    @contextmanager
    def found(self, path: str) -> Iterator[Unit]:
        """Find a file; raises ``FileNotFoundError`` where it is gone."""
        yield self._unit(path)

    def has_changed(self, path: str, unit: Unit) -> bool:
        """Tell whether the file, or the archive around it, is another now."""
        stored = self._stored(path)
        return stored is None or not unit.version.startswith(self._store.unit(stored).version)

    def close(self) -> None:
        """Close what is open."""
        for thread in list(self._open):
            self._close(thread)

    def _unit(self, path: str) -> Unit:
        archive, inside, _ = path.rpartition(INSIDE)
        stored = self._store.find(path, search=not inside)
        if stored is not None and not stored.is_folder:
            return self._store.unit(stored)
        if not inside:
            raise FileNotFoundError
        found = self._members(archive).get(path)
        if found is None:
            raise FileNotFoundError
        return found

    def _members(self, archive: str) -> dict[str, Unit]:
        thread = get_ident()
        last = self._open.get(thread)
        if last is None or last.path != archive:
            unit = self._unit(archive)
            last = self._open.get(thread)
            stack = last.stack if last and INSIDE in archive else ExitStack()
            if INSIDE not in archive:
                self._close(thread)
            content = stack.enter_context(opened(unit))
            found = _units(unit, content, self._options)
            units = [each for each in found if isinstance(each, Unit)]
            last = _Open(archive, stack, {each.path: each for each in units})
            self._open[thread] = last
        return last.units

    def _close(self, thread: int) -> None:
        last = self._open.pop(thread, None)
        if last is not None:
            last.stack.close()

    def _stored(self, path: str) -> Stored | None:
        """Find the file in the store that is, or that holds, the one at ``path``."""
        found = self._store.find(path, search=INSIDE not in path)
        while found is None and INSIDE in path:
            path = path.rpartition(INSIDE)[0]
            found = self._store.find(path, search=INSIDE not in path)
        return found


@dataclass(frozen=True, slots=True, repr=False)
class _Open:
    """An archive that is open, with all archives around it, and its members by path."""

    path: str
    stack: ExitStack
    units: dict[str, Unit]


def _units(archive: Unit, content: Content, options: Options) -> Iterator[Unit | Unread]:
    for member in members(content.file, options.passwords):
        path = f"{archive.path}{INSIDE}{member.name}"
        if isinstance(member, Sealed):
            yield Unread(path, member.gap.status, member.gap.reason, units=member.gap.units)
        elif reason := why_left_out(path):
            yield Unread(path, Status.SKIPPED, reason)
        else:
            yield member_of(archive, member)


def _folder(unit: Unit) -> str:
    return unit.path.rpartition("/")[0]
