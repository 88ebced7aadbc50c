"""人名でない語 (what is nobody's name): for the slots of sentences and for cells."""

from __future__ import annotations

from random import Random

from scanners.japanese.training import coined, details, eponyms, firms, kana, latin, places
from scanners.japanese.training.dictionary import dictionary
from scanners.japanese.training.lists import words
from scanners.japanese.training.name_lists import shipped
from scanners.japanese.training.names import Names
from scanners.japanese.training.places import Filler
from scanners.japanese.training.pool import pool

_GOODS = ("goods", "foods", "plants", "katakana", "goods", "foods")
_ENDINGS = (
    "セット",
    "用",
    "A",
    "(小)",
    "（大）",
    "2号",
    "Pro",
    "50ml",
    "10個入",
    "パック",
    "の素",
    "",
)
_FEASTS = ("まつり", "祭", "杯", "賞", "展", "フェスタ", "市場", "カップ", "記念大会", "家の会")


def _list(name: str) -> Filler:
    def draw(random: Random, _names: Names) -> str:
        return random.choice(words(name))

    return draw


def _detail(name: str) -> Filler:
    def draw(random: Random, _names: Names) -> str:
        return details.DETAILS[name](random)

    return draw


def _product(random: Random, _names: Names) -> str:
    word = random.choice(words(random.choice(_GOODS)))
    return word if random.randrange(3) else word + random.choice(_ENDINGS)


def _like(random: Random, names: Names) -> str:
    return names.surname(random)


def _like_kana(random: Random, names: Names) -> str:
    return random.choice(names.surname_kana)


def _lookalike(random: Random, _names: Names) -> str:
    """A word that splits into a surname and a given name though it is no person's."""
    return random.choice(shipped()[6])


def _noun(random: Random, _names: Names) -> str:
    return random.choice(dictionary().nouns)


def _proper(random: Random, _names: Names) -> str:
    return random.choice(dictionary().proper)


def _event(random: Random, names: Names) -> str:
    if random.randrange(3):
        return random.choice(words("events"))
    return names.surname(random) + random.choice(_FEASTS)


def _school(random: Random, names: Names) -> str:
    kinds = ("小学校", "中学校", "高校", "高等学校", "大学", "幼稚園", "学園", "専門学校")
    return names.surname(random) + random.choice(kinds)


def _hospital(random: Random, names: Names) -> str:
    kinds = ("病院", "医院", "クリニック", "歯科医院", "眼科", "整形外科", "総合病院", "内科")
    return names.surname(random) + random.choice(kinds)


def _building(random: Random, names: Names) -> str:
    kinds = ("ビル", "ビル2F", "会館", "マンション", "ハイツ101", "タワー", "コーポ")
    return names.surname(random) + random.choice(kinds)


#: What fills a slot that is no person's; ``like`` is a surname within another word.
FILLERS: dict[str, Filler] = {
    "company": firms.company,
    "shop": firms.shop,
    "place": places.place,
    "named_place": places.of_a_name,
    "station": places.station,
    "address": places.address,
    "product": _product,
    "like": _like,
    "like_kana": _like_kana,
    "lookalike": _lookalike,
    "compound": coined.compound,
    "english": latin.phrase,
    "event": _event,
    "school": _school,
    "hospital": _hospital,
    "building": _building,
    "noun": _noun,
    "proper": _proper,
    "coined": coined.coined,
    "dotted": coined.dotted,
    "town": places.town,
    "word": _list("nouns"),
    "katakana": _list("katakana"),
    "plant": _list("plants"),
    "animal": _list("animals"),
    "food": _list("foods"),
    "disease": _list("diseases"),
    "honor": _list("named_after"),
    "dept": _list("depts"),
    "post": _list("posts"),
    "temple": _list("temples"),
    "work": _list("works"),
    "role": _list("roles"),
    "bare": kana.bare_place,
    "kana_thing": kana.kana_thing,
    "given_noun": _list("given_nouns"),
    "surname_noun": _list("surname_nouns"),
    "hon": _list("honorifics"),
    "status": _list("statuses"),
    "named_goods": eponyms.goods,
    "memorial": eponyms.memorial,
    "science": eponyms.science,
    "firm_abroad": eponyms.firm_abroad,
    "brand": eponyms.brand,
    "variety": eponyms.variety,
    "ship": eponyms.ship,
    "pet": eponyms.pet,
    "code_name": eponyms.code_name,
    "host": eponyms.host,
    "tech": eponyms.tech,
    "calling": eponyms.calling,
    "headings": eponyms.headings,
    "figure": eponyms.figure,
    "branch": eponyms.branch,
    "namelike": eponyms.namelike,
    "western_thing": eponyms.abroad,
    **{name: _detail(name) for name in details.DETAILS},
}

#: What stands in cells, with how often.
CELLS = pool(
    (
        *((firms.company, 26), (firms.shop, 8), (places.of_a_name, 9), (places.lone_place, 3)),
        *(
            (places.address, 4),
            (places.station, 2),
            (places.town, 9),
            (_lookalike, 10),
            (latin.phrase, 8),
            (kana.kana_thing, 8),
        ),
        *(
            (_product, 8),
            (coined.compound, 4),
            (_event, 3),
            (_school, 2),
            (_hospital, 2),
            (_building, 2),
        ),
        *((_noun, 12), (_proper, 8), (coined.coined, 5), (coined.dotted, 2)),
        *((FILLERS[name], 2) for name in ("plant", "animal", "food", "disease", "honor", "dept")),
        *((FILLERS[name], 2) for name in ("temple", "work", "role", "status", "katakana", "post")),
        *(
            (eponyms.goods, 3),
            (eponyms.memorial, 2),
            (eponyms.science, 2),
            (eponyms.firm_abroad, 2),
        ),
        *((eponyms.brand, 2), (eponyms.branch, 3), (eponyms.host, 2), (eponyms.tech, 2)),
        *((eponyms.calling, 2), (eponyms.headings, 2), (eponyms.namelike, 5)),
        *((FILLERS["word"], 4), (FILLERS["email"], 1), (FILLERS["login"], 1), (FILLERS["code"], 2)),
        *((FILLERS["date"], 1), (FILLERS["phone"], 1), (FILLERS["money"], 1)),
    )
)
