"""Made-up people whose full names are held out from training, in kanji and by their reading.

Surnames with their population and given names with readings come from the open lists: usual ones
from two that agree. Rare given names are known to one list alone or to none: kanji that many given
names begin and end with, put together anew.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from scanners.japanese.training.split import held_out
from tests.benchmarks.accuracy.data import rows, shared

_GIMEI = re.compile(r"\s+- \['(.+?)', '(.+?)', '(.+?)', '(.+?)'\]")
_KANJI = re.compile(r"[\u3400-\u9fff々]+")
_LONG = re.compile(r"ou(?=[^aiueon]|$)")
#: So many given names begin or end with a character that is a usual one there.
_USUAL = 25
#: Rare given names of either kind.
_EACH = 1500
_HALF = {
    unicodedata.normalize("NFKC", half + mark): half + mark
    for half in map(chr, range(0xFF66, 0xFF9E))
    for mark in ("", "\uff9e", "\uff9f")
    if len(unicodedata.normalize("NFKC", half + mark)) == 1
}


@dataclass(frozen=True, slots=True)
class Part:
    """A surname or a given name in every script."""

    kanji: str
    hiragana: str
    katakana: str
    romaji: str

    @property
    def half(self) -> str:
        """The reading in half-width kana."""
        return "".join(_HALF.get(char, char) for char in self.katakana)


@dataclass(frozen=True, slots=True)
class Name:
    """A surname and a given name."""

    surname: Part
    given: Part

    @property
    def held_out(self) -> bool:
        """Tell whether training sees the name neither in kanji nor by its reading."""
        kana = f"{self.surname.katakana}{self.given.katakana}"
        return held_out(f"{self.surname.kanji}{self.given.kanji}") and held_out(kana)


def people(count: int, seed: int, *, rare: bool = False) -> list[Name]:
    """Return different people; the same ones for a seed."""
    chance = random.Random(seed)
    surnames, weights = _surnames()
    given = _rare() if rare else _usual()
    made: dict[tuple[str, str], Name] = {}
    while len(made) < count:
        one = Name(chance.choices(surnames, weights)[0], chance.choice(given))
        if one.held_out:
            made[one.surname.kanji, one.given.kanji] = one
    return list(made.values())


@cache
def _surnames() -> tuple[Sequence[Part], Sequence[float]]:
    """Surnames, each with the square root of its population for a weight."""
    listed = list(rows("names-shuhei/last_name_org.csv"))
    parts = [_part(kanji, hiragana, romaji) for kanji, _, hiragana, romaji in listed]
    return parts, [sqrt(int(row[1])) for row in listed]


@cache
def _usual() -> Sequence[Part]:
    """Given names that two independent lists know."""
    customers = {row[1].partition(" ")[2] for row in rows("100knocks/customer.csv")}
    read = {(one.kanji, one.hiragana) for one in _gimei()}
    return [
        _part(kanji, row[0], row[1])
        for row in _shuhei()
        for kanji in row[2:]
        if kanji and (kanji in customers or (kanji, row[0]) in read)
    ]


@cache
def _rare() -> Sequence[Part]:
    """Given names that one list alone knows, and as many that none does."""
    listed = {name for row in _shuhei() for name in row[2:]} | {one.kanji for one in _gimei()}
    usual = {one.kanji for one in _usual()}
    alone = [one for one in listed - usual if _KANJI.fullmatch(one) and len(one) > 1]
    chance = random.Random(11)
    made = sorted(_invented(listed | usual))
    chosen = [*chance.sample(sorted(alone), _EACH), *chance.sample(made, _EACH)]
    return [_part(one, "", "") for one in chosen]


def _invented(known: set[str]) -> Iterator[str]:
    """Put usual first and last characters of given names together that no list has together."""
    pairs = [name for name in known if len(name) == 2 and _KANJI.fullmatch(name)]
    firsts = [one for one, count in Counter(name[0] for name in pairs).items() if count > _USUAL]
    lasts = [one for one, count in Counter(name[1] for name in pairs).items() if count > _USUAL]
    fresh = (first + last for first in sorted(firsts) for last in sorted(lasts))
    return (name for name in fresh if name not in known and name[0] != name[1])


@cache
def _gimei() -> Sequence[Part]:
    text = shared("names-gimei/names.yml").read_text(encoding="utf-8")
    found = _GIMEI.findall(text.partition("last_name:")[0])
    parts = (_part(kanji, hiragana, romaji) for kanji, hiragana, _, romaji in found)
    return [one for one in parts if _KANJI.search(one.kanji)]


@cache
def _shuhei() -> Sequence[list[str]]:
    files = ("first_name_man_opti", "first_name_woman_opti")
    return [row for file in files for row in rows(f"names-shuhei/{file}.csv")]


def _part(kanji: str, hiragana: str, romaji: str) -> Part:
    """Make a part; a long o at the end or before a consonant is written as passports do."""
    katakana = "".join(chr(ord(char) + 96) if "ぁ" <= char <= "ゖ" else char for char in hiragana)
    return Part(kanji, hiragana, katakana, _LONG.sub("o", romaji.lower()).capitalize())
