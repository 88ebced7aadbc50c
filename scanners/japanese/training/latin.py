"""欧文の語 (words in Latin letters) that name nobody: companies, places, phrases."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scanners.japanese.training.lists import pairs, phrases, words
from scanners.japanese.training.names import Names
from scanners.japanese.training.pool import pool
from scanners.japanese.training.spelling import spell

_COMPANIES = ("Co., Ltd.", "Inc.", "Corporation", "K.K.", "LLC", "Group", "Holdings", "& Co.")
_TRADES = (
    *("Motor", "Denki", "Shoji", "Industries", "Bank", "Clinic", "Hospital", "University", "Kogyo"),
    *(
        "Construction",
        "Foods",
        "Pharma",
        "Electric",
        "Systems",
        "Securities",
        "Dental",
        "Farm",
        "Bldg",
    ),
)
_PLACES = (
    "Station",
    "City",
    "-ku",
    "-cho",
    " Prefecture",
    "-shi",
    "-machi",
    " Castle",
    " River",
    "-dori",
)
_CASES: tuple[Callable[[str], str], ...] = (
    str.title,
    str.title,
    str.upper,
    str.capitalize,
    str.lower,
)


def phrase(random: Random, names: Names) -> str:
    """Write a phrase, a company, a place or a few words."""
    return _KINDS.draw(random)(random, names)


def _known(random: Random, _names: Names) -> str:
    return random.choice(phrases("latin"))


def _words(random: Random, _names: Names) -> str:
    said = " ".join(random.choice(words("english_words")) for _ in range(random.randrange(1, 4)))
    return random.choice(_CASES)(said)


def _company(random: Random, names: Names) -> str:
    end = random.choice((*_TRADES, *_COMPANIES))
    text = f"{_owner(random, names)} {end}"
    return text.upper() if not random.randrange(4) else text


def _place(random: Random, names: Names) -> str:
    end = random.choice(_PLACES)
    gap = " " if end[0].isalpha() else ""
    return _surname(random, names) + gap + end


def _owner(random: Random, names: Names) -> str:
    if random.randrange(3):
        return _surname(random, names)
    return random.choice(pairs("foreign_family"))[1]


def _surname(random: Random, names: Names) -> str:
    return spell(random.choice(names.surname_kana), random).capitalize()


_KINDS = pool(((_known, 30), (_words, 40), (_company, 20), (_place, 10)))
