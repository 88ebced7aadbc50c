"""氏名の形 (the form of a name): whether a value that stands alone is a name, or a part of one.

Most Japanese words are somebody's name, so a list alone decides little: a full name asks for both
parts, a lone part that is also a place (福島, 松本) counts for nothing.
"""

from __future__ import annotations

import re
from enum import Enum

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.japanese.kana import kana_key, romaji_key
from scanners.japanese.titles import without_honorific

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30faー ・]+")
_PART = r"[A-Za-z\u00c0-\u017f'’-]{2,20}"
_LATIN = re.compile(rf"({_PART})(?:, ?| +)({_PART})")
_KANA_FIRST = "\u3041"
#: Characters: of any name, of a surname, of a rare given name.
_SHORTEST, _LONGEST, _SURNAME, _KANA_SURNAME, _GIVEN = 2, 24, 4, 7, (2, 3)
#: Endings of places, shops, posts and departments, which no rare given name has.
NO_GIVEN = frozenset(
    "県市区町村駅店社部課係長所院校館堂屋室園寺橋川山港組株業品機式城中大岳坂線号前"
)
#: How 県, 町 and 村 are read, which are given names too.
_PLACE_ENDINGS = frozenset({"ケン", "マチ", "チヨウ", "ムラ", "ソン"})


class NameForm(Enum):
    """Which part of a name a value is."""

    FULL = "full"
    SURNAME = "surname"
    GIVEN = "given"


def name_form(value: str) -> NameForm | None:
    """Judge a folded value that stands alone: a full name, a part of one, or ``None``.

    Kanji with or without a space, kana, romaji in either order; an honorific behind is allowed.
    """
    value = value.strip()
    if not _SHORTEST <= len(value) <= _LONGEST:
        return None
    if value[0] < _KANA_FIRST:
        return _latin_form(value)
    return _kana_form(value) if _KANA.fullmatch(value) else _kanji_form(value)


def splits(name: str) -> bool:
    """Tell whether folded kanji fall into a surname and a given name."""
    lists = gazetteer()
    if len(name) == _SHORTEST and name[0] not in lists.common_surnames:
        return False
    for at in range(1, min(_SURNAME + 1, len(name))):
        if name[:at] in lists.surnames and _known_given(name[at:]):
            return True
    return any(name[:at] in lists.common_surnames and _like_given(name[at:]) for at in (2, 3, 1))


def splits_kana(key: str) -> bool:
    """Tell whether a ``kana_key`` falls into a surname's and a given name's."""
    lists = gazetteer()
    return any(
        key[:at] in lists.surname_kana
        and key[at:] in lists.given_kana
        and key[at:] not in _PLACE_ENDINGS
        for at in range(2, min(_KANA_SURNAME, len(key) - 1))
    )


def _kanji_form(value: str) -> NameForm | None:
    name = fold_itaiji(strip_selectors(without_honorific(value))[0])
    return _parted_form(name.split()) if " " in name else _joined_form(name)


def _parted_form(parts: list[str]) -> NameForm | None:
    if len(parts) != 2:  # noqa: PLR2004 - a surname and a given name
        return None
    lists, (surname, given) = gazetteer(), parts
    if _known_surname(surname) and (_known_given(given) or _like_given(given)):
        return NameForm.FULL
    plausible = len(surname) <= _SURNAME and surname[-1] not in NO_GIVEN and surname.isalpha()
    return NameForm.FULL if plausible and given in lists.given else None


def _joined_form(name: str) -> NameForm | None:
    lists = gazetteer()
    if name in lists.places or name in lists.words:
        return None
    if name in lists.common_surnames:
        return NameForm.SURNAME
    if splits(name):
        return NameForm.FULL
    if name in lists.given:
        return NameForm.GIVEN
    return NameForm.SURNAME if name in lists.surnames else None


def _known_surname(name: str) -> bool:
    lists = gazetteer()
    if name in lists.surnames:
        return True
    return bool(_KANA.fullmatch(name)) and kana_key(name) in lists.surname_kana


def _known_given(name: str) -> bool:
    lists = gazetteer()
    if name in lists.given:
        return name not in NO_GIVEN
    return len(name) > 1 and bool(_KANA.fullmatch(name)) and kana_key(name) in lists.given_kana


def _like_given(name: str) -> bool:
    """Tell whether a rare given name could be written so: two or three usual characters."""
    lists = gazetteer()
    return (
        len(name) in _GIVEN
        and name[-1] not in NO_GIVEN
        and name[0] in lists.given_first
        and name[-1] in lists.given_last
    )


def _kana_form(value: str) -> NameForm | None:
    lists, key = gazetteer(), kana_key(without_honorific(value).replace("・", " "))
    surname, space, given = key.strip().partition(" ")
    if space:
        known = surname in lists.surname_kana and given in lists.given_kana
        return NameForm.FULL if known else None
    if key in lists.place_kana:
        return None
    if value not in lists.words and splits_kana(key):
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
