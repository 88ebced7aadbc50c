"""営業部 (sales): lists of customers and contacts, monthly sales, notes and letters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice

from flows.demo import dates, orders
from flows.demo.chance import chance
from flows.demo.dates import Style
from flows.demo.formats import delimited, letter, lines, workbook
from flows.demo.formats.delimited import Delimited
from flows.demo.goods import PRODUCTS
from flows.demo.mark import Cell, phrase
from flows.demo.person import Kind
from flows.demo.population import Population
from flows.demo.scribe import Scribe
from flows.demo.values import Values
from scanners.finding import Role

_ROSTER = 2_000
_LETTERS = 5
_MONTHS = [f"2023{month}" for month in (10, 11, 12)] + [f"20240{month}" for month in range(1, 10)]
_SALES = ("売上日", "受注番号", "顧客番号", "顧客名", "商品コード", "数量", "金額")


def customer_list(scribe: Scribe) -> None:
    """Every second customer, as an old host exports them."""
    fields = (
        "顧客番号", "氏名", "フリガナ", "郵便番号", "住所", "電話番号", "メールアドレス",
        "生年月日",
    )  # fmt: skip
    rows = (
        (
            me.key(Kind.CUSTOMER),
            me.name("　"),
            me.kana("　"),
            me.postal_code(),
            me.formal_address(),
            me.phone(),
            me.email(),
            me.born(Style.ERA),
        )
        for me in map(Values, islice(scribe.people.of(Kind.CUSTOMER), 1, None, 2))
    )
    delimited.write(scribe, "営業/顧客一覧.csv", fields, rows, encoding="cp932")


def mailing_list(scribe: Scribe) -> None:
    """Every third customer, addressed for the post."""
    fields = ("宛名", "フリガナ", "郵便番号", "住所", "TEL", "備考")
    rows = (
        (
            phrase(me.name(), " 様"),
            me.halfwidth(),
            phrase("〒", me.postal_code()),
            me.address(),
            me.mobile(),
            None,
        )
        for me in map(Values, islice(scribe.people.of(Kind.CUSTOMER), 0, None, 3))
    )
    delimited.write(scribe, "営業/DM送付先.csv", fields, rows, encoding="utf-8-sig")


def contacts(scribe: Scribe) -> None:
    """The 名簿 of business contacts; one has a sheet of their own."""
    headings = (
        ("", "番号"), ("勤務先", "会社名"), ("勤務先", "部署"), ("勤務先", "役職"),
        ("氏名", "漢字"), ("氏名", "カナ"), ("連絡先", "電話"), ("連絡先", "携帯"),
        ("連絡先", "メール"),
    )  # fmt: skip
    path = "営業/取引先名簿.xlsx"
    roster = workbook.Sheet("名簿", headings, _contact_rows(scribe.people))
    canary = next(p for p in scribe.people.of(Kind.CONTACT) if p.canary)
    one = workbook.Sheet(Values(canary).name(""), _NOTES, _contact_notes(Values(canary)))
    workbook.write(scribe, path, (roster, one))
    scribe.decoys(path, "名簿!勤務先/会社名")


_NOTES = (("", "面談日"), ("先方", "氏名"), ("先方", "電話番号"), ("", "内容"))


def _contact_rows(people: Population) -> Iterator[tuple[Cell, ...]]:
    for me in map(Values, islice(people.of(Kind.CONTACT), _ROSTER)):
        yield (
            me.key(Kind.CONTACT),
            me.work.firm.name,
            me.work.department,
            me.work.title,
            me.name(),
            me.kana(),
            me.phone(),
            me.mobile(),
            me.work_email(),
        )


def _contact_notes(me: Values) -> Iterator[tuple[Cell, ...]]:
    said = phrase(me.surname(), "様より、メールは", me.work_email(), "に変更とのこと。")
    yield "2024-06-03", me.name(), me.phone(), "新商品の打合せ。次回は7月。"
    yield "2024-07-08", me.name(), me.mobile(), said


def monthly_sales(scribe: Scribe) -> None:
    """What was sold, a file a month: twelve files of one layout."""
    pattern = "営業/売上/売上_*.csv"
    with ExitStack() as stack:
        months = {month: _month(scribe, stack, pattern, month) for month in _MONTHS}
        for order in orders.orders(scribe.people):
            me = Values(order.customer)
            for product, quantity in orders.items(order)[:1]:
                sold = PRODUCTS[product - 1]
                months[f"{order.at:%Y%m}"].row(
                    (
                        order.at.date().isoformat(),
                        order.number,
                        me.key(Kind.CUSTOMER),
                        me.name(""),
                        sold.code,
                        quantity,
                        sold.price * quantity,
                    )
                )
    scribe.decoys(pattern, "受注番号", "商品コード")


def _month(scribe: Scribe, stack: ExitStack, pattern: str, month: str) -> Delimited:
    path = pattern.replace("*", month)
    out = stack.enter_context(scribe.create(path))
    table = Delimited(scribe, pattern, out, _SALES, file=path)
    stack.callback(table.finish)
    return table


def dealings(scribe: Scribe) -> None:
    """Notes on one customer, in a folder of their name."""
    person = next(p for p in scribe.people.of(Kind.CUSTOMER) if p.canary)
    me = Values(person)
    path = phrase("営業/個別対応/", me.name(""), "様/対応履歴.txt")
    lines.write(
        scribe,
        path,
        (
            phrase("顧客: ", me.name(), "（", me.kana(), "）様"),
            phrase("生年月日: ", me.born(Style.KANJI), " 電話: ", me.mobile()),
            "2024-05-10 返品の件で来店。店長が対応し、返金済み。",
            phrase("2024-05-13 お詫びのメールを ", me.email(), " へ送信。"),
        ),
        encoding="utf-8",
        end="\r\n",
    )


def letters(scribe: Scribe) -> None:
    """Thank-you letters to some customers, a page each."""
    people = islice(scribe.people.of(Kind.CUSTOMER), 3, 3 + _LETTERS)
    pages = [_letter(scribe, Values(person)) for person in people]
    letter.write(scribe, "営業/お礼状.pdf", "お礼状", pages)


def _letter(scribe: Scribe, me: Values) -> tuple[Cell, ...]:
    draws = chance(scribe.people.seed, "letter", me.person.number)
    staff = Values(scribe.people.any(draws, Kind.EMPLOYEE), Role.MENTION)
    return (
        phrase("〒", me.postal_code()),
        phrase(me.address()),
        phrase(me.name(), " 様"),
        "このたびはお買い上げいただき、誠にありがとうございます。",
        phrase("ご登録の電話番号 ", me.phone(), " にお間違いがないかご確認ください。"),
        phrase(
            "お届け予定日: ",
            dates.written(dates.day(draws, dates.TODAY.replace(year=2023)), Style.KANJI),
        ),
        phrase("株式会社さくら堂 担当 ", staff.name("")),
    )
