"""Files that are one dataset: more than three in a folder whose names differ in numbers only.

``売上_20240401.csv`` and its 364 fellows are ``売上_*.csv``, if they are also of one layout. Of a
layout that more than three others share it is ``売上_*.csv#2``; a file alone in its layout is a
dataset of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from connectors.files.unit import Unit
from connectors.place import Field
from connectors.readers.base import Layout

#: So many files, or fewer, are no pattern.
FEW = 3

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SUFFIX = re.compile(r"(?:\.[^.]{1,8}){0,2}$")


@dataclass(frozen=True, slots=True, repr=False)
class Surveyed:
    """A file with what its head tells."""

    unit: Unit
    layout: Layout


def pattern(path: str) -> str:
    """Put ``*`` for every number in a file's name, but not in its suffix.

    >>> pattern("月次/売上_20240401.csv.gz")
    '月次/売上_*.csv.gz'
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.partition(".") if name.count(".") == 1 else _split(name)
    return folder + slash + _DIGITS.sub("*", _UUID.sub("*", stem)) + dot + suffix


def alike(units: Iterable[Unit]) -> list[list[Unit]]:
    """Put files together by their pattern, in the order of the first of each."""
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(pattern(unit.path), []).append(unit)
    return list(found.values())


def by_layout(files: Iterable[Surveyed]) -> list[list[Surveyed]]:
    """Part files of one pattern by their layout, in the order of the first of each."""
    parts: list[list[Surveyed]] = []
    for each in files:
        for part in parts:
            if is_same(part[0].layout, each.layout):
                part.append(each)
                break
        else:
            parts.append([each])
    return parts


def is_same(one: Layout, other: Layout) -> bool:
    """Tell whether two files are of one layout.

    JSON has no layout of its own: there, half of the fields of the one with fewer must agree.
    """
    if one.media_type != other.media_type:
        return False
    if one.fields == other.fields:
        return True
    fewer = min(len(one.fields), len(other.fields))
    shared = len(set(one.fields) & set(other.fields))
    return "json" in one.media_type and shared * 2 >= fewer


def all_fields(files: Iterable[Surveyed]) -> tuple[Field, ...]:
    """Return every field of files of one layout, each once."""
    return tuple(dict.fromkeys(field for each in files for field in each.layout.fields))


def encodings(files: Iterable[Surveyed]) -> str | None:
    """Name the encodings of files, ASCII only where it is the only one."""
    found = {str(each.layout.encoding): None for each in files if each.layout.encoding}
    known = [each for each in found if each != "ascii"] or list(found)
    return ", ".join(known) or None


def names(
    path: str, parts: Iterable[list[Surveyed]]
) -> Iterator[tuple[str | None, list[Surveyed]]]:
    """Yield each layout's files with their pattern's name, ``None`` where they are too few."""
    number = 0
    for part in parts:
        if len(part) <= FEW:
            yield None, part
        else:
            number += 1
            yield path if number == 1 else f"{path}#{number}", part


def _split(name: str) -> tuple[str, str, str]:
    found = _SUFFIX.search(name)
    at = found.start() if found else len(name)
    return name[:at], "", name[at:]
