"""Labelled values: columns whose values mean what another field of the same row says.

Lists of papers shown (書類 運転免許証, 番号 621601832391) and tables of attributes (項目 電話番号,
値 03-1234-5678) hold many entities in one column, and only the row tells which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from scanners.context import Words
from scanners.profile import Profile
from scanners.recognizers.registry import recognizers
from scanners.values import Kind
from scanners.words import Sense

#: A column of labels has few distinct values, and half of them name an entity.
_FEW, _HALF = 100, 0.5
_SHORT = 12
_VALUES = {None, Sense.KEY, Sense.OTHER}


def labelled(columns: Sequence[Profile]) -> Mapping[str, str]:
    """Return, for columns without a verdict, the column that says what their values are."""
    labels = [column for column in columns if _is_label(column)]
    if len(labels) != 1:
        return {}
    valued = [one for one in columns if one is not labels[0] and _is_valued(one)]
    return {one.column.name: labels[0].column.name for one in valued}


def _is_label(column: Profile) -> bool:
    few = 0 < column.distinct <= _FEW and column.length <= _SHORT
    if column.kind is not Kind.TEXT or not few:
        return False
    naming = sum(_words().within(value) for value in column.values)
    return naming >= _HALF * len(column.values)


def _is_valued(column: Profile) -> bool:
    said = column.heading
    unsaid = said.entity is None and said.whose is None and said.what in _VALUES
    return column.kind is Kind.TEXT and unsaid


@cache
def _words() -> Words:
    return Words(word for one in recognizers() for word in one.CONTEXT if len(word) > 1)
