"""A store of files: a local folder, a bucket, a server; :mod:`connectors.files.backend` per kind.

Only what a store says of a file is used: name, size, time or tag, and where it has them owner and
mode.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from connectors.errors import Refused, Unreachable
from connectors.files.backend import Backend, Info, T
from connectors.files.swap import Draft
from connectors.files.unit import Unit, shown
from connectors.fingerprint import Fingerprint, Signal


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """One thing in a folder: ``at`` is the store's own name for it, ``path`` the one shown."""

    path: str
    at: str
    info: Info

    @property
    def is_folder(self) -> bool:
        """Say whether it holds others."""
        return bool(self.info["type"] == "directory")

    @property
    def is_link(self) -> bool:
        """Say whether it merely leads somewhere."""
        return bool(self.info.get("islink"))


@contextmanager
def _told() -> Iterator[None]:
    """Say why the source as a whole can't be looked at."""
    try:
        yield
    except FileNotFoundError:
        raise Unreachable("There is nothing at this path; correct the source's url.") from None
    except PermissionError:
        raise Refused("Permission denied; let the scanning account read the folder.") from None
    except OSError:
        raise Unreachable("The store can't be reached; try again later.") from None


class Store:
    """What lies below one URL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._top: Stored | None = None
        self._remembered: tuple[str | None, dict[str, Stored]] = (None, {})

    @property
    def is_local(self) -> bool:
        """Say whether the machine's own paths and links are meant."""
        return self._backend.is_local

    def top(self) -> Stored:
        """Return the folder or file the URL names; raises ``Unreachable`` or ``Refused``."""
        root = self._backend.root
        with _told():
            info = self._backend.info(root)
        is_file = info["type"] == "file"
        return Stored(shown(posixpath.basename(root)) if is_file else "", root, _lean(info))

    def entries(self, folder: Stored) -> int:
        """Count what lies in a folder; raises ``Unreachable`` or ``Refused``."""
        with _told():
            return len(self.listed(folder))

    def listed(self, folder: Stored) -> list[Stored]:
        """List a folder in the order of the names shown; raises ``OSError``."""
        below = f"{folder.path}/" if folder.path else ""
        found = (
            Stored(below + shown(posixpath.basename(info["name"])), info["name"], _lean(info))
            for info in self._backend.listed(folder.at)
            if info["name"].rstrip("/") != folder.at.rstrip("/")
        )
        return sorted(found, key=lambda each: (each.path, each.at))

    def followed(self, link: Stored) -> Stored:
        """Return what a link leads to, under the link's own path; raises ``OSError``."""
        return Stored(
            link.path, link.at, _lean(self._backend.info(link.at)) | {"islink": link.is_link}
        )

    def unit(self, stored: Stored, *, open_to_all: bool = True) -> Unit:
        """Return a file as something to open."""
        info = stored.info
        return Unit(
            path=stored.path,
            bytes=int(info.get("size") or 0),
            version=str(_fingerprint(info)),
            open=partial(self._backend.open, stored.at, info),
            modified=_modified(info),
            access=self._backend.access(stored.at, info, open_to_all=open_to_all),
            encrypted=partial(self._backend.encrypted, stored.at, info),
        )

    def draft(self, stored: Stored) -> AbstractContextManager[Draft]:
        """Begin a new content for a file."""
        return self._backend.draft(stored.at, stored.info)

    def tell(self, act: Callable[[], T]) -> T:
        """Do something with a draft, and turn its driver's errors into ours."""
        return self._backend.tell(act)

    def close(self) -> None:
        """Give back connections."""
        self._backend.close()

    def find(self, path: str, *, search: bool = True) -> Stored | None:
        """Find what the store keeps under the path shown; ``None`` where there is nothing.

        ``search`` also looks for names that are stored in another form than they are shown.
        """
        top = self._top = self._top or self.top()
        if not top.is_folder:
            return top if top.path == path else None
        at = posixpath.join(top.at, path)
        try:
            return Stored(path, at, _lean(self._backend.info(at)))
        except (FileNotFoundError, NotADirectoryError):
            return self._searched(top, path) if search else None

    def _searched(self, top: Stored, path: str) -> Stored | None:
        """Go down step by step, listing folders; the last one is remembered."""
        folder = path.rpartition("/")[0]
        remembered = self._remembered
        if remembered[0] != folder:
            found = self._searched(top, folder) if folder else top
            listed = self.listed(found) if found is not None and found.is_folder else []
            remembered = folder, {each.path: each for each in reversed(listed)}
            self._remembered = remembered  # at once: other threads look here too
        found = remembered[1].get(path)
        return self.followed(found) if found is not None else None


_KEPT = (
    "type",
    "size",
    "mtime",
    "ctime",
    "LastModified",
    "ETag",
    "mode",
    "uid",
    "gid",
    "islink",
    "offline",
)


def _lean(info: Info) -> Info:
    """Keep what is used: a folder may hold very many files."""
    return {key: info[key] for key in _KEPT if key in info}


def _modified(info: Info) -> datetime | None:
    when = info.get("mtime", info.get("LastModified"))
    if isinstance(when, int | float):
        return datetime.fromtimestamp(when, UTC)
    if not isinstance(when, datetime):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _fingerprint(info: Info) -> Fingerprint:
    if info.get("ETag"):
        return Fingerprint(Signal.ETAG, str(info["ETag"]).strip('"'))
    time = info.get("mtime") or info.get("LastModified") or ""
    # A copy may be given its original's time; when that was done, the file system tells itself.
    seen = [info.get("size"), time, *(info[key] for key in ("ctime",) if key in info)]
    return Fingerprint(Signal.SIZE_TIME, "-".join(map(str, seen)))
