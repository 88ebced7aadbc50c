"""A store of files: a local folder, a bucket, a server, all reached through fsspec.

Only what a store says of a file is used: name, size, time or tag, and where it has them owner and
mode. Source: https://filesystem-spec.readthedocs.io/
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import unquote

import fsspec
from fsspec.core import url_to_fs

from connectors.errors import Refused, Unreachable, Unsupported
from connectors.files.access import access
from connectors.files.unit import Unit, shown
from connectors.place import Access

Info = dict[str, Any]


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


class Store:
    """What lies below one URL."""

    def __init__(self, url: str) -> None:
        self._fs, self.root = _opened(url)
        self._remembered: tuple[str | None, dict[str, Stored]] = (None, {})

    def top(self) -> Stored:
        """Return the folder or file the URL names; raises ``Unreachable`` or ``Refused``."""
        try:
            info = self._fs.info(self.root)
        except FileNotFoundError:
            raise Unreachable("There is nothing at this path; correct the source's url.") from None
        except PermissionError:
            raise Refused("Permission denied; let the scanning account read the folder.") from None
        except OSError:
            raise Unreachable("The store can't be reached; try again later.") from None
        is_file = info["type"] == "file"
        return Stored(shown(posixpath.basename(self.root)) if is_file else "", self.root, info)

    def listed(self, folder: Stored) -> list[Stored]:
        """List a folder in the order of the names shown; raises ``OSError``."""
        below = f"{folder.path}/" if folder.path else ""
        found = (
            Stored(below + shown(posixpath.basename(info["name"])), info["name"], _lean(info))
            for info in self._fs.ls(folder.at, detail=True)
            if info["name"].rstrip("/") != folder.at.rstrip("/")
        )
        return sorted(found, key=lambda each: (each.path, each.at))

    def followed(self, link: Stored) -> Stored:
        """Return what a link leads to, under the link's own path; raises ``OSError``."""
        return Stored(link.path, link.at, _lean(self._fs.info(link.at)) | {"islink": link.is_link})

    def unit(self, stored: Stored, *, open_to_all: bool = True) -> Unit:
        """Return a file as something to open."""
        return Unit(
            path=stored.path,
            bytes=int(stored.info.get("size") or 0),
            version=_version(stored.info),
            open=partial(self._fs.open, stored.at, "rb"),
            modified=_modified(stored.info),
            access=access(stored.info, open_to_all=open_to_all) or Access(),
        )

    def find(self, path: str, *, search: bool = True) -> Stored | None:
        """Find what the store keeps under the path shown; ``None`` where there is nothing.

        ``search`` also looks for names that are stored in another form than they are shown.
        """
        top = self.top()
        if not top.is_folder:
            return top if top.path == path else None
        at = posixpath.join(self.root, path)
        try:
            return Stored(path, at, _lean(self._fs.info(at)))
        except (FileNotFoundError, NotADirectoryError):
            return self._searched(top, path) if search else None

    def _searched(self, top: Stored, path: str) -> Stored | None:
        """Go down step by step, listing folders; the last one is remembered."""
        folder = path.rpartition("/")[0]
        if self._remembered[0] != folder:
            found = self._searched(top, folder) if folder else top
            listed = self.listed(found) if found is not None and found.is_folder else []
            self._remembered = folder, {each.path: each for each in reversed(listed)}
        found = self._remembered[1].get(path)
        return self.followed(found) if found is not None else None


def _opened(url: str) -> tuple[Any, str]:
    scheme, colon, _ = url.partition("://")
    if not colon or scheme == "file":
        local = fsspec.filesystem("file")
        path = local._strip_protocol(url)  # noqa: SLF001  # fsspec's own hook for this
        return local, path if local.exists(path) or not colon else unquote(path)
    try:
        # What was listed a minute ago says nothing of what changed since.
        found, root = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
    except (ImportError, ValueError):
        raise Unsupported(f"No file system for {scheme}://; install its fsspec package.") from None
    return found, str(root).rstrip("/")


_KEPT = ("type", "size", "mtime", "LastModified", "ETag", "mode", "uid", "gid", "islink")


def _lean(info: Info) -> Info:
    """Keep what is used: a folder may hold very many files."""
    return {key: info[key] for key in _KEPT if key in info}


def _modified(info: Info) -> datetime | None:
    when = info.get("mtime", info.get("LastModified"))
    if isinstance(when, int | float):
        return datetime.fromtimestamp(when, UTC)
    return when if isinstance(when, datetime) else None


def _version(info: Info) -> str:
    changing = info.get("ETag") or info.get("mtime") or info.get("LastModified") or ""
    return f"{info.get('size')}-{changing}"
