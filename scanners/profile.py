"""列の姿 (profile): what the head of a column shows, counted over distinct values.

A check digit passes a tenth of random numbers, and a few shop names look like surnames: only the
share of distinct values that pass says what a column holds, and it is counted once, here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from scanners.believable import believed
from scanners.finding import Entity
from scanners.headers import Heading
from scanners.normalize import fold_values
from scanners.recognizers.base import Recognizer
from scanners.values import Kind, as_text, is_code, kind_of, meaningful
from scanners.verdict import Column

#: Distinct values looked at per column; more tell nothing new about a share.
SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of ``of`` distinct values fit, are known without a header, fail the check digit.

    ``looks`` have at least the shape, which is all that a header asks for; where the header names
    something else nobody asks, and those that fit are counted.
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


NO_RATE = Rate(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """One column's name and head. ``values`` are folded, distinct, without placeholders."""

    column: Column
    heading: Heading
    kind: Kind
    filled: int
    distinct: int
    values: tuple[str, ...]
    codes: float
    length: float
    rates: Mapping[Entity, Rate] = field(default_factory=dict)

    @property
    def unique(self) -> bool:
        """Tell whether no value stands twice, nulls left out."""
        return 0 < self.filled == self.distinct

    @property
    def counts_rows(self) -> bool:
        """Tell whether the values are 1, 2, 3… in order: the numbers of rows, not of anybody."""
        firsts = {int(value) - at for at, value in enumerate(self.values) if value.isdecimal()}
        return len(firsts) == 1 and self.codes == 1.0 and firsts <= {0, 1}

    def rate(self, entity: Entity) -> Rate:
        """Return the rate of an entity."""
        return self.rates.get(entity, NO_RATE)


def profile(
    values: pa.Array, column: Column, heading: Heading, recognizers: Sequence[Recognizer]
) -> Profile:
    """Profile the head of one column."""
    texts = as_text(values)
    if texts is None:
        return Profile(column, heading, Kind.NONE, 0, 0, (), 0.0, 0.0)
    present = meaningful(fold_values(texts))
    distinct = pc.unique(present)
    sample = distinct.slice(0, SAMPLE)
    seen = tuple(sample.to_pylist())
    return Profile(
        column=column,
        heading=heading,
        kind=kind_of(values.type),
        filled=len(present),
        distinct=len(distinct),
        values=seen,
        codes=pc.mean(is_code(sample)).as_py() or 0.0,
        length=pc.mean(pc.utf8_length(sample)).as_py() or 0.0,
        rates={
            known.ENTITY: _rate(seen, sample, known, announced=known.ENTITY is heading.entity)
            for known in recognizers
        },
    )


def _rate(
    values: Sequence[str], sample: pa.StringArray, recognizer: Recognizer, *, announced: bool
) -> Rate:
    fitting = [value for value in values if recognizer.fits(value)]
    knows = sum(map(recognizer.knows, fitting))
    fails = sum(recognizer.checks(value) is False for value in fitting)
    shaped = believed(recognizer.ENTITY, sample) if announced else None
    looks = len(fitting) if shaped is None else shaped.true_count
    return Rate(len(fitting), knows, fails, looks, len(values))
