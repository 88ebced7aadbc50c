"""書き方 (forms): the ways in which a name stands in a cell or a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from scanners.japanese.training.name import Kind, Name, Part, latin
from scanners.japanese.training.pool import Pool, pool
from scanners.japanese.training.spelling import halfwidth, hiragana, small_letters_large

Form = Callable[[Name, Random], str]
#: How many in a hundred names with such a character are written with a variant of it.
_VARIED = 15
_KATAKANA = re.compile("[\u30a1-\u30fa]")
_VARIANTS_OF = """
高髙 崎﨑 斎齋 斉齊 辺邊邉 沢澤 浜濱濵 広廣 国國 桜櫻 瀬瀨 真眞 栄榮 竜龍 島嶋嶌 富冨 柳栁 吉𠮷
徳德 館舘 曽曾 渕淵 増增 黒黑 万萬 恵惠 礼禮 寿壽 条條
"""
_ITAIJI = {row[0]: row[1:] for row in _VARIANTS_OF.split()}


def written(name: Name, random: Random) -> str:
    """Write the full name as its kind is written, most often without a space."""
    return _WRITTEN[name.kind].draw(random)(name, random)


def spaced(name: Name, random: Random) -> str:
    """Write the full name with a space, half or full width."""
    return name.surname.written + random.choice((" ", " ", "\u3000")) + name.given.written


def joined(name: Name, _random: Random) -> str:
    """Write surname and given name without a space."""
    return name.joined


def letters(name: Name, random: Random) -> str:
    """Write the full name with a space after each character, as seals and headings do."""
    return random.choice((" ", "\u3000")).join(name.joined)


def dotted(name: Name, _random: Random) -> str:
    """Write given name and surname around a middle dot."""
    return f"{name.given.written}・{name.surname.written}"


def surname(name: Name, random: Random) -> str:
    """Write the surname alone, at times in a variant shape."""
    return vary(name.surname.written, random)


def given(name: Name, _random: Random) -> str:
    """Write the given name alone."""
    return name.given.written


def katakana(name: Name, random: Random) -> str:
    """Write the reading in katakana, as forms ask for it."""
    return _both(name, random.choice((" ", "\u3000", " ", "")))


def half_katakana(name: Name, random: Random) -> str:
    """Write the reading in half-width katakana, at times with small letters large."""
    kana = _both(name, random.choice((" ", " ", "")))
    return halfwidth(small_letters_large(kana) if random.randrange(2) else kana)


def in_hiragana(name: Name, random: Random) -> str:
    """Write the reading in hiragana."""
    return hiragana(_both(name, random.choice((" ", "\u3000", " ", ""))))


def romaji(name: Name, random: Random) -> str:
    """Write the name in Latin letters: Taro Yamada, YAMADA Taro, Yamada, Taro, T. Yamada."""
    family, first = latin(name.surname, random), latin(name.given, random)
    return random.choices(_LATIN, _LATIN_WEIGHTS)[0](family, first)


def latin_surname(name: Name, random: Random) -> str:
    """Write the surname in Latin letters, at times in capitals."""
    family = latin(name.surname, random)
    return family if random.randrange(8) else family.upper()


def latin_given(name: Name, random: Random) -> str:
    """Write the given name in Latin letters."""
    return latin(name.given, random)


def reading(name: Name, random: Random) -> str:
    """Write the reading in one of the scripts for readings."""
    return random.choices((katakana, in_hiragana, half_katakana), (6, 3, 2))[0](name, random)


def nick(name: Name, random: Random) -> str:
    """Write the given name in kana, at times only its beginning, as friends say it."""
    kana = name.given.kana.partition("・")[0]
    short = kana[: random.randrange(2, 4)] if random.randrange(2) else kana
    shown = kana if short[-1] in "ッャュョー" else short
    return shown if random.randrange(3) == 0 else hiragana(shown)


def vary(text: str, random: Random) -> str:
    """Write a name at times with a variant of one of its characters."""
    if random.randrange(100) < _VARIED:
        for char in text:
            if char in _ITAIJI:
                return text.replace(char, random.choice(_ITAIJI[char]))
    return text


def _both(name: Name, mark: str) -> str:
    return name.surname.kana + mark + name.given.kana


def _varied(form: Form) -> Form:
    def write(name: Name, random: Random) -> str:
        return vary(form(name, random), random)

    return write


def _kanji_and_kana(name: Name, random: Random) -> str:
    kana = name.given.kana
    given_kana = hiragana(kana) if random.randrange(3) else kana
    return joined(Name(name.surname, Part(given_kana, kana)), random)


def _family_first(name: Name, random: Random) -> str:
    if not _KATAKANA.match(name.surname.written):
        return random.choice((joined, joined, spaced))(name, random)
    mark = random.choice("・・ " if "・" in name.given.written else ("・", "・", " ", ""))
    return name.surname.written + mark + name.given.written


_LATIN: tuple[Callable[[str, str], str], ...] = (
    lambda family, first: f"{first} {family}",
    lambda family, first: f"{family} {first}",
    lambda family, first: f"{family.upper()} {first}",
    lambda family, first: f"{family} {first}".upper(),
    lambda family, first: f"{first} {family}".upper(),
    lambda family, first: f"{first} {family.upper()}",
    lambda family, first: f"{family}, {first}",
    lambda family, first: f"{first[0]}. {family}",
    lambda family, first: f"{first} {family}".lower(),
)
_LATIN_WEIGHTS = (30, 12, 12, 12, 8, 8, 8, 6, 4)
_WRITTEN: dict[Kind, Pool[Form]] = {
    Kind.NATIVE: pool(
        ((_varied(joined), 69), (_varied(spaced), 21), (_kanji_and_kana, 8), (letters, 2))
    ),
    Kind.WESTERN: pool(((dotted, 85), (spaced, 5), (romaji, 10))),
    Kind.EASTERN: pool(((_family_first, 90), (romaji, 10))),
}
