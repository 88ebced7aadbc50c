"""住所の読み取り (reading addresses): where in a text an address begins, and how far down it goes.

An address is read from the greatest to the smallest: prefecture, 郡 or city, municipality or ward,
town, block, building, room. What there is comes from Japan Post's table; a municipality that the
table lacks (merged away, misspelt) is read where its prefecture stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanners.japanese.blocks import (
    BLOCK,
    BUILDING,
    CROSSING,
    KANA,
    LETTER,
    MASKED,
    PLAIN,
    SUBTOWN,
    SURE,
    UNKNOWN,
)
from scanners.japanese.gazetteer import PREFECTURES
from scanners.japanese.places import place_key, places

_PREFECTURES = frozenset(PREFECTURES)
_SUFFIX = re.compile("[都道府県市区町村]")
_ABOVE = frozenset("都道府県")
_LONGEST = 12
_STEP = rf"(?:{LETTER}|{KANA}){{1,6}}?"
#: A municipality that no table knows, behind its prefecture.
_UNKNOWN_CITY = re.compile(
    rf"(?!内|下|全|民|立|知事|議|庁|警|営)(?:{_STEP}郡{_STEP}[町村]|{_STEP}市(?!場){LETTER}{{1,4}}?区|{_STEP}[市区町村])"
)
_WARD = re.compile(r"[ ]?[^\s0-9]{1,4}?[区町村]")
_SPACE = re.compile("[ ]{0,2}(?:大字|字)?")
_CROSSING = re.compile(CROSSING)
_LISTED = re.compile(
    rf"{SUBTOWN}[ ]?(?P<block>{BLOCK})|(?:字{LETTER}{{1,8}})?[ ]?(?P<plain>{PLAIN})"
)
_UNLISTED = re.compile(rf"{UNKNOWN}(?P<block>{BLOCK})")
_MASKED = re.compile(MASKED)
_BARE = re.compile(rf"[ ]?(?P<block>{BLOCK})")
#: 西新宿二丁目8番1号 says of itself that it is one.
_WHOLE_BLOCK = re.compile(
    "丁目[ ]?[0-9一二三四五六七八九十]{1,3}番地?の?[ ]?[0-9一二三四五六七八九十]{1,3}号?"
)


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """An address at characters ``start`` to ``end``; the flags say what was read of it."""

    start: int
    end: int
    #: Where the municipality ends.
    below: int
    prefecture: bool
    #: Its town is one that the table gives the municipality.
    listed: bool
    blocked: bool
    #: Its block has three numbers or a written unit, or its town is one somewhere.
    sure: bool


@dataclass(frozen=True, slots=True, repr=False)
class _Head:
    start: int
    end: int
    prefecture: bool
    towns: frozenset[str]
    kyoto: bool = False


def addresses(text: str) -> Iterator[Address]:
    """Read the addresses of a folded text that name a municipality, in order."""
    key, done = place_key(text), 0
    for match in _SUFFIX.finditer(key):
        if match.start() < done:
            continue
        head = _headed(key, match, done)
        if head is None:
            continue
        address = _read(text, key, head)
        done = address.end
        yield address


def address_at(text: str, at: int = 0) -> Address | None:
    """Read the address that begins at a place of a folded text."""
    key = place_key(text[at : at + 4 * _LONGEST])
    head = _forward(key, 0) or _city(key, 0, 0, prefecture=False)
    if head is None:
        return None
    moved = _Head(at + head.start, at + head.end, head.prefecture, head.towns, head.kyoto)
    return _read(text, place_key(text), moved)


def town_at(text: str, at: int = 0) -> Address | None:
    """Read a town and its block where nothing above them is said: 西新宿2-8-1."""
    key = place_key(text[at : at + 2 * _LONGEST])
    begin = _SPACE.match(key).end()  # type: ignore[union-attr]  # it matches nothing as well
    end = places().town_end(places().every_town, key, begin)
    block = _BARE.match(text, at + end) if end - begin > 1 else None
    if block is None:
        return None
    sure = SURE.match(text, block.start("block")) is not None
    return Address(at + begin, _built(text, block.end()), at + begin, False, True, True, sure)


def is_piece(value: str) -> bool:
    """Tell whether a folded value is what a form asks for last: a block, a building, a room.

    >>> is_piece("1-2-3"), is_piece("青空ハイツ101"), is_piece("2024-05-01")
    (True, True, False)
    """
    block = _BARE.match(value)
    end = block.end() if block else 0
    return 0 < len(value) == _built(value, end)


def towns(text: str) -> Iterator[Address]:
    """Read the towns with a block written out in full, whatever stands above them."""
    known, key = places().every_town, place_key(text)
    for match in _WHOLE_BLOCK.finditer(text):
        numbered = re.search(
            "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})$",
            text[max(0, match.start() - 3) : match.start()],
        )
        if numbered is None:
            continue
        end = match.start() - len(numbered[0])
        start = _back(known, key, end, max(0, end - _LONGEST))
        address = town_at(text, start) if start >= 0 else None
        if address:
            yield address


def _headed(key: str, match: re.Match[str], done: int) -> _Head | None:
    if match[0] in _ABOVE:
        start = next(
            (at for at in (match.end() - 3, match.end() - 4) if _is_prefecture(key, at, match)), -1
        )
        return _forward(key, start) if start >= done else None
    start = _back(places().towns, key, match.end(), done)
    return _city(key, start, start, prefecture=False, end=match.end()) if start >= 0 else None


def _is_prefecture(key: str, at: int, match: re.Match[str]) -> bool:
    return at >= 0 and key[at : match.end()] in _PREFECTURES


def _back(known: object, key: str, end: int, floor: int) -> int:
    """Return where the longest known name begins that ends at ``end``, or -1."""
    names = known if isinstance(known, frozenset | dict) else frozenset()
    for start in range(max(floor, end - _LONGEST), end - 1):
        if key[start:end] in names:
            return start
    return -1


def _forward(key: str, start: int) -> _Head | None:
    """Read prefecture and municipality from where the prefecture begins."""
    end = next((start + size for size in (3, 4) if key[start : start + size] in _PREFECTURES), -1)
    if end < 0:
        return None
    at = end + len(key[end : end + 2]) - len(key[end : end + 2].lstrip(" "))
    known = _city(key, start, at, prefecture=True)
    if known:
        return known
    match = _UNKNOWN_CITY.match(key, at)
    return _Head(start, match.end(), prefecture=True, towns=frozenset()) if match else None


def _city(key: str, start: int, at: int, *, prefecture: bool, end: int = 0) -> _Head | None:
    """Read the longest municipality at ``at``, and the ward or town below it behind a space."""
    known = places().towns
    ends = [end] if end else range(min(at + _LONGEST, len(key)), at + 1, -1)
    found = next((one for one in ends if key[at:one] in known), -1)
    if found < 0:
        return None
    name = key[at:found]
    below = _WARD.match(key, found)
    if below and name + below[0].strip() in known:
        name, found = name + below[0].strip(), below.end()
    return _Head(start, found, prefecture, known[name], name.startswith("京都市"))


def _read(text: str, key: str, head: _Head) -> Address:
    at = head.end
    crossing = _CROSSING.match(text, at) if head.kyoto else None
    if crossing:
        at = crossing.end()
    begin = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing as well
    end = places().town_end(head.towns, key, begin)
    block = _LISTED.match(text, end) if end >= 0 else None
    listed = end >= 0
    if block is None:
        block = _UNLISTED.match(text, at)
        listed = listed and not block
    if block:
        sure = listed or _is_sure(text, key, begin, block)
        return Address(
            head.start, _built(text, block.end()), head.end, head.prefecture, listed, True, sure
        )
    masked = _MASKED.match(text, at)
    last = masked.end() if masked else max(end, at)
    return Address(
        head.start,
        last,
        head.end,
        head.prefecture,
        listed,
        crossing is not None,
        crossing is not None,
    )


def _is_sure(text: str, key: str, begin: int, block: re.Match[str]) -> bool:
    if SURE.match(text, block.start("block")):
        return True
    return places().town_end(places().every_town, key, begin) > begin + 1


def _built(text: str, end: int) -> int:
    building = BUILDING.match(text, end)
    return building.end() if building else end
