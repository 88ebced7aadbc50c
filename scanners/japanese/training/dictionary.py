"""辞書の語 (words of the dictionary): Sudachi's words that are nobody's name, and foreign names.

Sudachi's core dictionary says of each word what it is. Words that are also a Japanese surname or
given name, in kanji or by their reading, are left out; of its half a million places one in four is
kept, and of those that begin with their prefecture or city none. Places that bear a surname (福島,
大塚) are kept apart: alone they are a place rather than a person, unless it is only a town and the
surname one of the most usual.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sudachipy import Dictionary

from scanners.japanese.gazetteer import Gazetteer, gazetteer
from scanners.japanese.itaiji import fold_itaiji
from scanners.japanese.kana import kana_key
from scanners.japanese.training.lists import pairs
from scanners.japanese.training.name_lists import shipped

_WORD = re.compile(r"[\u3041-\u3096\u30a1-\u30faー・\u3400-\u9fff々ヶ]{2,12}")
_KATAKANA = re.compile(r"[\u30a1-\u30faー]{3,12}")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30faー]+")
_WITHIN = re.compile(r".+[都道府県市区郡].+")
_ONE_IN = 4
#: Surnames so usual that alone they are a person's, though a place bears them too.
_USUAL = 200
_ABROAD = ("foreign_given", "foreign_family", "chinese_family", "korean_family")
#: What Sudachi calls the kinds of words that are kept.
_NOUN, _PROPER, _PLACE, _PERSON = "普通名詞", "固有名詞-一般", "固有名詞-地名", "固有名詞-人名-一般"


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """Common nouns, proper names of things and bodies, places, foreign names in katakana.

    ``namesakes`` are places that are surnames too.
    """

    nouns: tuple[str, ...]
    proper: tuple[str, ...]
    places: tuple[str, ...]
    foreign: tuple[str, ...]
    namesakes: tuple[str, ...]


@cache
def dictionary() -> Words:
    """Read the words, once; sorted, so that one seed draws the same ones."""
    found, known = _found(), gazetteer()
    kept = {
        kind: sorted(word for word in found[kind] if not _is_name(word, known)) for kind in found
    }
    places = [word for word in kept[_PLACE] if not _WITHIN.fullmatch(word)]
    common = found[_NOUN] | found[_PROPER] | found[_PLACE]
    foreign = (word for word in kept[_PERSON] if _KATAKANA.fullmatch(word) and word not in common)
    return Words(
        nouns=tuple(kept[_NOUN]),
        proper=tuple(word for word in kept[_PROPER] if word not in found[_PERSON]),
        places=tuple(places[::_ONE_IN]),
        foreign=tuple(foreign),
        namesakes=tuple(sorted(_namesakes(found[_PLACE], known))),
    )


def is_name(word: str) -> bool:
    """Tell whether a word alone is somebody's surname or given name, here or abroad."""
    return _is_name(word, gazetteer()) or word in _listed_abroad()


@cache
def _listed_abroad() -> frozenset[str]:
    return frozenset(word for name in _ABROAD for pair in pairs(name) for word in pair)


def _namesakes(places: set[str], known: Gazetteer) -> set[str]:
    borne = {word for word in places if fold_itaiji(word) in known.surnames and len(word) > 1}
    towns = {word for word in known.places if len(word) > 1}
    return towns | (borne - set(shipped()[0][:_USUAL]))


def _found() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, kind in _entries():
        found[kind].add(word)
    return found


def _entries() -> Iterator[tuple[str, str]]:
    for entry in Dictionary(dict="core").entries():
        kind = "-".join(entry.part_of_speech()[1:4])
        kept = next((k for k in (_NOUN, _PROPER, _PLACE, _PERSON) if kind.startswith(k)), None)
        if kept and _WORD.fullmatch(word := entry.surface()):
            yield word, kept


def _is_name(word: str, known: Gazetteer) -> bool:
    if _KANA.fullmatch(word):
        key = kana_key(word)
        return key in known.surname_kana or key in known.given_kana
    word = fold_itaiji(word)
    return word in known.surnames or word in known.given
