"""率 (rates): which share of a column's distinct values could be an entity, and which surely is.

A check digit passes a tenth of random numbers, and a few shop names look like surnames: only
shares say what a column holds. They are counted for every recognizer that saw anything, not only
where a verdict asks today, so that tomorrow's rules find them in what was stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from scanners.believable import SHAPES, believed
from scanners.dummies import is_dummy
from scanners.finding import Entity
from scanners.recognizers.base import Recognizer

#: Distinct values that tell whether a recognizer has anything to count.
FIRST = 50
_FITTING = 0.9


#: Digits that a value needs to be worth a look.
_DIGITS = {
    Entity.JP_MY_NUMBER: 12,
    Entity.JP_DRIVER_LICENSE: 12,
    Entity.CREDIT_CARD: 12,
    Entity.JP_RESIDENT_RECORD_CODE: 11,
    Entity.JP_EMPLOYMENT_INSURANCE: 10,
    Entity.JP_BASIC_PENSION_NUMBER: 10,
    Entity.JP_CARE_INSURANCE: 9,
    Entity.PHONE_NUMBER: 8,
    Entity.JP_ELDERLY_MEDICAL_INSURANCE: 8,
    Entity.JP_RESIDENCE_CARD: 8,
    Entity.JP_SPECIAL_PERMANENT_RESIDENT: 8,
    Entity.JP_PASSPORT: 7,
    Entity.JP_POSTAL_CODE: 7,
    Entity.AGE: 1,
}
#: What a value has at least that has the shape.
_MAY: Mapping[Entity, Callable[[str], bool]] = {
    Entity.PERSON: lambda value: not any(map(str.isdecimal, value)),
    Entity.EMAIL_ADDRESS: lambda value: "@" in value,
    Entity.JP_ADDRESS: lambda value: not value.isascii(),
    Entity.GENDER: lambda value: len(value) <= len("not known"),
    Entity.AGE: lambda value: len(value) <= len("満100.0歳"),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of ``of`` distinct values fit, are known without a header, fail the check digit.

    ``looks`` have at least the shape, which is all that a header asks for.
    """

    fits: int
    knows: int
    fails: int
    looks: int
    of: int

    @property
    def fit(self) -> float:
        """Return the share that fits; 0 where there are no values."""
        return self.fits / self.of if self.of else 0.0

    @property
    def known(self) -> float:
        """Return the share that needs no header."""
        return self.knows / self.of if self.of else 0.0

    @property
    def look(self) -> float:
        """Return the share that has at least the shape."""
        return self.looks / self.of if self.of else 0.0


def rates(values: Sequence[str], recognizers: Sequence[Recognizer]) -> Mapping[Entity, Rate]:
    """Count folded, distinct values for every recognizer that could take any of them.

    Whom ``FIRST`` of them, from all over the column, don't fit gets no rate.
    """
    array = pa.array(values, pa.string())
    tried = [values[at] for at in spread(len(values), FIRST)]
    digits = _most_digits(tried)
    counted = (
        (known.ENTITY, _count(known, values, tried, array))
        for known in recognizers
        if digits >= _DIGITS.get(known.ENTITY, 0)
    )
    return {entity: rate for entity, rate in counted if rate}


def spread(size: int, most: int) -> Sequence[int]:
    """Return up to ``most`` places of ``size``, evenly apart.

    >>> list(spread(10, 4)), list(spread(3, 4))
    ([0, 2, 5, 7], [0, 1, 2])
    """
    return range(size) if size <= most else [at * size // most for at in range(most)]


def _count(
    known: Recognizer, values: Sequence[str], tried: Sequence[str], array: pa.StringArray
) -> Rate | None:
    some = any(map(known.fits, tried))
    fitting = [value for value in values if known.fits(value)] if some else []
    looks = _looks(known.ENTITY, array, tried, len(fitting))
    if not fitting and not looks:
        return None
    proofs = [value for value in fitting if not is_dummy(known.ENTITY, value)]
    knows = sum(map(known.knows, proofs))
    fails = sum(known.checks(value) is False for value in fitting)
    return Rate(len(fitting), knows, fails, looks, len(values))


def _looks(entity: Entity, array: pa.StringArray, tried: Sequence[str], fitting: int) -> int:
    """Count what has the shape; where nearly all fit nobody asks how many more merely look so."""
    if fitting >= _FITTING * len(array) or entity not in SHAPES:
        return fitting
    # A pattern is compiled for each column, which costs more than to look at a few values.
    may = _MAY.get(entity)
    shaped = believed(entity, array) if may is None or any(map(may, tried)) else None
    return fitting if shaped is None else max(fitting, int(shaped.true_count))


def _most_digits(values: Sequence[str]) -> int:
    return max((sum(map(str.isdecimal, value)) for value in values), default=0)


#: Nothing of it was seen.
NO_RATE = Rate(0, 0, 0, 0, 0)
