"""総務部 (general affairs): identity documents seen, and lists that hold nothing of anyone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.demo import codes
from flows.demo.firms import FIRMS
from flows.demo.formats import delimited
from flows.demo.goods import PRODUCTS
from flows.demo.mark import Cell
from flows.demo.person import Kind
from flows.demo.population import Population
from flows.demo.scribe import Scribe
from flows.demo.values import Values
from scanners.finding import Entity

_DOCUMENTS: Mapping[Entity, str] = {
    Entity.JP_DRIVER_LICENSE: "運転免許証",
    Entity.JP_PASSPORT: "旅券",
    Entity.JP_MY_NUMBER: "個人番号カード",
    Entity.JP_RESIDENCE_CARD: "在留カード",
    Entity.JP_SPECIAL_PERMANENT_RESIDENT: "特別永住者証明書",
}
# Many are surnames too.
_STATIONS = """
東京:JR東日本 品川:JR東日本 長野:JR東日本 福島:JR東日本 千葉:JR東日本 宮崎:JR九州 小倉:JR九州
松本:JR東日本 高田馬場:西武鉄道 中村公園:名古屋市交通局 藤沢:小田急電鉄 大塚:JR東日本 上野:JR東日本
山口:JR西日本 石川町:JR東日本 前橋:JR東日本 吉田:JR東日本 田村:JR西日本 林:土佐くろしお鉄道
"""
_MUNICIPALITIES = """
13101:千代田区 13103:港区 13113:渋谷区 14100:横浜市 14130:川崎市 23100:名古屋市 26100:京都市
27100:大阪市 28100:神戸市 34100:広島市 40130:福岡市 01100:札幌市 04100:仙台市 11100:さいたま市
12100:千葉市 15100:新潟市 22100:静岡市 33100:岡山市 43100:熊本市 47201:那覇市
"""


def identity_documents(scribe: Scribe) -> None:
    """Which document a customer showed: one column with numbers of five kinds."""
    fields = ("顧客番号", "氏名", "書類", "番号", "確認日")
    rows = _document_rows(scribe.people)
    delimited.write(scribe, "総務/本人確認書類.csv", fields, rows, encoding="utf-8-sig")


def _document_rows(people: Population) -> Iterator[tuple[Cell, ...]]:
    for person in people.of(Kind.CUSTOMER):
        me = Values(person)
        for entity, document in _DOCUMENTS.items():
            if entity in person.codes and Kind.EMPLOYEE not in person.kinds:
                yield me.key(Kind.CUSTOMER), me.name(), document, me.code(entity), "2024/6/1"


def stations(scribe: Scribe) -> None:
    """Stations and railway companies."""
    _decoy(
        scribe,
        "総務/駅一覧.csv",
        ("駅名", "会社名"),
        (pair.split(":") for pair in _STATIONS.split()),
    )


def firms(scribe: Scribe) -> None:
    """Companies with their 法人番号 and invoice registration number."""
    fields = ("会社名", "法人番号", "登録番号")
    rows = ([f.name, f.corporate_number, f"T{f.corporate_number}"] for f in FIRMS)
    _decoy(scribe, "総務/取引法人.csv", fields, rows)


def municipalities(scribe: Scribe) -> None:
    """Municipalities with their code and its check digit."""
    pairs = (pair.split(":") for pair in _MUNICIPALITIES.split())
    rows = ([codes.municipality(code), name] for code, name in pairs)
    _decoy(scribe, "総務/自治体コード.csv", ("団体コード", "団体名"), rows)


def goods(scribe: Scribe) -> None:
    """Articles with a code of twelve digits and a JAN."""
    fields = ("商品コード", "JANコード", "商品名", "単価")
    rows = ([p.code, p.jan, p.name, str(p.price)] for p in PRODUCTS)
    _decoy(scribe, "商品/商品マスタ.csv", fields, rows)


def _decoy(scribe: Scribe, path: str, fields: tuple[str, ...], rows: Iterator[list[str]]) -> None:
    delimited.write(scribe, path, fields, rows)
    scribe.decoys(path, *fields)
