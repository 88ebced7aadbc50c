"""Labelled values: columns whose values mean what another field of the same row says.

Lists of papers shown (書類 運転免許証, 番号 621601832391), tables of attributes (項目 電話番号,
値 03-1234-5678) and forms filled in on a sheet (氏名 | 山田 太郎 | 生年月日 | 昭和60年4月1日) hold
many entities in one column, and only the row tells which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scanners.profile import Profile
from scanners.sense import Sense
from scanners.values import Kind

#: A column of labels has few distinct values, and half of them name an entity.
_FEW, _HALF = 100, 0.5
_SHORT = 12
_VALUES = {None, Sense.KEY, Sense.AMOUNT, Sense.OTHER}


def labelled(columns: Sequence[Profile]) -> Mapping[str, str]:
    """Return, for columns without a verdict, the column that says what their values are."""
    labels = [at for at, column in enumerate(columns) if _is_label(column)]
    if not labels:
        return {}
    return {
        column.column.name: columns[_nearest(at, labels)].column.name
        for at, column in enumerate(columns)
        if at not in labels and _is_valued(column)
    }


def _nearest(at: int, labels: Sequence[int]) -> int:
    """Return the next label to the left, or the first where there is none."""
    return max((label for label in labels if label < at), default=labels[0])


def _is_label(column: Profile) -> bool:
    few = 0 < column.distinct <= _FEW and column.length <= _SHORT
    if column.kind is not Kind.TEXT or not few:
        return False
    return column.naming >= _HALF


def _is_valued(column: Profile) -> bool:
    said = column.heading
    unsaid = said.entity is None and said.whose is None and said.what in _VALUES
    return column.kind is Kind.TEXT and unsaid
