"""読みの表記 (how a reading is written): katakana in half width, in hiragana, in Latin letters.

Latin letters as passports have them (Ono), with every vowel (Oono, Satou), with ``h`` (Ohno), in
Kunrei (Syouta), with a macron (Satō).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from random import Random

from scanners.japanese.kana import romaji

_HALFWIDTH = {
    unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)
} | {"\u3099": "ﾞ", "\u309a": "ﾟ", "\u3000": " "}
_KUNREI = (
    *(("sh", "sy"), ("ch", "ty"), ("j", "zy"), ("yi", "i"), ("tsu", "tu")),
    *(("fu", "hu"), ("fy", "hy")),
)


def halfwidth(kana: str) -> str:
    """Write katakana in half width.

    >>> halfwidth("ワタナベ　ジュン")
    'ﾜﾀﾅﾍﾞ ｼﾞｭﾝ'
    """
    return "".join(_HALFWIDTH.get(c, c) for c in unicodedata.normalize("NFD", kana))


def hiragana(kana: str) -> str:
    """Write katakana as hiragana."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in kana)


def small_letters_large(kana: str) -> str:
    """Write small katakana as large, as banks do."""
    return kana.translate(str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ"))


def spell(kana: str, random: Random) -> str:
    """Spell katakana in Latin letters, lower case, in one of the ways people do."""
    weights = (60, 20, 10, 6, 4)
    return random.choices(_SPELLINGS, weights)[0](kana)


@lru_cache(maxsize=1 << 15)
def passport(kana: str) -> str:
    """Spell with long vowels short.

    >>> passport("オオノ"), passport("ショウヘイ")
    ('ono', 'shohei')
    """
    return re.sub(r"uu", "u", re.sub(r"o[uo]", "o", romaji(kana)))


def _with_h(kana: str) -> str:
    return re.sub(r"o[uo](?![aiueoy])", "oh", romaji(kana))


def _kunrei(kana: str) -> str:
    spelt = romaji(kana)
    for hepburn, kunrei in _KUNREI:
        spelt = spelt.replace(hepburn, kunrei)
    return spelt


def _macron(kana: str) -> str:
    return re.sub(r"uu", "ū", re.sub(r"o[uo]", "ō", romaji(kana)))


_SPELLINGS: tuple[Callable[[str], str], ...] = (passport, romaji, _with_h, _kunrei, _macron)
