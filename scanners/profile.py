"""列の姿 (profile): what the head of a column shows, counted over distinct values.

A profile holds no value, only counts and shares, so it can be kept: whatever the rules ask of a
column is in it. The column's own name may hold a value; whoever stores it seals it as any name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from scanners.context import Words
from scanners.finding import Entity
from scanners.headers import Heading
from scanners.japanese.dates import parse_date
from scanners.japanese.name_form import NameForm, name_form
from scanners.normalize import fold_values
from scanners.rates import FIRST, NO_RATE, Rate, rates, spread
from scanners.recognizers.registry import recognizers
from scanners.things.columns import family
from scanners.values import Kind, as_text, is_code, kind_of, meaningful
from scanners.verdict import Column

#: Distinct values looked at per column; more tell nothing new about a share.
SAMPLE = 400
#: RE2: how telephone numbers and postal codes are written, and words rather than codes.
_SEPARATED, _WORDY = r"[\-‐‑–ー−( +]", r"[\p{Han}\p{Hiragana}\p{Katakana}]"
#: RE2: numbers, days and times.
_NUMERIC = r"^[\s0-9年月日時分秒:/.,+\-TZ]+$"
#: Values among which there is a date if the column has any.
_TRIED = 10
_DIGIT = re.compile(r"[0-9〇一二三四五六七八九元]")
#: Nobody living was born before.
_ANCIENT = 1900
#: More distinct values than this are no labels of other values.
_LABELS = 100
#: Characters of a value in which labels are looked for.
_FORM = 10_000


@dataclass(frozen=True, slots=True)
class Years:
    """The dates of a column: which share of its values they are, how many years they fall in.

    ``early`` are the shares of the dates that lie before 1950, 1955 … 2000, by that year.
    """

    dated: float = 0.0
    different: int = 0
    ancient: float = 0.0
    early: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """One column's name and head.

    ``seen`` are the distinct values that were looked at, folded, without placeholders, and all
    shares are of them: bare ``codes``, ``separated`` (written with a hyphen or space), ``wordy``
    (with a Japanese character), ``numeric`` (digits, days and times), ``full`` (a person's full
    name), ``naming`` (a word that names an entity). ``length`` is their mean. ``later`` are the
    columns, by their place in the table, whose dates lie behind this one's, each with its share of
    the rows; ``born`` those whose years go with these ages. ``thing`` is the family of numbers that
    its values are where those are nobody's (``scanners.things``).
    """

    column: Column
    heading: Heading
    kind: Kind
    filled: int = 0
    distinct: int = 0
    seen: int = 0
    codes: float = 0.0
    length: float = 0.0
    separated: float = 0.0
    wordy: float = 0.0
    numeric: float = 0.0
    full: float = 0.0
    naming: float = 0.0
    counts_rows: bool = False
    thing: str = ""
    years: Years = Years()
    rates: Mapping[Entity, Rate] = field(default_factory=dict)
    later: Mapping[int, float] = field(default_factory=dict)
    born: Mapping[int, float] = field(default_factory=dict)

    @property
    def unique(self) -> bool:
        """Tell whether no value stands twice, nulls left out."""
        return 0 < self.filled == self.distinct

    def rate(self, entity: Entity) -> Rate:
        """Return the rate of an entity."""
        return self.rates.get(entity, NO_RATE)

    def headed(self, heading: Heading) -> Profile:
        """Return the same column under another heading."""
        return replace(self, heading=heading)


def profile(values: pa.Array, column: Column, heading: Heading) -> Profile:
    """Profile the head of one column."""
    kind = kind_of(values.type)
    texts = as_text(values) if kind is not Kind.BLOB else None
    if texts is None:
        return Profile(column, heading, kind)
    present = meaningful(fold_values(texts))
    distinct = pc.unique(present)
    # Spread over the head: files are sorted, and their first values are alike.
    sample = distinct.take(pa.array(spread(len(distinct), SAMPLE), pa.int64()))
    seen = tuple(sample.to_pylist())
    counted = rates(seen, recognizers())
    return Profile(
        column=column,
        heading=heading,
        kind=kind,
        filled=len(present),
        distinct=len(distinct),
        seen=len(seen),
        codes=_share(is_code(sample)),
        length=pc.mean(pc.utf8_length(sample)).as_py() or 0.0,
        separated=_share(pc.match_substring_regex(sample, _SEPARATED)),
        wordy=_share(pc.match_substring_regex(sample, _WORDY)),
        numeric=_share(pc.match_substring_regex(sample, _NUMERIC)),
        full=_full(seen) if Entity.PERSON in counted else 0.0,
        naming=_naming(seen),
        counts_rows=_counts_rows(distinct.slice(0, SAMPLE).to_pylist()),
        thing=family(column.name, seen) or "",
        years=_years(seen),
        rates=counted,
    )


def _share(mask: pa.BooleanArray) -> float:
    return pc.mean(mask).as_py() or 0.0


def _full(values: Sequence[str]) -> float:
    first = [values[at] for at in spread(len(values), FIRST)]
    return sum(name_form(value) is NameForm.FULL for value in first) / len(first)


def _naming(values: Sequence[str]) -> float:
    if not 0 < len(values) <= _LABELS:
        return 0.0
    # A form stands at its beginning; a text of megabytes would be searched for half a minute.
    return sum(_words().within(value[:_FORM]) for value in values) / len(values)


@cache
def _words() -> Words:
    return Words(word for one in recognizers() for word in one.CONTEXT if len(word) > 1)


def _counts_rows(values: Sequence[str]) -> bool:
    """Tell whether the values are 1, 2, 3… in order: the numbers of rows, not of anybody."""
    if not values or not all(map(str.isdecimal, values)):
        return False
    return {int(value) - at for at, value in enumerate(values)} in ({0}, {1})


def _years(values: Sequence[str]) -> Years:
    if not any(_DIGIT.search(value) and parse_date(value) for value in values[:_TRIED]):
        return Years()
    years = [day.year for day in map(parse_date, values) if day]
    early = {year: sum(one < year for one in years) / len(years) for year in range(1950, 2001, 5)}
    ancient = sum(one < _ANCIENT for one in years) / len(years)
    return Years(len(years) / len(values), len(set(years)), ancient, early)
