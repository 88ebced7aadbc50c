"""市区町村 (municipalities): the head of an address, read from its prefecture down.

Prefecture, 郡 or city, municipality or ward, by Japan Post's table. A municipality that the table
lacks (merged away, misspelt) is read where its prefecture stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from scanners.japanese.blocks import KANA, LETTER
from scanners.japanese.gazetteer import PREFECTURES
from scanners.japanese.places import places

#: Characters that the longest name of a place has, or a few more.
LONGEST = 12
_PREFECTURES = frozenset(PREFECTURES)
_ABOVE = frozenset("都道府県")
_STEP = rf"(?:{LETTER}|{KANA}){{1,6}}?"
#: A municipality that no table knows, behind its prefecture.
_UNKNOWN_CITY = re.compile(
    rf"(?!内|下|全|民|立|知事|議|庁|警|営)(?:{_STEP}郡{_STEP}[町村]|{_STEP}市(?!場){LETTER}{{1,4}}?区|{_STEP}[市区町村])"
)
_WARD = re.compile(r"[ ]?[^\s0-9]{1,4}?[区町村]")


@dataclass(frozen=True, slots=True, repr=False)
class Head:
    """An address down to its municipality, which has these ``towns``; characters of the text."""

    start: int
    end: int
    prefecture: bool
    towns: frozenset[str]
    kyoto: bool = False


def headed(key: str, match: re.Match[str], done: int) -> Head | None:
    """Return the head whose last or only suffix a match is, if it begins behind ``done``."""
    if match[0] in _ABOVE:
        start = next(
            (at for at in (match.end() - 3, match.end() - 4) if _is_prefecture(key, at, match)), -1
        )
        return below_prefecture(key, start) if start >= done else None
    start = back(places().towns, key, match.end(), done)
    return (
        municipality(key, start, start, prefecture=False, end=match.end()) if start >= 0 else None
    )


def back(names: Container[str], key: str, end: int, floor: int) -> int:
    """Return where the longest known name begins that ends at ``end``, or -1."""
    for start in range(max(floor, end - LONGEST), end - 1):
        if key[start:end] in names:
            return start
    return -1


def below_prefecture(key: str, start: int) -> Head | None:
    """Read prefecture and municipality from where the prefecture begins."""
    end = next((start + size for size in (3, 4) if key[start : start + size] in _PREFECTURES), -1)
    if end < 0:
        return None
    at = end + len(key[end : end + 2]) - len(key[end : end + 2].lstrip(" "))
    known = municipality(key, start, at, prefecture=True)
    if known:
        return known
    match = _UNKNOWN_CITY.match(key, at)
    return Head(start, match.end(), prefecture=True, towns=frozenset()) if match else None


def municipality(key: str, start: int, at: int, *, prefecture: bool, end: int = 0) -> Head | None:
    """Read the longest municipality at ``at``, and the ward or town below it behind a space."""
    known = places().towns
    ends = [end] if end else range(min(at + LONGEST, len(key)), at + 1, -1)
    found = next((one for one in ends if key[at:one] in known), -1)
    if found < 0:
        return None
    name = key[at:found]
    below = _WARD.match(key, found)
    if below and name + below[0].strip() in known:
        name, found = name + below[0].strip(), below.end()
    return Head(start, found, prefecture, known[name], name.startswith("京都市"))


def _is_prefecture(key: str, at: int, match: re.Match[str]) -> bool:
    return at >= 0 and key[at : match.end()] in _PREFECTURES
