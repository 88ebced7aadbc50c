"""Who can open a file, as far as its store tells: owner, group and mode of POSIX."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from functools import lru_cache

from connectors.place import Access


def access(info: Mapping[str, object], *, open_to_all: bool) -> Access | None:
    """Read owner and mode; ``open_to_all`` says whether everyone can come as far as its folder."""
    mode, owner, group = info.get("mode"), info.get("uid"), info.get("gid")
    if not isinstance(mode, int):
        return None
    groups = (_group(group),) if isinstance(group, int) and mode & stat.S_IRGRP else ()
    everyone = open_to_all and bool(mode & stat.S_IROTH)
    return Access(_user(owner) if isinstance(owner, int) else None, groups, everyone)


def is_passable(info: Mapping[str, object]) -> bool:
    """Say whether everyone can go through a folder; so they can where there are no modes."""
    mode = info.get("mode")
    return not isinstance(mode, int) or bool(mode & stat.S_IXOTH)


@lru_cache(maxsize=1024)
def _user(number: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number)


@lru_cache(maxsize=1024)
def _group(number: int) -> str:
    try:
        import grp

        return grp.getgrgid(number).gr_name
    except (ImportError, KeyError):
        return str(number)
