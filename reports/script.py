"""The script a name is written in: names compare only with names in the same script.

山田太郎, ヤマダタロウ and Yamada Taro may be one person, and no token can tell; but 山田太郎 and
佐藤花子 are two. A field's script is seen from its masked samples.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

_END = r"([（(_\s]|カナ|かな|フリガナ|ふりがな|$)"
#: Columns that hold a family or given name alone, by their names.
_FAMILY = re.compile(
    rf"(^|[!/_\s])(姓|氏|苗字|名字|セイ|せい){_END}|(last|family|sur)[_\s]?name|(^|_)sei(_|$)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    rf"(^|[!/_\s])(名|メイ|めい){_END}|(first|given)[_\s]?name|(^|_)mei(_|$)", re.IGNORECASE
)
_KANA = re.compile(r"[ぁ-ゖァ-ヺーヽヾ゛゜\s・]+")
_LATIN = re.compile(r"[A-Za-z\s.,'’-]+")


class Script(StrEnum):
    """How a name is written."""

    KANJI = "kanji"
    KANA = "kana"
    LATIN = "latin"


class Part(StrEnum):
    """What of a name a field holds."""

    WHOLE = "whole"
    FAMILY = "family"
    GIVEN = "given"


def script_of(name: str) -> Script:
    """Return the script of a name; kanji with kana in it is kanji.

    >>> script_of("ﾔﾏﾀﾞ ﾀﾛｳ").value
    'kana'
    """
    folded = unicodedata.normalize("NFKD", name)
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if _KANA.fullmatch(folded):
        return Script.KANA
    return Script.LATIN if _LATIN.fullmatch(folded) else Script.KANJI


def script_of_field(samples: Iterable[str]) -> Script:
    """Return the script most masked samples begin in; kanji where there is none."""
    seen = Counter(script_of(sample[0]) for sample in samples if sample)
    return seen.most_common(1)[0][0] if seen else Script.KANJI


def part_of(field: str) -> Part:
    """Return which part of a name a field holds, by its own name.

    >>> part_of("姓(カナ)").value, part_of("first_name").value, part_of("氏名").value
    ('family', 'given', 'whole')
    """
    if _FAMILY.search(field):
        return Part.FAMILY
    return Part.GIVEN if _GIVEN.search(field) else Part.WHOLE
