"""人名・地名辞典 (gazetteer): surnames, given names and municipalities as sets.

The lists lie in ``model/``, made by ``lexicon.py``; about 80,000 surnames and 120,000 given names.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scanners.japanese.kana import kana_key, romaji, romaji_key

PREFECTURES = (
    *("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県"),
    *("群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県"),
    *("山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府"),
    *("兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県"),
    *("香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県"),
    *("鹿児島県", "沖縄県"),
)
#: Their readings without 県, 府, 都.
_PREFECTURE_KANA = (
    *("ホッカイドウ", "アオモリ", "イワテ", "ミヤギ", "アキタ", "ヤマガタ", "フクシマ"),
    *("イバラキ", "トチギ", "グンマ", "サイタマ", "チバ", "トウキョウ", "カナガワ"),
    *("ニイガタ", "トヤマ", "イシカワ", "フクイ", "ヤマナシ", "ナガノ", "ギフ", "シズオカ"),
    *("アイチ", "ミエ", "シガ", "キョウト", "オオサカ", "ヒョウゴ", "ナラ", "ワカヤマ"),
    *("トットリ", "シマネ", "オカヤマ", "ヒロシマ", "ヤマグチ", "トクシマ", "カガワ"),
    *("エヒメ", "コウチ", "フクオカ", "サガ", "ナガサキ", "クマモト", "オオイタ", "ミヤザキ"),
    *("カゴシマ", "オキナワ"),
)
#: So many given names make a character a usual one at their beginning or end.
_MANY = 40


@dataclass(frozen=True, slots=True, repr=False)
class Gazetteer:
    """The lists; kanji folded by ``fold_itaiji``, kana by ``kana_key``, Latin by ``romaji_key``."""

    common_surnames: frozenset[str]
    surnames: frozenset[str]
    given: frozenset[str]
    surname_kana: frozenset[str]
    given_kana: frozenset[str]
    surname_romaji: frozenset[str]
    given_romaji: frozenset[str]
    municipalities: frozenset[str]
    #: Prefectures and municipalities without their suffix: 福島, 石川, 松本.
    places: frozenset[str]
    place_kana: frozenset[str]
    #: Words that fall into a surname and a given name and are no name: 関連, 東日本.
    words: frozenset[str]
    #: Characters that many given names begin with, and end with.
    given_first: frozenset[str]
    given_last: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """Load the lists, once."""
    common, rare, given, surname_kana, given_kana, municipalities, words = _lists()
    places = {name[:-1] for name in (*PREFECTURES, *municipalities)} | {"北海道"}
    return Gazetteer(
        common_surnames=frozenset(common),
        surnames=frozenset(common) | frozenset(rare),
        given=frozenset(given),
        surname_kana=frozenset(map(kana_key, surname_kana)),
        given_kana=frozenset(map(kana_key, given_kana)),
        surname_romaji=frozenset(romaji_key(romaji(kana)) for kana in surname_kana),
        given_romaji=frozenset(romaji_key(romaji(kana)) for kana in given_kana),
        municipalities=frozenset(municipalities),
        places=frozenset(places),
        place_kana=frozenset(map(kana_key, _PREFECTURE_KANA)),
        words=frozenset(words),
        given_first=_frequent(name[0] for name in given if len(name) > 1),
        given_last=_frequent(name[-1] for name in given if len(name) > 1),
    )


def _lists() -> list[list[str]]:
    packed = files("scanners.japanese").joinpath("model/names.txt.gz").read_bytes()
    return [part.split("\n") for part in gzip.decompress(packed).decode().split("\n\n")]


def _frequent(chars: Iterable[str]) -> frozenset[str]:
    return frozenset(char for char, count in Counter(chars).items() if count >= _MANY)
