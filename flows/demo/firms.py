"""会社 (firms): made-up companies that business contacts and applicants work for.

The names hold surnames, as real ones do, and are nobody's: an organisation isn't a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.demo import codes


@dataclass(frozen=True, slots=True)
class Firm:
    """A company: name, the host name of its mail, and its 法人番号."""

    name: str
    host: str
    corporate_number: str


#: The company whose data all this is.
OWN = Firm("株式会社さくら堂", "sakurado.example.co.jp", codes.corporate_number(0))

_NAMES = """
株式会社かざみどり:kazamidori 有限会社山本電機:yamamoto-denki 株式会社田中製作所:tanaka-ss
青葉物産株式会社:aobabussan 株式会社ひかり工業:hikari-k 東雲商事株式会社:shinonome
株式会社佐藤建材:sato-kenzai みなと運輸株式会社:minato-unyu 株式会社北星フーズ:hokusei
合同会社つばめ企画:tsubame 株式会社鈴木印刷:suzuki-print 日向化学株式会社:hyuga-chem
株式会社千歳システム:chitose-sys 大和倉庫株式会社:yamato-soko 株式会社森林産業:shinrin
松島水産株式会社:matsushima 株式会社スミレ薬品:sumire 富士見テクノ株式会社:fujimi-t
株式会社中村屋本舗:nakamuraya 有限会社宮崎果樹園:miyazaki-fruit 株式会社銀河不動産:ginga
一般社団法人みどりの会:midori-kai 株式会社長野精密:nagano-p 株式会社橋本園芸:hashimoto-g
"""
FIRMS = tuple(
    Firm(name, f"{host}.example.co.jp", codes.corporate_number(number))
    for number, (name, host) in enumerate((entry.split(":") for entry in _NAMES.split()), 1)
)

DEPARTMENTS = ("営業部", "総務部", "購買部", "開発部", "経理部", "カスタマーサポート部", "人事部")
TITLES = ("部長", "課長", "係長", "主任", "担当", "マネージャー")
