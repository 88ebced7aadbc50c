"""冠名 (eponyms): what bears a name and is nobody: goods, prizes, laws, hosts, ships, pets."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from scanners.japanese.training.dictionary import dictionary
from scanners.japanese.training.forms import dotted
from scanners.japanese.training.lists import pairs, phrases, words
from scanners.japanese.training.name import Kind, latin
from scanners.japanese.training.names import Names
from scanners.japanese.training.pool import pool
from scanners.japanese.training.spelling import hiragana

_KANJI = re.compile("[\u3400-\u9fff々]+")
_SHORT = (2, 3, 4)
_GIVEN_ENDS = "子美郎男也介助樹香奈恵江代枝夫雄吾彦門一二人"
_DUTIES = ("web", "db", "app", "batch", "mail", "proxy", "cache", "gw", "nas", "dc", "build")
_ZONES = ("", "", ".internal", ".example.com", ".local", ".example.co.jp")
_GAPS = ("　", "　　", ",", "\t", " | ", "、", " / ", " ", "・")
_HOUSES = ("屋", "堂", "亭", "庵", "軒", "商店", "書店", "珈琲", "")
_CLASSES = ("丸", "号", "", "", "")
_FIRMS_ABROAD = (
    "社",
    "社製",
    "グループ",
    "財閥",
    "証券",
    "銀行",
    "自動車",
    "&サンズ",
    "ブラザーズ",
)
_REVERED = (*("",) * 8, "さん", "くん", "公", "先生", "の里", "型")
_POLITE = ("さん", "さん", "さん", "様", "さま")


def goods(random: Random, names: Names) -> str:
    """Name goods or a feast after a hero, somebody known, a surname or a given name."""
    bearer = _BEARERS.draw(random)(random, names) + random.choice(_REVERED)
    return bearer + random.choice(words("named_goods"))


def memorial(random: Random, names: Names) -> str:
    """Name what keeps the memory of somebody by the full name."""
    return _celebrated(random, names) + random.choice(words("memorials"))


def science(random: Random, names: Names) -> str:
    """Name a law, a method or an illness after a scholar: ケプラーの法則, 田中式."""
    scholar = abroad(random, names)
    if not random.randrange(6):
        scholar += random.choice("・＝-–") + abroad(random, names)
    return scholar + random.choice(words("sciences"))


def firm_abroad(random: Random, names: Names) -> str:
    """Name a foreign house after its founder: ハミルトン社, スミス＆ウォーカー."""
    founder, chance = abroad(random, names), random.randrange(10)
    if chance < 4:  # noqa: PLR2004 - four in ten are called after two
        return (
            founder + random.choice(("・アンド・", "＆", "&", "・エンド・")) + abroad(random, names)
        )
    return founder + random.choice(_FIRMS_ABROAD)


def brand(random: Random, _names: Names) -> str:
    """Name a brand that is written as a person is."""
    return random.choice(phrases("name_brands"))


def variety(random: Random, names: Names) -> str:
    """Name a sake, a fruit or a flower as persons are called."""
    return _VARIETIES.draw(random)(random, names)


def ship(random: Random, names: Names) -> str:
    """Name a ship, a train or a typhoon."""
    return variety(random, names) + random.choice(_CLASSES)


def pet(random: Random, names: Names) -> str:
    """Name a pet."""
    return random.choice(words("pets")) if random.randrange(3) else _given_kana(random, names)


def code_name(random: Random, names: Names) -> str:
    """Name a project, a release, a robot or a machine."""
    return _CODE_NAMES.draw(random)(random, names)


def host(random: Random, names: Names) -> str:
    """Name a machine on a network: tanaka-web-01, sakura03."""
    stem = latin(names.draw(random, Kind.NATIVE).surname, random).lower()
    if not random.randrange(3):
        stem = random.choice(words("english_words"))
    gap, number = random.choice(("-", "", "_")), f"{random.randrange(1, 40):02}"
    duty = random.choice(("", gap + random.choice(_DUTIES)))
    return stem + duty + random.choice(("-", "")) + number + random.choice(_ZONES)


def tech(random: Random, _names: Names) -> str:
    """Name a tool, a typeface or a service."""
    return random.choice(phrases("tech"))


def calling(random: Random, _names: Names) -> str:
    """Address somebody by the calling alone: 本屋さん, 業者様."""
    return random.choice(words("callings")) + random.choice(_POLITE)


def headings(random: Random, _names: Names) -> str:
    """Write the headings of a table."""
    return random.choice(_GAPS).join(random.sample(words("labels"), random.randrange(2, 8)))


def figure(random: Random, _names: Names) -> str:
    """Name a being of tales."""
    return random.choice(words("figures"))


def namelike(random: Random, _names: Names) -> str:
    """A common word that ends as given names do: 硝子, 太刀魚."""
    return random.choice(_namelike())


@cache
def _namelike() -> tuple[str, ...]:
    return tuple(
        word
        for word in dictionary().nouns
        if len(word) in _SHORT and word[-1] in _GIVEN_ENDS and _KANJI.fullmatch(word)
    )


def branch(random: Random, names: Names) -> str:
    """Name a firm's branch: 小松屋横浜店."""
    stem = names.surname(random) + random.choice(_HOUSES)
    return (
        stem
        + random.choice(words("towns"))
        + random.choice(("店", "支店", "本店", "営業所", "工場"))
    )


def _celebrated(random: Random, names: Names) -> str:
    if not random.randrange(3):
        return random.choice(words("historic"))
    if not random.randrange(4):
        return dotted(names.draw(random, Kind.WESTERN), random)
    return names.draw(random, Kind.NATIVE).joined


def abroad(random: Random, _names: Names) -> str:
    """Name a foreigner's surname, as within another word."""
    return random.choice(pairs("foreign_family"))[0]


def _surname(random: Random, names: Names) -> str:
    return names.surname(random)


def _given(random: Random, names: Names) -> str:
    return names.draw(random, Kind.NATIVE).given.written


def _given_kana(random: Random, names: Names) -> str:
    kana = random.choice(names.given_kana)
    return hiragana(kana) if random.randrange(2) else kana


def _given_abroad(random: Random, _names: Names) -> str:
    return random.choice(pairs("foreign_given"))[0]


def _noun(name: str) -> Callable[[Random, Names], str]:
    return lambda random, _: random.choice(words(name))


_BEARERS = pool(
    (
        *((figure, 30), (_celebrated, 20), (_surname, 20)),
        *((_given, 10), (_given_kana, 10), (abroad, 10)),
    )
)
_VARIETIES = pool(
    (
        *((_surname, 20), (_given, 15), (_given_kana, 25), (_given_abroad, 15)),
        *((_noun("given_nouns"), 15), (figure, 10)),
    )
)
_CODE_NAMES = pool(
    (
        *((figure, 30), (_given_kana, 25), (_given, 10), (_given_abroad, 15), (_surname, 5)),
        *((_noun("katakana"), 10), (_noun("given_nouns"), 5)),
    )
)
