"""通販 (the shop): members, receipts and logins of another system, with no key declared.

Its member 1 is another person than the CRM's customer 1. Some members are customers too, which
only their e-mail address tells. Newsletter readers are known by their address alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from flows.demo import dates
from flows.demo.chance import chance
from flows.demo.dates import Style
from flows.demo.firms import OWN
from flows.demo.goods import PRODUCTS
from flows.demo.mark import Cell, Mark
from flows.demo.person import Kind, Person, telephone
from flows.demo.population import Population
from flows.demo.stores.table import Row, Table, moment, whole, words
from flows.demo.towns import TOWNS
from flows.demo.values import Values
from scanners.finding import Entity

_FIRST = date(2023, 10, 1)
_STORES = 12
_AGENTS = ("Mozilla/5.0 (Windows NT 10.0)", "Mozilla/5.0 (iPhone)", "SakuradoApp/3.2")


def _members(people: Population) -> Iterator[Row]:
    for person in people.of(Kind.MEMBER):
        me = Values(person)
        draws = chance(people.seed, "member", person.number)
        yield (
            me.key(Kind.MEMBER),
            me.name(""),
            me.halfwidth(),
            _typed(me, draws),
            me.mobile(""),
            me.born(Style.SLASH),
            me.gender("12"),
            me.postal_code(""),
            me.formal_address(),
            me.secret(),
            at(draws),
        )


def _typed(me: Values, draws: Random) -> Cell:
    """An e-mail address as people type it: now and then with a capital."""
    email = me.person.email or ""
    written = email if draws.random() < 0.8 or me.person.canary else email.capitalize()  # noqa: PLR2004
    return Mark(me.person.number, Entity.EMAIL_ADDRESS, written, me.role)


def _receipts(people: Population) -> Iterator[Row]:
    number = 0
    for person in people.of(Kind.MEMBER):
        draws = chance(people.seed, "receipts", person.number)
        for _ in range(draws.randint(0, 4) or int(person.canary)):
            number += 1
            product = draws.choice(PRODUCTS)
            quantity = draws.randint(1, 3)
            yield (
                number,
                Values(person).key(Kind.MEMBER),
                draws.randint(1, _STORES),
                product.code,
                quantity,
                product.price * quantity,
                at(draws),
            )


def _newsletter(people: Population) -> Iterator[Row]:
    for person in people.of(Kind.SUBSCRIBER):
        draws = chance(people.seed, "newsletter", person.number)
        yield Values(person).email(), Values(person).romaji(), at(draws), draws.randint(0, 1)


def _logins(people: Population) -> Iterator[Row]:
    for person in people.of(Kind.MEMBER):
        draws = chance(people.seed, "logins", person.number)
        for _ in range(draws.randint(0, 2)):
            me = Values(person)
            yield me.email(), address(person, draws), at(draws), draws.choice(_AGENTS)


def _stores(_: Population) -> Iterator[Row]:
    for number in range(1, _STORES + 1):
        town = TOWNS[number * 6]
        yield (
            number,
            f"さくら堂 {town.city}店",
            f"{town.prefecture}{town.city}{town.town}1-{number}-1",
            telephone(town, 99_000 + number),
            OWN.corporate_number,
        )


def address(person: Person, draws: Random) -> Cell:
    """Return an IP address that a provider's customers share (RFC 6598), so nobody's alone."""
    groups = draws.randint(64, 127), draws.randint(0, 255), draws.randint(1, 254)
    return Mark(person.number, Entity.IP_ADDRESS, ".".join(map(str, (100, *groups))))


def at(draws: Random) -> datetime:
    """Draw a moment of the last year."""
    return dates.moment(draws, _FIRST)


TABLES = (
    Table(
        "members",
        (
            whole("member_id"),
            words("name"),
            words("kana"),
            words("email"),
            words("tel"),
            words("birthday"),
            words("sex"),
            words("zip"),
            words("addr"),
            words("password_hash"),
            moment("created_at"),
        ),
        _members,
        ("member_id",),
        people=True,
    ),
    Table(
        "receipts",
        (
            whole("receipt_id"),
            whole("member_id"),
            whole("store_code"),
            words("product_code", decoy=True),
            whole("quantity"),
            whole("amount"),
            moment("sold_at"),
        ),
        _receipts,
        ("receipt_id",),
    ),
    Table(
        "newsletter",
        (words("email"), words("name"), moment("subscribed_at"), whole("active")),
        _newsletter,
        ("email",),
        people=True,
    ),
    Table(
        "logins",
        (words("email"), words("ip"), moment("at"), words("agent", decoy=True)),
        _logins,
    ),
    Table(
        "stores",
        (
            whole("store_code"),
            words("name", organisation=True),
            words("address", organisation=True),
            words("tel", organisation=True),
            words("corporate_number", decoy=True),
        ),
        _stores,
        ("store_code",),
    ),
)

_BY_NAME = {table.name: table for table in TABLES}
#: References that hold though nothing declares them.
UNDECLARED = (
    ((_BY_NAME["receipts"], "member_id"), (_BY_NAME["members"], "member_id")),
    ((_BY_NAME["receipts"], "store_code"), (_BY_NAME["stores"], "store_code")),
)
