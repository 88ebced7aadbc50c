"""The rows of the CRM: who the company deals with, what they ordered and what they asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from flows.demo import orders as book
from flows.demo.chance import chance
from flows.demo.dates import day, moment
from flows.demo.goods import PRODUCTS
from flows.demo.mark import Cell
from flows.demo.memo import Call, memo
from flows.demo.person import Kind, Person
from flows.demo.population import Population
from flows.demo.stores.table import Row
from flows.demo.values import Values
from scanners.finding import Entity, Role

_CHANNELS = ("電話", "メール", "店頭", "チャット")
_SUBJECTS = ("配送について", "返品・交換", "会員登録", "商品について", "その他")


def employees(people: Population) -> Iterator[Row]:
    """Staff, with whom they report to."""
    for person in people.of(Kind.EMPLOYEE):
        me = Values(person)
        draws = chance(people.seed, "employee", person.number)
        also_customer = Kind.CUSTOMER in person.kinds
        yield (
            me.key(Kind.EMPLOYEE),
            me.name(),
            me.kana(),
            me.work.department,
            me.work.title,
            me.work_email(),
            me.email() if also_customer or person.canary else None,
            day(draws, date(1990, 4, 1)),
            _manager(people, person, draws),
        )


def _manager(people: Population, person: Person, draws: Random) -> Cell:
    key = person.keys[Kind.EMPLOYEE]
    if key == 1:
        return None
    return mentioned(people.nth(Kind.EMPLOYEE, draws.randint(1, key - 1)), Kind.EMPLOYEE)


def customers(people: Population) -> Iterator[Row]:
    """Customers; a child's record names the parent's."""
    for person in people.of(Kind.CUSTOMER):
        me = Values(person)
        draws = chance(people.seed, "customer", person.number)
        guardian = people.person(person.guardian) if person.guardian else None
        yield (
            me.key(Kind.CUSTOMER),
            me.name(),
            me.kana(),
            me.gender(),
            me.born(),
            me.postal_code(),
            me.address(),
            me.phone(),
            me.mobile(),
            me.email(),
            me.code(Entity.CREDIT_CARD),
            mentioned(guardian, Kind.CUSTOMER) if guardian else None,
            "死亡" if Kind.DECEASED in person.kinds else draws.choice(("会員", "会員", "退会")),
            moment(draws, date(2018, 1, 1)),
        )


def contacts(people: Population) -> Iterator[Row]:
    """Whom to talk to at other companies."""
    for person in people.of(Kind.CONTACT):
        me = Values(person)
        draws = chance(people.seed, "contact", person.number)
        yield (
            me.key(Kind.CONTACT),
            me.work.firm.name,
            me.work.firm.corporate_number,
            me.work.department,
            me.work.title,
            me.name(),
            me.kana(),
            me.work_email(),
            me.phone(),
            me.mobile(),
            mentioned(people.any(draws, Kind.EMPLOYEE), Kind.EMPLOYEE),
        )


def products(_: Population) -> Iterator[Row]:
    """What is sold."""
    for product in PRODUCTS:
        yield product.id, product.code, product.jan, product.name, product.price


def orders(people: Population) -> Iterator[Row]:
    """Orders; some are a present to somebody else."""
    for order in book.orders(people):
        to = Values(order.recipient, Role.MENTION) if order.recipient else None
        present = (to.name(), to.mobile(), to.address()) if to else (None, None, None)
        yield (
            order.id,
            order.number,
            Values(order.customer).key(Kind.CUSTOMER),
            mentioned(order.staff, Kind.EMPLOYEE),
            order.at,
            sum(PRODUCTS[product - 1].price * quantity for product, quantity in book.items(order)),
            *present,
        )


def order_items(people: Population) -> Iterator[Row]:
    """What an order is of."""
    for order in book.orders(people):
        for product, quantity in book.items(order):
            yield order.id, product, quantity, PRODUCTS[product - 1].price


def inquiries(people: Population) -> Iterator[Row]:
    """Calls and mails from customers, as staff wrote them down."""
    number = 0
    for person in people.of(Kind.CUSTOMER):
        draws = chance(people.seed, "inquiries", person.number)
        for _ in range(draws.choice((0, 0, 1, 1, 2)) or int(person.canary)):
            number += 1
            yield number, *_inquiry(people, person, draws)


def _inquiry(people: Population, person: Person, draws: Random) -> Row:
    # One call in ten is written down without looking the caller up.
    known = draws.random() < 0.9 or person.canary  # noqa: PLR2004
    staff = people.any(draws, Kind.EMPLOYEE)
    call = Call(
        Values(person, Role.SELF if known else Role.MENTION),
        Values(staff, Role.MENTION),
        Values(people.any(draws, Kind.MEMBER), Role.MENTION),
        draws,
    )
    return (
        Values(person).key(Kind.CUSTOMER) if known else None,
        mentioned(staff, Kind.EMPLOYEE),
        moment(draws, date(2023, 1, 1)),
        draws.choice(_CHANNELS),
        draws.choice(_SUBJECTS),
        memo(call),
    )


def mentioned(person: Person, kind: Kind) -> Cell:
    """Return the key of somebody whom a record only mentions."""
    return Values(person, Role.MENTION).key(kind)
