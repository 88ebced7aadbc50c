"""役割 (roles): who is what to the company, and under which number.

People come in blocks of twenty with the same parts: a family of three generations, customers,
members of the shop, some both, namesakes, contacts, employees, applicants. So anyone's roles and
keys follow from their number alone. Every role counts its people from 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.demo.person import Kind

_C, _M, _S = Kind.CUSTOMER, Kind.MEMBER, Kind.SUBSCRIBER
SLOTS: tuple[frozenset[Kind], ...] = tuple(
    map(
        frozenset,
        (
            {_C},  # 0: a parent
            {_C},  # 1: the other parent
            {_C, Kind.MINOR},  # 2: their child
            {_C, _M, _S},  # 3
            {_C, _M, _S},  # 4
            {_C},  # 5
            {_M},  # 6
            {_M, _S},  # 7
            {_M},  # 8
            {_M},  # 9: a namesake of 5
            {Kind.CONTACT},  # 10
            {Kind.CONTACT, _S},  # 11
            {Kind.EMPLOYEE},  # 12
            {Kind.APPLICANT},  # 13
            {_C, Kind.DECEASED},  # 14: the family's grandparent
            {_C},  # 15: another namesake of 5
            {_C, Kind.FOREIGN},  # 16
            {Kind.EMPLOYEE, _C},  # 17
            {Kind.APPLICANT},  # 18
            {_M},  # 19
        ),
    )
)
BLOCK = len(SLOTS)
_PER_BLOCK = {kind: sum(kind in kinds for kinds in SLOTS) for kind in Kind}
#: For each place in a block: the how manieth of its kinds it is.
_RANKS = tuple(
    {kind: sum(kind in kinds for kinds in SLOTS[: slot + 1]) for kind in sorted(SLOTS[slot])}
    for slot in range(BLOCK)
)
_FAMILY = {0, 1, 2, 14}
_NAMESAKES = {9: 5, 15: 5}


def kinds_of(number: int) -> frozenset[Kind]:
    """Return what a person is to the company."""
    return SLOTS[slot_of(number)]


def slot_of(number: int) -> int:
    """Return a person's place in their block, from 0."""
    return (number - 1) % BLOCK


def keys_of(number: int) -> Mapping[Kind, int]:
    """Return the numbers by which the company knows a person."""
    block, slot = divmod(number - 1, BLOCK)
    return {kind: block * _PER_BLOCK[kind] + rank for kind, rank in _RANKS[slot].items()}


def household_of(number: int) -> int:
    """Return the number of a person's household; a family has one."""
    block, slot = divmod(number - 1, BLOCK)
    return block * BLOCK + (0 if slot in _FAMILY else slot)


def bearer_of(number: int) -> int:
    """Return the person whose name a person bears: their own, or a namesake's."""
    block, slot = divmod(number - 1, BLOCK)
    return block * BLOCK + _NAMESAKES.get(slot, slot) + 1


def count(kind: Kind, people: int) -> int:
    """Return how many of the first ``people`` are of a kind."""
    blocks, rest = divmod(people, BLOCK)
    return blocks * _PER_BLOCK[kind] + sum(kind in kinds for kinds in SLOTS[:rest])


def slots(kind: Kind) -> list[int]:
    """Return the places in a block that are of a kind."""
    return [slot for slot in range(BLOCK) if kind in SLOTS[slot]]
