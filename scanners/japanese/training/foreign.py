"""外国人の氏名 (foreign names): in katakana, kanji or Latin letters, as in Japanese texts."""

from __future__ import annotations

from random import Random

from scanners.japanese.training.dictionary import dictionary
from scanners.japanese.training.lists import pairs
from scanners.japanese.training.name import Kind, Name, Part

#: Shares in a hundred.
_MIDDLE, _DOUBLE, _VIETNAMESE, _KOREAN, _KANA, _UNLISTED = 12, 4, 5, 45, 40, 35


def western(random: Random) -> Name:
    """Draw a name written given name first, at times with a middle name or a double surname."""
    surname = _unlisted(_part("foreign_family", random), random)
    given, chance = _given(random), random.randrange(100)
    if chance < _DOUBLE:
        surname = _join(surname, _part("foreign_family", random), "＝" if chance % 2 else "=", "-")
    elif chance < _DOUBLE + _MIDDLE:
        given = _join(given, _middle(random), "・", " ")
    return Name(surname, given, Kind.WESTERN)


def eastern(random: Random) -> Name:
    """Draw a name written surname first: of China, Korea or Vietnam."""
    chance = random.randrange(100)
    if chance < _VIETNAMESE:
        return _vietnamese(random)
    country = "korean" if chance < _KOREAN else "chinese"
    name = Name(_part(f"{country}_family", random), _part(f"{country}_given", random), Kind.EASTERN)
    return _in_kana(name) if random.randrange(100) < _KANA else name


def _given(random: Random) -> Part:
    return _unlisted(_part("foreign_given", random), random)


def _unlisted(part: Part, random: Random) -> Part:
    """Write a part at times as a name that only the dictionary knows."""
    if random.randrange(100) >= _UNLISTED:
        return part
    written = random.choice(dictionary().foreign)
    return Part(written, written, part.latin)


def _part(name: str, random: Random) -> Part:
    written, other = random.choice(pairs(name))
    return Part(written, written, other) if name.startswith("foreign") else Part(written, other)


def _middle(random: Random) -> Part:
    if random.randrange(3):
        return _given(random)
    initial = chr(ord("A") + random.randrange(26))
    return Part(initial, initial, f"{initial}.")


def _join(first: Part, second: Part, mark: str, latin_mark: str) -> Part:
    return Part(
        f"{first.written}{mark}{second.written}",
        f"{first.kana}{mark}{second.kana}",
        f"{first.latin}{latin_mark}{second.latin}",
    )


def _vietnamese(random: Random) -> Name:
    written, spelt = random.choice(pairs("vietnamese"))
    surname, _, given = written.partition("・")
    latin_surname, _, latin_given = spelt.partition(" ")
    parts = Part(surname, surname, latin_surname), Part(given, given, latin_given)
    return Name(*parts, Kind.EASTERN)


def _in_kana(name: Name) -> Name:
    surname, given = name.surname.kana, name.given.kana
    return Name(Part(surname, surname), Part(given, given), Kind.EASTERN)
