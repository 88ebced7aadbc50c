"""判定基準 (rules): the numbers that verdicts on columns rest on, in one frozen place.

Every threshold is a share of distinct values or a count of them, so a verdict can be reached again
from stored profiles under other numbers (``scanners.replay``) without reading the source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from scanners.finding import Entity


@dataclass(frozen=True, slots=True)
class Least:
    """What convinces without a header: this share of known values, and so many of them.

    ``written``: only where most values are more than digits, which tell nothing: separated, or with
    a character behind (35歳).
    """

    share: float
    values: int
    written: bool = False


def _alone() -> Mapping[Entity, Least]:
    """By values alone; left out are entities that look like any other number or date."""
    return MappingProxyType(
        {
            Entity.PERSON: Least(0.7, 20),
            Entity.EMAIL_ADDRESS: Least(0.8, 3),
            Entity.PHONE_NUMBER: Least(0.8, 10, written=True),
            Entity.JP_ADDRESS: Least(0.6, 10),
            Entity.JP_POSTAL_CODE: Least(0.9, 30, written=True),
            Entity.IP_ADDRESS: Least(0.9, 3),
            Entity.CREDENTIAL: Least(0.6, 1),  # tokens that only their issuer shapes so
            Entity.JP_MY_NUMBER: Least(0.9, 30),
            Entity.CREDIT_CARD: Least(0.9, 30),
            Entity.JP_RESIDENCE_CARD: Least(0.9, 30),
            Entity.JP_DRIVER_LICENSE: Least(0.9, 30),
            Entity.JP_RESIDENT_RECORD_CODE: Least(0.9, 30),
            Entity.GENDER: Least(1.0, 2),
            Entity.AGE: Least(0.9, 10, written=True),
        }
    )


def _beside() -> Mapping[Entity, Least]:
    """Beside the names or contact data of persons, which make it likelier."""
    return MappingProxyType(
        {
            Entity.PERSON: Least(0.5, 5),
            Entity.PHONE_NUMBER: Least(0.9, 10),
            Entity.JP_POSTAL_CODE: Least(0.95, 10),
            Entity.JP_PASSPORT: Least(0.9, 10),
            Entity.JP_BASIC_PENSION_NUMBER: Least(0.9, 10, written=True),
            Entity.JP_EMPLOYMENT_INSURANCE: Least(0.9, 10, written=True),
        }
    )


def _proofs() -> Mapping[Entity, Least]:
    """So plain that no header speaks against it; a number may be anything's, so none is here."""
    return MappingProxyType(
        {
            Entity.EMAIL_ADDRESS: Least(0.8, 3),
            Entity.PERSON: Least(0.9, 20),  # full names
            Entity.JP_ADDRESS: Least(0.9, 10),
            Entity.PHONE_NUMBER: Least(0.9, 10, written=True),
            Entity.JP_POSTAL_CODE: Least(0.95, 30, written=True),
            Entity.GENDER: Least(1.0, 2),
            Entity.IP_ADDRESS: Least(0.9, 3),
            Entity.CREDENTIAL: Least(0.6, 1),
        }
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of verdicts; shares are of distinct values."""

    #: How many values a header asks for, by how plain they and the header are.
    some: float = 0.3
    most: float = 0.6
    nearly_all: float = 0.9
    #: The least part of each entity in a field of mixed contact data.
    mixed: float = 0.1
    #: Distinct values for each filled cell under which a column of short words is a list of labels,
    #: unless ``some`` are full names or ``nearly_all`` known ones.
    few: float = 0.05
    #: The mean length under which words are short: anything's, and of things that have titles.
    short: float = 8.0
    title: float = 20.0
    #: Distinct values for each filled cell under which words that no list knows are no names.
    varied: float = 0.2
    #: Years of birth are so many different ones, …
    generations: int = 25
    #: … and of them this share is before this year, as few records of anything else are.
    before: int = 1975
    early: float = 0.12
    #: In this share of rows a birth is before all other dates.
    earlier: float = 0.9
    #: In this share of rows an age goes with a birth.
    aged: float = 0.95
    #: A table's headers are not read at all where so many, and this share of those understood, are
    #: contradicted by their values.
    wrong: int = 2
    many: float = 0.25
    #: What convinces by values alone.
    alone: Mapping[Entity, Least] = field(default_factory=_alone)
    #: What convinces beside the names or contact data of persons.
    beside: Mapping[Entity, Least] = field(default_factory=_beside)
    #: What convinces against a header that says something else.
    proofs: Mapping[Entity, Least] = field(default_factory=_proofs)
    #: Entities in the order in which values alone are asked for them.
    order: Sequence[Entity] = tuple(_alone())


RULES = Rules()
