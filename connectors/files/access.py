"""Who can open a file, as far as its store tells: owner, group, mode and ACL of POSIX.

An ACL (Access Control List) names more users and groups, each with rights of its own, under a mask
that bounds them. Linux keeps it beside the file as ``system.posix_acl_access``. Source:
https://man7.org/linux/man-pages/man5/acl.5.html
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from connectors.place import Access

_ATTRIBUTE = "system.posix_acl_access"
_ENTRY = struct.Struct("<HHI")
_VERSION = 4
_USER, _GROUP_OWNER, _GROUP, _MASK = 0x02, 0x04, 0x08, 0x10
_READ = 4


def access(info: Mapping[str, object], *, open_to_all: bool, named: bool = True) -> Access:
    """Read owner and mode; ``open_to_all`` says whether everyone can come as far as its folder.

    Without ``named`` owner and group stay the numbers that they are on another machine.
    """
    mode, owner, group = info.get("mode"), info.get("uid"), info.get("gid")
    if not isinstance(mode, int):
        return Access()
    users, names = (_user, _group) if named else (str, str)
    groups = (names(group),) if isinstance(group, int) and mode & stat.S_IRGRP else ()
    everyone = open_to_all and bool(mode & stat.S_IROTH)
    return Access(users(owner) if isinstance(owner, int) else None, groups, everyone)


def with_list(found: Access, path: str, group: int) -> Access:
    """Add whom a file's ACL lets read; a user is told as ``user:name`` among the groups.

    The mode of a file with an ACL shows the mask in place of its own group's rights.
    """
    try:
        raw = os.getxattr(path, _ATTRIBUTE)
    except (OSError, AttributeError):
        return found
    return replace(found, groups=tuple(_readers(raw, group)))


def is_passable(info: Mapping[str, object]) -> bool:
    """Say whether everyone can go through a folder; so they can where there are no modes."""
    mode = info.get("mode")
    return not isinstance(mode, int) or bool(mode & stat.S_IXOTH)


def _readers(raw: bytes, group: int) -> Iterator[str]:
    entries = list(_ENTRY.iter_unpack(raw[_VERSION:]))
    mask = next((rights for tag, rights, _ in entries if tag == _MASK), _READ)
    for tag, rights, number in entries:
        if not rights & mask & _READ:
            continue
        if tag == _GROUP_OWNER:
            yield _group(group)
        elif tag == _GROUP:
            yield _group(number)
        elif tag == _USER:
            yield f"user:{_user(number)}"


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
