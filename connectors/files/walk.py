"""The walk through a store's folders, in an order that stays the same from scan to scan.

What is left out is told: hidden files and folders, locks, links that lead nowhere or round in a
circle, folders that can't be listed, and things that are no files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.files.access import is_passable
from connectors.files.backend import Info
from connectors.files.store import Store, Stored
from connectors.files.unit import Unit, why_left_out
from connectors.place import Status, Unread

_READ = frozenset(("file", "directory"))


@dataclass(frozen=True, slots=True, repr=False)
class Folder:
    """The files of one folder, sorted by path."""

    units: list[Unit]


@dataclass(frozen=True, slots=True, repr=False)
class _Step:
    """A folder on the way; ``open_to_all`` says whether everyone can come into it."""

    stored: Stored
    open_to_all: bool


def walk(store: Store) -> Iterator[Folder | Unread]:
    """Yield every folder's files, then what lies in its folders, and what is left out."""
    top = store.top()
    if not top.is_folder:
        yield Folder([store.unit(top)])
        return
    real_top = os.path.realpath(top.at) if store.is_local else ""
    been: set[str] = set()
    ahead = [_Step(top, is_passable(top.info))]
    while ahead:
        step = ahead.pop()
        folders: list[_Step] = []
        yield from _folder(store, step, folders, _Links(real_top, been))
        ahead += reversed(folders)


@dataclass(frozen=True, slots=True, repr=False)
class _Links:
    """Where links have led: a folder is entered by one only from outside, and once."""

    top: str
    been: set[str]

    def refuse(self, link: Stored) -> str | None:
        if not self.top:
            return "link to a folder on another machine, which may lead anywhere"
        real = os.path.realpath(link.at)
        if self._holds(real, self.top) or self._holds(self.top, real):
            return "link to a folder of this source, which is read where it lies"
        if any(self._holds(one, real) or self._holds(real, one) for one in self.been):
            return "link to a folder that another link leads to"
        self.been.add(real)
        return None

    @staticmethod
    def _holds(folder: str, inner: str) -> bool:
        return inner == folder or inner.startswith(folder.rstrip("/") + "/")


def _folder(
    store: Store, step: _Step, folders: list[_Step], links: _Links
) -> Iterator[Folder | Unread]:
    units: list[Unit] = []
    last = ""
    for found in _listed(store, step):
        each = _followed(store, found, links) if isinstance(found, Stored) else found
        if isinstance(each, Stored) and each.path == last:
            each = _skipped(each, "its name differs from another's only in its Unicode form")
        if isinstance(each, Unread):
            yield each
            continue
        last = each.path
        if each.is_folder:
            folders.append(_Step(each, step.open_to_all and is_passable(each.info)))
        else:
            units.append(store.unit(each, open_to_all=step.open_to_all))
    yield Folder(units)


def _listed(store: Store, step: _Step) -> Iterator[Stored | Unread]:
    try:
        yield from store.listed(step.stored)
    except PermissionError:
        reason = "permission denied; let the scanning account list this folder"
        yield _skipped(step.stored, reason, Status.FAILED)
    except OSError as error:
        reason = f"the folder can't be listed: {error.strerror or 'its store failed'}"
        yield _skipped(step.stored, reason, Status.FAILED)


def _followed(store: Store, stored: Stored, links: _Links) -> Stored | Unread:
    """Return what is to be read, or why it isn't."""
    if reason := why_left_out(stored.path.rpartition("/")[2]):
        return _skipped(stored, reason.replace("file", "folder") if stored.is_folder else reason)
    if stored.is_link:
        try:
            stored = store.followed(stored)
        except OSError:
            return _skipped(stored, "link that leads nowhere", Status.FAILED)
        if stored.is_folder and (reason := links.refuse(stored)):
            return _skipped(stored, reason)
    reason = _why_unread(stored.info)
    return _skipped(stored, reason) if reason else stored


def _why_unread(info: Info) -> str | None:
    if info.get("offline"):
        return "offline: its content lies elsewhere, and isn't called back"
    return None if info["type"] in _READ else "no regular file: a device, pipe or socket"


def _skipped(stored: Stored, reason: str, status: Status = Status.SKIPPED) -> Unread:
    return Unread(f"{stored.path}/" if stored.is_folder else stored.path, status, reason)
