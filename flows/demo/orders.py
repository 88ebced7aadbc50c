"""受注 (orders): who ordered what, who took it down, and to whom it is a present."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from flows.demo.chance import chance
from flows.demo.dates import moment
from flows.demo.goods import PRODUCTS, order_number
from flows.demo.person import Kind, Person
from flows.demo.population import Population

_FIRST = date(2023, 10, 1)


@dataclass(frozen=True, slots=True, repr=False)
class Order:
    """An order; ``recipient`` where it goes to another than the customer."""

    id: int
    number: str
    customer: Person
    staff: Person
    at: datetime
    recipient: Person | None


def orders(people: Population) -> Iterator[Order]:
    """Yield all orders; called again it yields the same."""
    id_ = 0
    for customer in people.of(Kind.CUSTOMER):
        draws = chance(people.seed, "orders", customer.number)
        for _ in range(draws.choice((0, 1, 1, 2)) or int(customer.canary)):
            id_ += 1
            yield _order(people, id_, customer, draws)


def items(order: Order) -> Sequence[tuple[int, int]]:
    """Return the products of an order and how many of each."""
    draws = chance("items", order.number)
    products = draws.sample(range(1, len(PRODUCTS) + 1), draws.randint(1, 3))
    return [(product, draws.randint(1, 4)) for product in products]


def _order(people: Population, id_: int, customer: Person, draws: Random) -> Order:
    return Order(
        id=id_,
        number=order_number(id_),
        customer=customer,
        staff=people.any(draws, Kind.EMPLOYEE),
        at=moment(draws, _FIRST),
        recipient=people.any(draws, Kind.MEMBER) if draws.random() < 1 / 8 else None,
    )
