"""人事部 (personnel): the staff's 名簿, applicants and their forms, the register of My Numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flows.demo import codes
from flows.demo.dates import Style
from flows.demo.firms import FIRMS
from flows.demo.formats import delimited, word, workbook
from flows.demo.mark import Cell, phrase
from flows.demo.person import Kind
from flows.demo.population import Population
from flows.demo.scribe import Scribe
from flows.demo.values import Values
from scanners.finding import Entity

_ROSTER = 2_000


def staff(scribe: Scribe) -> None:
    """The 名簿 of employees, headings in two rows."""
    headings = (
        ("", "社員番号"), ("氏名", "漢字"), ("氏名", "ふりがな"), ("", "生年月日"), ("", "性別"),
        ("所属", "部署"), ("所属", "役職"), ("自宅", "郵便番号"), ("自宅", "住所"),
        ("自宅", "電話"), ("緊急連絡先", "携帯"),
    )  # fmt: skip
    sheet = workbook.Sheet("社員", headings, _staff_rows(scribe.people))
    workbook.write(scribe, "人事/社員名簿.xlsx", (sheet,))


def _staff_rows(people: Population) -> Iterator[tuple[Cell, ...]]:
    for me in map(Values, islice(people.of(Kind.EMPLOYEE), _ROSTER)):
        yield (
            me.key(Kind.EMPLOYEE),
            me.name("　"),
            me.hiragana("　"),
            me.born(Style.ERA_LETTER),
            me.gender(),
            me.work.department,
            me.work.title,
            me.postal_code(),
            me.address(),
            me.phone(),
            me.mobile(),
        )


def my_numbers(scribe: Scribe) -> None:
    """The register of 個人番号; in one row of fifty somebody mistyped, which the remark says."""
    path = "人事/特定個人情報/個人番号台帳.csv"
    fields = ("社員番号", "氏名", "生年月日", "個人番号", "基礎年金番号", "運転免許証番号", "備考")
    rows = map(_my_number_row, map(Values, scribe.people.of(Kind.EMPLOYEE)))
    delimited.write(scribe, path, fields, rows, encoding="cp932")


def _my_number_row(me: Values) -> tuple[Cell, ...]:
    key = me.person.keys[Kind.EMPLOYEE]
    wrong = codes.near_misses(key)["個人番号"] if key % 50 == 5 else None  # noqa: PLR2004
    return (
        me.key(Kind.EMPLOYEE),
        me.name(),
        me.born(Style.ERA_LETTER),
        me.code(Entity.JP_MY_NUMBER, " "),
        me.code(Entity.JP_BASIC_PENSION_NUMBER),
        me.code(Entity.JP_DRIVER_LICENSE),
        wrong and f"前回の届出 {wrong} は検査数字の誤り",
    )


def applicants(scribe: Scribe) -> None:
    """Those who applied, as the recruiting site exports them."""
    fields = (
        "応募番号", "氏名", "フリガナ", "生年月日", "年齢", "性別", "住所", "電話番号", "E-mail",
        "免許証番号", "前職",
    )  # fmt: skip
    rows = map(_applicant_row, map(Values, scribe.people.of(Kind.APPLICANT)))
    path = "人事/応募者/応募者一覧.csv"
    delimited.write(scribe, path, fields, rows, encoding="cp932", key="応募番号")
    scribe.decoys(path, "前職")


def _applicant_row(me: Values) -> tuple[Cell, ...]:
    return (
        me.key(Kind.APPLICANT),
        me.name(),
        me.kana(),
        me.born(Style.ERA),
        me.age(),
        me.gender(),
        me.address(),
        me.mobile(),
        me.email(),
        me.code(Entity.JP_DRIVER_LICENSE),
        FIRMS[me.person.number % len(FIRMS)].name,
    )


def forms(scribe: Scribe) -> None:
    """Application forms of the first applicants; one has its applicant's name for a name."""
    for me in map(Values, islice(scribe.people.of(Kind.APPLICANT), 3)):
        named = me.name("") if me.person.canary else f"{me.person.keys[Kind.APPLICANT]:04}"
        word.write(scribe, phrase("人事/応募者/履歴書_", named, ".docx"), _form(me))


def _form(me: Values) -> list[Cell | list[tuple[Cell, ...]]]:
    return [
        "履　歴　書",
        "2024年9月20日現在",
        [
            ("ふりがな", me.hiragana()),
            ("氏名", me.name()),
            ("生年月日", phrase(me.born(Style.ERA), "生（満", me.age(), "歳）")),
            ("現住所", phrase("〒", me.postal_code(), " ", me.address())),
            ("電話", me.mobile()),
            ("メール", me.email()),
            ("免許・資格", phrase("普通自動車免許 第", me.code(Entity.JP_DRIVER_LICENSE), "号")),
        ],
        "",
        "志望の動機",
        phrase("貴社の商品を長く使っており、", me.surname(), "家では祖母の代から愛用しています。"),
    ]
