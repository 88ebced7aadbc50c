"""住所の読み取り (reading addresses): where in a text an address begins, and how far down it goes.

An address is read from the greatest to the smallest: prefecture, 郡 or city, municipality or ward,
town, block, building, room; down to the municipality by ``scanners.japanese.municipality``.
What towns there are comes from Japan Post's table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanners.japanese.blocks import (
    BLOCK,
    BUILDING,
    CROSSING,
    LETTER,
    MASKED,
    PLAIN,
    SUBTOWN,
    SURE,
    UNKNOWN,
)
from scanners.japanese.municipality import (
    LONGEST,
    Head,
    back,
    below_prefecture,
    headed,
    municipality,
)
from scanners.japanese.places import place_key, places

_SUFFIX = re.compile("[都道府県市区町村]")
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


def addresses(text: str) -> Iterator[Address]:
    """Read the addresses of a folded text that name a municipality, in order."""
    key, done = place_key(text), 0
    for match in _SUFFIX.finditer(key):
        if match.start() < done:
            continue
        head = headed(key, match, done)
        if head is None:
            continue
        address = _read(text, key, head)
        done = address.end
        yield address


def address_at(text: str) -> Address | None:
    """Read the address that a folded text begins with."""
    key = place_key(text)
    head = below_prefecture(key, 0) or municipality(key, 0, 0, prefecture=False)
    return _read(text, key, head) if head else None


def town_at(text: str, at: int = 0) -> Address | None:
    """Read a town and its block where nothing above them is said: 西新宿2-8-1."""
    key = place_key(text[at : at + 2 * LONGEST])
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
        start = back(known, key, end, max(0, end - LONGEST))
        address = town_at(text, start) if start >= 0 else None
        if address:
            yield address


def _read(text: str, key: str, head: Head) -> Address:
    crossing = _CROSSING.match(text, head.end) if head.kyoto else None
    at = crossing.end() if crossing else head.end
    begin = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing as well
    end = places().town_end(head.towns, key, begin)
    block = _LISTED.match(text, end) if end >= 0 else None
    listed = block is not None
    block = block or _UNLISTED.match(text, at)
    if block is None:
        return _unblocked(text, head, at, end)
    sure = listed or _is_sure(text, key, begin, block)
    last = _built(text, block.end())
    return Address(head.start, last, head.end, head.prefecture, listed, True, sure)


def _unblocked(text: str, head: Head, at: int, town: int) -> Address:
    """Read an address without a block, of which the rest is masked, or Kyoto's crossing says it."""
    masked, crossed = _MASKED.match(text, at), at > head.end
    last = masked.end() if masked else max(town, at)
    return Address(head.start, last, head.end, head.prefecture, town >= 0, crossed, crossed)


def _is_sure(text: str, key: str, begin: int, block: re.Match[str]) -> bool:
    if SURE.match(text, block.start("block")):
        return True
    return places().town_end(places().every_town, key, begin) > begin + 1


def _built(text: str, end: int) -> int:
    building = BUILDING.match(text, end)
    return building.end() if building else end
