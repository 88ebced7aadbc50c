"""Trust in headers: which names of columns their own values contradict.

A name is not heard where the values plainly say otherwise: e-mail addresses under 氏名, names under
電話番号. Where that is so in several columns of a table the header row belongs to something else
(a file whose columns were moved), and the table is read as one without headers.
"""

from __future__ import annotations

from collections.abc import Sequence

from scanners.finding import Entity
from scanners.headers import Heading
from scanners.holds import plain
from scanners.profile import Profile
from scanners.rules import Rules
from scanners.sense import Sense
from scanners.values import Kind

#: Values that are too few to contradict anybody.
_FEW = 5
_NAMES = {Sense.NAME, Sense.UNIT}


def trusted(columns: Sequence[Profile], rules: Rules) -> list[Profile]:
    """Return the profiles without the headings that aren't to be heard."""
    wrong = [contradicted(column, rules) for column in columns]
    said = sum(bool(column.heading.words) for column in columns)
    if sum(wrong) >= rules.wrong and sum(wrong) >= rules.many * said:
        return [column.headed(Heading()) for column in columns]
    return [
        column.headed(Heading()) if untrue else column
        for column, untrue in zip(columns, wrong, strict=True)
    ]


def contradicted(column: Profile, rules: Rules) -> bool:
    """Tell whether what a column's name announces is plainly not what its values are."""
    heading = column.heading
    if column.kind is Kind.NONE:
        return heading.entity is not None and heading.sure
    if column.seen < _FEW or not heading.words:
        return False
    if heading.entity:
        return _other_entity(column, heading.entity, rules)
    return _other_form(column, rules) or (heading.denies and plain(column, rules) is not None)


def _other_entity(column: Profile, announced: Entity, rules: Rules) -> bool:
    rate = column.rate(announced)
    if rate.known < rules.some and plain(column, rules) not in {None, announced}:
        return True
    if rate.fit >= rules.some:
        return False
    if not column.heading.sure:
        return column.codes >= rules.nearly_all and column.heading.what is Sense.READING
    return max(rate.fit, rate.look) < rules.some


def _other_form(column: Profile, rules: Rules) -> bool:
    """Tell whether values have not the form of what the name says: words for a day or a key."""
    what = column.heading.what
    if what is Sense.AMOUNT:
        return column.numeric < rules.some and column.codes < rules.some
    if what is Sense.DATE:
        return max(column.numeric, column.years.dated) < rules.some
    if what is Sense.KEY:
        return column.wordy >= rules.nearly_all
    return what in _NAMES and max(column.numeric, column.years.dated) >= rules.nearly_all
