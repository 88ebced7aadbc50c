"""地名・施設名 (places): towns, stations, schools, buildings, many of which bear a surname."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from scanners.japanese.gazetteer import PREFECTURES, gazetteer
from scanners.japanese.training.dictionary import dictionary
from scanners.japanese.training.lists import words
from scanners.japanese.training.name_lists import shipped
from scanners.japanese.training.names import Names
from scanners.japanese.training.pool import pool

Filler = Callable[[Random, Names], str]

_OF_A_NAME = (
    *(
        "市",
        "町",
        "村",
        "区",
        "郡",
        "駅",
        "駅前",
        "通り",
        "台",
        "団地",
        "橋",
        "川",
        "山",
        "岳",
        "峠",
    ),
    *(
        "谷",
        "沢",
        "池",
        "湖",
        "浜",
        "港",
        "島",
        "城",
        "城跡",
        "公園",
        "神社",
        "寺",
        "八幡宮",
        "稲荷",
    ),
    *(
        "ビル",
        "第一ビル",
        "マンション",
        "ハイツ",
        "コーポ",
        "荘",
        "会館",
        "ホール",
        "体育館",
        "温泉",
    ),
    *("小学校", "中学校", "高校", "高等学校", "幼稚園", "保育園", "学園", "大学", "女子大学"),
    *("病院", "医院", "クリニック", "歯科", "眼科", "薬局", "図書館", "美術館", "記念館", "博物館"),
    *(
        "線",
        "街道",
        "インター",
        "交差点",
        "トンネル",
        "ダム",
        "牧場",
        "農園",
        "ゴルフ場",
        "スキー場",
    ),
    *("本町", "北町", "新田", "丁目", "商店街", "市場", "工場", "球場", "空港"),
)
_BEFORE_A_NAME = ("北", "南", "東", "西", "新", "上", "下", "中", "大", "小", "奥", "元", "本")
_STATIONS = ("駅", "駅", "駅", "駅北口", "駅南口", "駅前", "インター前", "駅西口改札")
_LOT = "{0}-{1}-{2}"


def of_a_name(random: Random, names: Names) -> str:
    """Name a place after a surname: 田中駅, 山田ビル, 北鈴木町."""
    before = random.choice(_BEFORE_A_NAME) if not random.randrange(5) else ""
    return before + names.surname(random) + random.choice(_OF_A_NAME)


def place(random: Random, names: Names) -> str:
    """Name a place of any size."""
    return _PLACES.draw(random)(random, names)


def station(random: Random, names: Names) -> str:
    """Name a station."""
    return _stem(random, names) + random.choice(_STATIONS)


def address(random: Random, names: Names) -> str:
    """Write an address down to its lot, at times with a building."""
    town = _stem(random, names) + random.choice(("", "町", "本町", "台", "1丁目", "東"))
    lot = _LOT.format(*(random.randrange(1, 30) for _ in range(3)))
    building = random.choice(
        ("", "", "", names.surname(random) + "ビル3F", "コーポ" + town + "201")
    )
    return _city(random, names) + town + lot + building


def lone_place(random: Random, _names: Names) -> str:
    """Name a place that is no surname when it stands alone."""
    return random.choice(_lone())


def _prefecture(random: Random, _names: Names) -> str:
    return random.choice(PREFECTURES)


def _municipality(random: Random, _names: Names) -> str:
    return random.choice(shipped()[5])


def _city(random: Random, _names: Names) -> str:
    return random.choice((random.choice(PREFECTURES), "")) + random.choice(shipped()[5])


def _known(random: Random, _names: Names) -> str:
    return random.choice(words("towns"))


def town(random: Random, _names: Names) -> str:
    """Name a place that the dictionary knows."""
    return random.choice(dictionary().places)


def _stem(random: Random, names: Names) -> str:
    chance = random.randrange(3)
    return names.surname(random) if chance else random.choice(words("towns"))


@cache
def _lone() -> tuple[str, ...]:
    names = gazetteer().surnames | gazetteer().given
    return tuple(word for word in words("towns") if word not in names)


_PLACES = pool(
    (
        (_known, 20),
        (town, 15),
        (_prefecture, 12),
        (_municipality, 20),
        (_city, 8),
        (of_a_name, 20),
        (station, 10),
    )
)
