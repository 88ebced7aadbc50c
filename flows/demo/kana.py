"""カナ (kana): one reading in the scripts that Japanese systems keep it in.

Katakana is what a form asks for, half-width katakana what a bank's or an old host's file holds,
romaji what a passport and a card say (Hepburn, long vowels left out).

>>> halfwidth("ワタナベ ジュン"), romaji("オオノ シンペイ"), romaji("ハッチョウ")
('ﾜﾀﾅﾍﾞ ｼﾞｭﾝ', 'ONO SHIMPEI', 'HATCHO')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HALFWIDTH = {
    unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)
} | {"\u3099": "ﾞ", "\u309a": "ﾟ"}

_ROWS = {
    "アイウエオ": "A I U E O",
    "カキクケコ": "KA KI KU KE KO",
    "サシスセソ": "SA SHI SU SE SO",
    "タチツテト": "TA CHI TSU TE TO",
    "ナニヌネノ": "NA NI NU NE NO",
    "ハヒフヘホ": "HA HI FU HE HO",
    "マミムメモ": "MA MI MU ME MO",
    "ヤユヨラリ": "YA YU YO RA RI",
    "ルレロワン": "RU RE RO WA N",
    "ガギグゲゴ": "GA GI GU GE GO",
    "ザジズゼゾ": "ZA JI ZU ZE ZO",
    "ダヂヅデド": "DA JI ZU DE DO",
    "バビブベボ": "BA BI BU BE BO",
    "パピプペポ": "PA PI PU PE PO",
}
_ROMAJI = {k: r for row, sounds in _ROWS.items() for k, r in zip(row, sounds.split(), strict=True)}
_GLIDES = {"ャ": "YA", "ュ": "YU", "ョ": "YO"}


def halfwidth(kana: str) -> str:
    """Write katakana in half width."""
    return "".join(_HALFWIDTH.get(c, c) for c in unicodedata.normalize("NFD", kana))


def hiragana(kana: str) -> str:
    """Write katakana as hiragana.

    >>> hiragana("ヤマダ タロウ")
    'やまだ たろう'
    """
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in kana)


@lru_cache(maxsize=4096)
def romaji(kana: str) -> str:
    """Write katakana in capital Latin letters, as on a passport.

    >>> romaji("シータ")
    'SHITA'
    """
    return " ".join(map(_romaji, kana.split()))


def _romaji(word: str) -> str:
    text = "".join(_ROMAJI.get(c, c) for c in word.replace("ー", ""))
    text = re.sub(r"(SH|CH|J)I([ャュョ])", lambda m: m[1] + _GLIDES[m[2]][1], text)
    text = re.sub(r"I([ャュョ])", lambda m: _GLIDES[m[1]], text)
    text = re.sub(r"ッ(CH)", r"T\1", text)
    text = re.sub(r"ッ([A-Z])", r"\1\1", text)
    text = re.sub(r"OU|OO", "O", text).replace("UU", "U")
    return re.sub(r"N(?=[BMP])", "M", text)
