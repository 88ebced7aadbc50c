"""The population: everyone the company knows.

Each person is made when asked for, from the seed and their number alone, so a hundred thousand
take no more room than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from flows.demo import person, roles
from flows.demo.canaries import CANARIES, Canary
from flows.demo.chance import chance, common_first
from flows.demo.firms import DEPARTMENTS, FIRMS, OWN, TITLES
from flows.demo.issued import issued
from flows.demo.itaiji import VARIANTS
from flows.demo.kana import romaji
from flows.demo.names import (
    FOREIGN_GIVEN,
    FOREIGN_SURNAMES,
    GIVEN_FEMALE,
    GIVEN_MALE,
    SURNAMES,
    Part,
)
from flows.demo.person import Kind, Person, Work
from flows.demo.roles import BLOCK, bearer_of, household_of, keys_of, kinds_of, slot_of

_BORN = {0: (1972, 1986), 1: (1972, 1986), 2: (2009, 2018), 14: (1930, 1945)}
_WORKING = (1962, 2001)
_ADULT = (1946, 2003)
_HOSTS = ("example.com", "example.ne.jp", "mail.example.jp", "example.org")


class Population:
    """All ``size`` people of a seed, numbered from 1."""

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.seed = seed
        self.person = lru_cache(maxsize=4096)(self._make)

    def __iter__(self) -> Iterator[Person]:
        return map(self._make, range(1, self.size + 1))

    def of(self, kind: Kind) -> Iterator[Person]:
        """Yield everyone of a kind in the order of their keys."""
        slots = roles.slots(kind)
        for start in range(0, self.size, BLOCK):
            for slot in slots:
                if start + slot < self.size:
                    yield self.person(start + slot + 1)

    def count(self, kind: Kind) -> int:
        """Return how many are of a kind."""
        return roles.count(kind, self.size)

    def nth(self, kind: Kind, key: int) -> Person:
        """Return the person of a kind with a key (from 1)."""
        slots = roles.slots(kind)
        block, rank = divmod(key - 1, len(slots))
        return self.person(block * BLOCK + slots[rank] + 1)

    def any(self, draws: Random, kind: Kind) -> Person:
        """Draw someone of a kind."""
        return self.nth(kind, draws.randint(1, self.count(kind)))

    def _make(self, number: int) -> Person:
        kinds = kinds_of(number)
        draws = chance(self.seed, "person", number)
        who = CANARIES.get(number) or _someone(self.seed, number)
        # Codes and telephones are spread by a serial number that is another for every seed.
        serial = number + self.seed * 7_919
        born = _born(draws, number)
        return Person(
            number=number,
            kinds=kinds,
            keys=keys_of(number),
            canary=number in CANARIES,
            surname=who.surname,
            given=who.given,
            gender=who.gender,
            born=born,
            home=person.home(self.seed, household_of(number)),
            mobile=None if Kind.MINOR in kinds else who.mobile or person.mobile(serial),
            email=None if Kind.MINOR in kinds else who.email,
            work=_work(draws, who, number),
            guardian=number - 2 if Kind.MINOR in kinds else None,
            codes=issued(serial, kinds, born),
        )


def _someone(seed: int, number: int) -> Canary:
    gender, surname, given = _name(seed, number)
    words = _latin(given), _latin(surname)
    local = (f"{words[0]}.{words[1]}", f"{words[1]}-{words[0]}", f"{words[0][0]}_{words[1]}")
    email = f"{local[number % 3]}{number}@{_HOSTS[number % 4]}"
    return Canary(surname, given, gender, email, "")


def _name(seed: int, number: int) -> tuple[str, Part, Part]:
    bearer = bearer_of(number)
    draws = chance(seed, "name", bearer)
    gender = draws.choice("男女")
    if Kind.FOREIGN in kinds_of(number):
        return gender, draws.choice(FOREIGN_SURNAMES), draws.choice(FOREIGN_GIVEN)
    given = common_first(draws, GIVEN_MALE if gender == "男" else GIVEN_FEMALE)
    return gender, _surname(seed, household_of(bearer)), given


def _surname(seed: int, household: int) -> Part:
    draws = chance(seed, "surname", household)
    usual = common_first(draws, SURNAMES)
    variants = VARIANTS.get(usual.written, ())
    if variants and draws.random() < 0.5:  # noqa: PLR2004 - half keep the register's shape
        return Part(draws.choice(variants), usual.kana)
    return usual


def _born(draws: Random, number: int) -> date:
    kinds = kinds_of(number)
    working = Kind.EMPLOYEE in kinds or Kind.APPLICANT in kinds
    first, last = _BORN.get(slot_of(number), _WORKING if working else _ADULT)
    days = (date(last, 12, 31) - date(first, 1, 1)).days
    # Namesakes are born on days of different remainders, so never on the same one.
    day = draws.randrange(days // BLOCK) * BLOCK + number % BLOCK
    return date(first, 1, 1) + timedelta(days=day)


def _work(draws: Random, who: Canary, number: int) -> Work | None:
    kinds = kinds_of(number)
    if not kinds & {Kind.EMPLOYEE, Kind.CONTACT}:
        return None
    firm = OWN if Kind.EMPLOYEE in kinds else FIRMS[number // BLOCK * 2 % len(FIRMS)]
    email = f"{_latin(who.surname)}.{_latin(who.given)}{number}@{firm.host}"
    if number in CANARIES and Kind.CONTACT in kinds:
        email = who.email
    return Work(firm, draws.choice(DEPARTMENTS), draws.choice(TITLES), email)


def _latin(part: Part) -> str:
    return romaji(part.kana).lower().replace(" ", "")
