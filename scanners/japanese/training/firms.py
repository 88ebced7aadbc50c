"""社名 (names of companies): made up of surnames, brands and trades, or well known."""

from __future__ import annotations

from random import Random

from scanners.japanese.training.forms import vary
from scanners.japanese.training.lists import words
from scanners.japanese.training.name import Kind
from scanners.japanese.training.names import Names
from scanners.japanese.training.pool import pool

_BEFORE = (
    "株式会社",
    "有限会社",
    "合同会社",
    "㈱",
    "㈲",
    "(株)",
    "（株）",
    "一般社団法人",
    "医療法人",
)
_AFTER = ("株式会社", "株式会社", "㈱", "(株)", "（株）", "有限会社", "㈲", "合同会社")
_BRANCHES = ("本社", "東京支店", "大阪営業所", "事業部", "様", " 御中", "御中", "さん", "の社員")
_KNOWN, _BARE, _WHOLE, _NAME_ALONE = 12, 45, 85, 6
_TRADES = ("businesses", "trades", "trades")


def company(random: Random, names: Names) -> str:
    """Name a company, most often with its legal form, at times one of its branches."""
    name = _company(random, names)
    return name if random.randrange(100) < _WHOLE else name + random.choice(_BRANCHES)


def _company(random: Random, names: Names) -> str:
    if random.randrange(100) < _KNOWN:
        return random.choice(words("companies"))
    if random.randrange(100) < _NAME_ALONE:
        return _with_form(_owner(random, names), random)
    name, chance = _core(random, names), random.randrange(100)
    if chance < _BARE:
        return name
    return _with_form(name, random)


def _with_form(name: str, random: Random) -> str:
    gap = random.choice(("", "", "", " ", "\u3000"))
    if random.randrange(2):
        return random.choice(_BEFORE) + gap + name
    return name + gap + random.choice(_AFTER)


def shop(random: Random, names: Names) -> str:
    """Name a shop or a practice after its owner: 田中商店, スズキ歯科."""
    return _owner(random, names) + random.choice(words(random.choice(_TRADES)))


def _core(random: Random, names: Names) -> str:
    kind = _KINDS.draw(random)
    if kind == "owner":
        return shop(random, names)
    if kind == "founder":
        return names.draw(random, Kind.NATIVE).joined + random.choice(words("trades"))
    if kind == "brand":
        return random.choice(words("brands")) + _trade(random)
    if kind == "kanji":
        return random.choice(words("kanji_firms")) + random.choice(words("businesses"))
    return _katakana(random)


def _owner(random: Random, names: Names) -> str:
    kind = random.randrange(10)
    if kind < 7:  # noqa: PLR2004 - seven in ten write it in kanji
        return vary(names.surname(random), random)
    return random.choice(names.surname_kana if kind < 9 else words("brands"))  # noqa: PLR2004


def _trade(random: Random) -> str:
    return random.choice(words("businesses")) if random.randrange(3) else ""


def _katakana(random: Random) -> str:
    first, second = random.choice(words("brands")), random.choice(words("katakana"))
    return first + random.choice(("", "・", "")) + second


_KINDS = pool((("owner", 50), ("brand", 17), ("kanji", 12), ("katakana", 17), ("founder", 4)))
