"""広報・お客様窓口 (publicity and the customers' desk): a page of voices, and mails."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flows.demo.chance import chance
from flows.demo.formats import mail, webpage
from flows.demo.formats.mail import Attachment, Mail
from flows.demo.mark import Cell, phrase
from flows.demo.person import Kind
from flows.demo.population import Population
from flows.demo.scribe import Scribe
from flows.demo.values import Values
from scanners.finding import Role

_VOICES = 20
_MAILS = 200
_DATE = "Mon, 02 Sep 2024 10:15:00 +0900"


def voices(scribe: Scribe) -> None:
    """A page with what customers said, kept with who they are."""
    webpage.write(scribe, "広報/お客様の声.html", _voices(scribe.people))


def _voices(people: Population) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    yield "h1", ("お客様の声",)
    yield "p", ("掲載の許可をいただいた方の一覧です。",)
    yield "tr", ("氏名", "電話", "感想")
    for me in map(Values, islice(people.of(Kind.CUSTOMER), 4, 4 + _VOICES)):
        yield "tr", (me.name(), me.phone(), "使いやすくて気に入っています。")
    yield "p", ("無断転載を禁じます。",)


def one_mail(scribe: Scribe) -> None:
    """A mail from an employee, with a file named after her."""
    sender = next(p for p in scribe.people.of(Kind.EMPLOYEE) if p.canary)
    me = Values(sender, Role.MENTION)
    boss = Values(
        scribe.people.nth(Kind.EMPLOYEE, min(2, scribe.people.count(Kind.EMPLOYEE))), Role.MENTION
    )
    body = (
        phrase(boss.surname(), "さん"),
        "",
        "経費の明細をお送りします。ご確認ください。",
        phrase("連絡先: ", me.mobile(), " / ", me.email()),
        me.name(),
    )
    message = Mail(
        (me.name(), me.work_email()),
        (boss.name(), boss.work_email()),
        _DATE,
        phrase("経費精算（", me.surname(), "）"),
        body,
        (_expenses(me, boss),),
    )
    mail.write(scribe, "メール/経費精算.eml", message)


def _expenses(me: Values, boss: Values) -> Attachment:
    rows = (
        ("氏名", "携帯", "金額"),
        (me.name(""), me.mobile(), "12400"),
        (boss.name(""), boss.mobile(), "8800"),
    )
    return Attachment(phrase(me.name(""), "_経費.csv"), rows)


def inbox(scribe: Scribe) -> None:
    """The desk's mailbox: customers write, and sign."""
    people = islice(scribe.people.of(Kind.CUSTOMER), 0, None, 7)
    mails = (_mail(scribe.people, Values(p, Role.MENTION)) for p in people if p.email)
    mail.write_mbox(scribe, "メール/お客様窓口.mbox", islice(mails, _MAILS))


def _mail(people: Population, me: Values) -> Mail:
    draws = chance(people.seed, "mail", me.person.number)
    staff = Values(people.any(draws, Kind.EMPLOYEE), Role.MENTION)
    body = (
        phrase("さくら堂 ", staff.surname(), "様"),
        "",
        phrase("お世話になっております。", me.surname(), "です。"),
        "先日注文した品の納期を教えてください。",
        "",
        me.name(),
        phrase("〒", me.postal_code(), " ", me.address()),
        phrase("TEL ", me.phone(), " / ", me.mobile()),
    )
    return Mail(
        (me.name(), me.email()), (staff.name(), staff.work_email()), _DATE, "納期の件", body
    )
