"""介護・薬局 (care): who claims for aids under care insurance, and whose prescriptions came in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flows.demo.dates import Style
from flows.demo.formats import delimited, word
from flows.demo.mark import Cell, phrase
from flows.demo.person import Kind
from flows.demo.population import Population
from flows.demo.scribe import Scribe
from flows.demo.values import Values
from scanners.finding import Entity

_FORMS = 2


def claims(scribe: Scribe) -> None:
    """福祉用具購入費: insurer and insured of 介護保険, which are a code together."""
    fields = ("受付番号", "氏名", "フリガナ", "生年月日", "介護保険者番号", "介護保険被保険者番号")
    rows = (
        (f"F{number:05}", me.name(), me.kana(), me.born(Style.ERA), *insured)
        for number, me in enumerate(_insured(scribe.people, Entity.JP_CARE_INSURANCE), 1)
        for insured in [me.parts(Entity.JP_CARE_INSURANCE)]
    )
    path = "営業/福祉用具/購入費支給申請.csv"
    delimited.write(scribe, path, fields, rows, encoding="cp932")
    scribe.decoys(path, "受付番号", "介護保険者番号")


def claim_forms(scribe: Scribe) -> None:
    """The first claims as they were filled in."""
    for me in islice(_insured(scribe.people, Entity.JP_CARE_INSURANCE), _FORMS):
        path = f"営業/福祉用具/申請書_{me.person.keys[Kind.CUSTOMER]:04}.docx"
        word.write(scribe, path, _form(me))


def _form(me: Values) -> list[Cell | list[tuple[Cell, ...]]]:
    insurer, number = me.parts(Entity.JP_CARE_INSURANCE)
    return [
        "介護保険 福祉用具購入費支給申請書",
        [
            ("フリガナ", me.kana()),
            ("被保険者氏名", me.name()),
            ("生年月日", me.born(Style.ERA)),
            ("住所", phrase("〒", me.postal_code(), " ", me.address())),
        ],
        phrase("介護保険 保険者番号 ", insurer, "　被保険者番号 ", number),
    ]


def prescriptions(scribe: Scribe) -> None:
    """処方箋: insurer and insured of 後期高齢者医療, said by the file's name alone."""
    fields = ("顧客番号", "氏名", "保険者番号", "被保険者番号", "受付日")
    rows = (
        (
            me.key(Kind.CUSTOMER),
            me.name(),
            *me.parts(Entity.JP_ELDERLY_MEDICAL_INSURANCE),
            "2024/9/2",
        )
        for me in _insured(scribe.people, Entity.JP_ELDERLY_MEDICAL_INSURANCE)
    )
    path = "薬局/処方箋受付_後期高齢者医療.csv"
    delimited.write(scribe, path, fields, rows, encoding="cp932")
    scribe.decoys(path, "保険者番号")


def _insured(people: Population, entity: Entity) -> Iterator[Values]:
    return (Values(one) for one in people.of(Kind.CUSTOMER) if entity in one.codes)
