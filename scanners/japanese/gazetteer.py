"""人名辞典 (gazetteer of names): surnames, given names and municipalities as sets.

The lists lie in ``model/``, made by ``lexicon.py``; about 80,000 surnames and 120,000 given names.
Most Japanese words are somebody's name, so a list alone decides little: a full name asks for both
parts, a part alone counts only if it is common and no place.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.japanese.kana import kana_key, romaji, romaji_key


class NameForm(Enum):
    """Which part of a name a value is."""

    FULL = "full"
    SURNAME = "surname"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, repr=False)
class Gazetteer:
    """The lists; kanji folded by ``fold_itaiji``, kana by ``kana_key``, Latin by ``romaji_key``."""

    common_surnames: frozenset[str]
    surnames: frozenset[str]
    given: frozenset[str]
    surname_kana: frozenset[str]
    given_kana: frozenset[str]
    surname_romaji: frozenset[str]
    given_romaji: frozenset[str]
    municipalities: frozenset[str]
    #: Prefectures and municipalities without their suffix: 福島, 石川, 松本.
    places: frozenset[str]
    #: Words that fall into a surname and a given name and are neither.
    words: frozenset[str]
    #: Characters that many given names begin with, and end with.
    given_first: frozenset[str]
    given_last: frozenset[str]


PREFECTURES = tuple(
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 "
    "神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 "
    "大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 "
    "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県".split()
)
_HONORIFIC = re.compile(r"(?<=..)[ ]?(?:様|さま|さん|殿|どの|氏|君|くん|ちゃん|先生)$")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30faー ・]+")
_LATIN = re.compile(r"([A-Za-z\u00c0-\u017f'’-]{2,20})(?:, ?| +)([A-Za-z\u00c0-\u017f'’-]{2,20})")
_KANJI_FIRST = "\u3400"
_LONGEST = 24
_PAIR = 2
#: Endings of places, shops, posts and departments, which no rare given name has.
_NO_GIVEN = frozenset("県市区町村駅店社部課係長所院校館堂屋室園寺橋川山港組株業品機式")
_MANY = 40


@cache
def gazetteer() -> Gazetteer:
    """Load the lists, once."""
    packed = files("scanners.japanese").joinpath("model/names.txt.gz").read_bytes()
    lists = [part.split("\n") for part in gzip.decompress(packed).decode().split("\n\n")]
    common, rare, given, surname_kana, given_kana, municipalities, words = lists
    places = {name[:-1] for name in (*PREFECTURES, *municipalities)} | {"北海道"}
    return Gazetteer(
        common_surnames=frozenset(common),
        surnames=frozenset(common) | frozenset(rare),
        given=frozenset(given),
        surname_kana=frozenset(surname_kana),
        given_kana=frozenset(given_kana),
        surname_romaji=frozenset(romaji_key(romaji(kana)) for kana in surname_kana),
        given_romaji=frozenset(romaji_key(romaji(kana)) for kana in given_kana),
        municipalities=frozenset(municipalities),
        places=frozenset(places),
        words=frozenset(words),
        given_first=_frequent(name[0] for name in given if len(name) > 1),
        given_last=_frequent(name[-1] for name in given if len(name) > 1),
    )


def name_form(value: str) -> NameForm | None:
    """Judge a folded value that stands alone: a full name, a part of one, or ``None``.

    Kanji with or without a space, kana, romaji in either order; an honorific behind is allowed.
    """
    value = value.strip()
    if not _PAIR <= len(value) <= _LONGEST:
        return None
    if value[0] >= _KANJI_FIRST:
        return _kanji_form(value)
    if _KANA.fullmatch(value):
        return _kana_form(value)
    return _latin_form(value)


def _kanji_form(value: str) -> NameForm | None:
    name = fold_itaiji(strip_selectors(_HONORIFIC.sub("", value))[0])
    if " " in name:
        return _parted_form(name.split())
    return _joined_form(name)


def _parted_form(parts: list[str]) -> NameForm | None:
    if len(parts) != _PAIR:
        return None
    lists, (surname, given) = gazetteer(), parts
    if surname in lists.surnames and (_known_given(given) or _like_given(given)):
        return NameForm.FULL
    plausible = given in lists.given and len(surname) <= 4 and surname[-1] not in _NO_GIVEN
    return NameForm.FULL if plausible and surname.isalpha() else None


def _joined_form(name: str) -> NameForm | None:
    lists = gazetteer()
    if name in lists.places or name in lists.words:
        return None
    if name in lists.common_surnames:
        return NameForm.SURNAME
    if splits(name):
        return NameForm.FULL
    if name in lists.given and len(name) > 1:
        return NameForm.GIVEN
    return NameForm.SURNAME if name in lists.surnames else None


def splits(name: str) -> bool:
    """Tell whether folded kanji fall into a surname and a given name."""
    lists = gazetteer()
    for at in range(1, min(5, len(name))):
        surname, given = name[:at], name[at:]
        if len(name) == _PAIR and surname not in lists.common_surnames:
            return False
        if surname in lists.surnames and _known_given(given):
            return True
    return any(name[:at] in lists.common_surnames and _like_given(name[at:]) for at in (2, 3, 1))


def _known_given(name: str) -> bool:
    lists = gazetteer()
    if name in lists.given:
        return name not in _NO_GIVEN
    return len(name) > 1 and bool(_KANA.fullmatch(name)) and kana_key(name) in lists.given_kana


def _like_given(name: str) -> bool:
    """Tell whether a rare given name could be written so: two or three usual characters."""
    if not _PAIR <= len(name) <= 3 or name[-1] in _NO_GIVEN:
        return False
    lists = gazetteer()
    return name[0] in lists.given_first and name[-1] in lists.given_last


def _kana_form(value: str) -> NameForm | None:
    lists, key = gazetteer(), kana_key(_HONORIFIC.sub("", value).replace("・", " "))
    parts = key.split()
    if len(parts) == _PAIR:
        known = parts[0] in lists.surname_kana and parts[1] in lists.given_kana
        return NameForm.FULL if known else None
    if len(parts) != 1:
        return None
    if any(key[:at] in lists.surname_kana and key[at:] in lists.given_kana for at in range(2, 7)):
        return NameForm.FULL
    if key in lists.surname_kana:
        return NameForm.SURNAME
    return NameForm.GIVEN if key in lists.given_kana else None


def _latin_form(value: str) -> NameForm | None:
    match = _LATIN.fullmatch(value)
    if match is None:
        return None
    lists, first, second = gazetteer(), romaji_key(match[1]), romaji_key(match[2])
    western = first in lists.given_romaji and second in lists.surname_romaji
    eastern = first in lists.surname_romaji and second in lists.given_romaji
    return NameForm.FULL if western or eastern else None


def _frequent(chars: object) -> frozenset[str]:
    counts = Counter(chars)  # type: ignore[call-overload]
    return frozenset(char for char, count in counts.items() if count >= _MANY)
