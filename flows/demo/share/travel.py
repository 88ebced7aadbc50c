"""旅行 (travel): whose passport the staff's travel desk and the customers' tour have noted."""

from __future__ import annotations

from collections.abc import Iterator

from flows.demo.formats import delimited, workbook
from flows.demo.mark import Cell
from flows.demo.person import Kind
from flows.demo.population import Population
from flows.demo.scribe import Scribe
from flows.demo.values import Values
from scanners.finding import Entity

_PLACES = ("上海", "ソウル", "台北", "バンコク")
_COUNTRIES = ("中国", "ベトナム", "韓国")


def trips(scribe: Scribe) -> None:
    """Staff sent abroad, headings in two rows."""
    headings = (
        ("", "社員番号"), ("氏名", "漢字"), ("氏名", "ローマ字"), ("旅券", "旅券番号"),
        ("旅券", "有効期限"), ("", "渡航先"),
    )  # fmt: skip
    sheet = workbook.Sheet("渡航者", headings, _trip_rows(scribe.people))
    workbook.write(scribe, "人事/出張/海外出張者.xlsx", (sheet,))


def _trip_rows(people: Population) -> Iterator[tuple[Cell, ...]]:
    for me in map(Values, people.of(Kind.EMPLOYEE)):
        passport = me.code(Entity.JP_PASSPORT)
        if passport:
            place = _PLACES[me.person.number % len(_PLACES)]
            key = me.key(Kind.EMPLOYEE)
            yield key, me.name(), me.romaji(), passport, "2029/3/31", place


def tour(scribe: Scribe) -> None:
    """Customers invited on a tour: passports of Japan and of other countries in one column."""
    fields = ("顧客番号", "氏名", "国籍", "パスポート番号", "備考")
    rows = _tour_rows(scribe.people)
    delimited.write(scribe, "営業/招待旅行/参加者名簿.csv", fields, rows, encoding="utf-8-sig")


def _tour_rows(people: Population) -> Iterator[tuple[Cell, ...]]:
    for person in people.of(Kind.CUSTOMER):
        me = Values(person)
        home = me.code(Entity.JP_PASSPORT), "日本"
        abroad = me.code(Entity.FOREIGN_PASSPORT), _COUNTRIES[person.number % len(_COUNTRIES)]
        number, country = abroad if abroad[0] else home
        if number and not person.kinds & {Kind.EMPLOYEE, Kind.DECEASED}:
            yield me.key(Kind.CUSTOMER), me.name(), country, number, None
