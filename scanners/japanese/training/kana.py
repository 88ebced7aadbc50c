"""仮名の語 (words in kana) that name nobody, and places without what tells that they are places."""

from __future__ import annotations

from functools import cache
from random import Random

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.training.lists import words
from scanners.japanese.training.names import Names
from scanners.japanese.training.pool import pool
from scanners.japanese.training.spelling import halfwidth, hiragana, small_letters_large

#: Companies' legal forms as banks abbreviate them, before and behind the name.
_LEGAL_BEFORE, _LEGAL_AFTER = (
    ("カ)", "カ）", "ユ)", "ド)", "カブシキガイシャ"),
    ("(カ", "（カ", "(ユ", ""),
)


def kana_thing(random: Random, names: Names) -> str:
    """Write a company, a place or a thing in kana, in full or half width."""
    kana, chance = _KINDS.draw(random)(random, names), random.randrange(10)
    if chance < 3:  # noqa: PLR2004 - three in ten are in half width
        return halfwidth(small_letters_large(kana) if chance else kana)
    return hiragana(kana) if chance == 9 else kana  # noqa: PLR2004 - one in ten


def bare_place(random: Random, _names: Names) -> str:
    """Name a prefecture or city without its suffix, as many surnames are: 福島, 松本."""
    return random.choice(_places())


@cache
def _places() -> tuple[str, ...]:
    return tuple(sorted(name for name in gazetteer().places if 1 < len(name) <= 4))  # noqa: PLR2004 - longer ones are no surname


def _company(random: Random, names: Names) -> str:
    name = random.choice(names.surname_kana) + random.choice(words("kana_trades"))
    if random.randrange(2):
        return random.choice(_LEGAL_BEFORE) + name
    return name + random.choice(_LEGAL_AFTER)


def _place(random: Random, _names: Names) -> str:
    return "".join(random.choice(words("kana_places")) for _ in range(random.randrange(1, 3)))


def _thing(random: Random, _names: Names) -> str:
    return random.choice(words(random.choice(("katakana", "brands", "plants", "animals"))))


_KINDS = pool(((_company, 40), (_place, 25), (_thing, 35)))
