"""列の姿 (profile): what the head of a column shows, counted over distinct values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from scanners.finding import Entity
from scanners.headers import Heading
from scanners.normalize import fold_values
from scanners.rates import NO_RATES, Rate, Rates
from scanners.recognizers.base import Recognizer
from scanners.values import Kind, as_text, is_code, kind_of, meaningful
from scanners.verdict import Column

#: Distinct values looked at per column; more tell nothing new about a share.
SAMPLE = 1000


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
    rates: Rates = NO_RATES

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
        return self.rates[entity]


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
        rates=Rates(seen, recognizers, heading.entity),
    )
