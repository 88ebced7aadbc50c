"""The people: who they are to the company, and what is theirs alone."""

from __future__ import annotations

from collections import Counter

import phonenumbers
import pytest
from stdnum import luhn
from stdnum.jp import in_

from flows.demo.dates import TODAY, age
from flows.demo.person import Kind, Person
from flows.demo.population import Population
from scanners.finding import Entity

PEOPLE = list(Population(2_000, 7))


def test_people_are_the_same_however_they_are_asked_for() -> None:
    """A person is made from the seed and their number, not from who was made before."""
    people = Population(2_000, 7)
    assert people.person(1_234) == PEOPLE[1_233]
    assert list(people.of(Kind.EMPLOYEE)) == [p for p in PEOPLE if Kind.EMPLOYEE in p.kinds]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("size", [20, 27, 300])
def test_every_kind_is_numbered_from_one(kind: Kind, size: int) -> None:
    """Keys of a kind are 1, 2, 3… without a gap, and lead back to their person."""
    people = Population(size, 3)
    held = list(people.of(kind))
    assert [person.keys[kind] for person in held] == list(range(1, people.count(kind) + 1))
    assert [people.nth(kind, key) for key in range(1, len(held) + 1)] == held


@pytest.mark.parametrize(
    "value", [lambda p: p.email, lambda p: p.mobile, lambda p: p.work and p.work.email]
)
def test_addresses_and_mobiles_are_one_persons(value: object) -> None:
    """No two people share an e-mail address or a mobile."""
    held = Counter(found for found in map(value, PEOPLE) if found)  # type: ignore[call-overload]
    assert set(held.values()) == {1}


def test_codes_are_one_persons_and_valid() -> None:
    """No two people share a code, and check digits fit."""
    held = [(entity, value) for person in PEOPLE for entity, value in person.codes.items()]
    assert len(set(held)) == len(held)
    assert all(in_.is_valid(value) for entity, value in held if entity is Entity.JP_MY_NUMBER)
    assert all(luhn.is_valid(value) for entity, value in held if entity is Entity.CREDIT_CARD)


def test_telephones_are_valid() -> None:
    """Mobiles and fixed lines fit Japan's numbering plan."""
    numbers = {phone for p in PEOPLE for phone in (p.mobile, p.home.phone) if phone}
    parsed = [phonenumbers.parse(number, "JP") for number in numbers]
    assert all(map(phonenumbers.is_valid_number, parsed))


def test_families_share_a_telephone_and_an_address() -> None:
    """A household is a family of one surname; no two households share a telephone."""
    homes: dict[str, list[Person]] = {}
    for person in PEOPLE:
        homes.setdefault(person.home.phone, []).append(person)
    families = [family for family in homes.values() if len(family) > 1]
    assert len(families) == 100
    for family in families:
        assert len({person.surname for person in family}) == 1
        assert len({person.home for person in family}) == 1
        assert len({person.born for person in family}) == len(family)


def test_namesakes_differ_in_their_birth_date() -> None:
    """In every block three people have one name and three birth dates, phones and addresses."""
    for start in range(0, len(PEOPLE), 20):
        same = [PEOPLE[start + slot] for slot in (5, 9, 15)]
        assert len({person.name() for person in same}) == 1
        assert len({person.born for person in same}) == 3
        assert len({person.home.phone for person in same}) == 3


def test_minors_have_a_guardian_and_the_dead_were_old() -> None:
    """A minor is under 18 and has an adult of their family as guardian."""
    for person in PEOPLE:
        if Kind.MINOR in person.kinds:
            assert person.guardian is not None
            guardian = PEOPLE[person.guardian - 1]
            assert age(person.born) < 18 <= age(guardian.born)
            assert guardian.home == person.home
        assert person.born < TODAY


def test_names_are_many() -> None:
    """Surnames in unusual shapes are among them, and no canary's surname is anyone else's."""
    written = "".join(person.surname.written for person in PEOPLE)
    assert all(shape in written for shape in "髙﨑邉𠮷")
    canaries = {person.surname for person in PEOPLE if person.canary}
    assert len(canaries) == 4
    assert sum(person.surname in canaries for person in PEOPLE) == 4
