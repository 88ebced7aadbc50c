"""被保険者番号 (an insured person's number): of which insurance a column of them is.

Care (介護保険法 12条3項), medical care of the elderly, employment and health insurance all number
their insured, and systems call each 被保険者番号, ``insured_no``. Where a name doesn't say the
insurance (the recognizers' ``SAID``: 後期番号), the rest of the table says it: other columns
(要介護度, 離職票, 広域連合), the table's name, and the numbers' length. Where nothing does, such a
number is merely the key of somebody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scanners.cutting import squeezed
from scanners.finding import Entity
from scanners.holds import Held, counted
from scanners.profile import Profile
from scanners.recognizers.called import NUMBER
from scanners.rules import Rules
from scanners.sense import Sense
from scanners.table import Table
from scanners.values import Kind
from scanners.verdict import Evidence

#: The insured, as Japanese law, English and romaji call them.
_INSURED = r"(?:被保険者|被保)(?:証)?(?:等)?|hihokensha(?:sho)?|insured(?:person)?|insuree"
_ANY = re.compile(rf"(?:{_INSURED}){NUMBER}$")


@dataclass(frozen=True, slots=True)
class _Scheme:
    """An insurance: what else in a table speaks of it, and how long its numbers are."""

    entity: Entity
    spoken: re.Pattern[str]
    least: float
    most: float


_SCHEMES = (
    _Scheme(
        Entity.JP_CARE_INSURANCE,
        # Beside patients, residents and users of facilities an insurance is a public one.
        re.compile(
            r"介護|介保|要支援|ケアプラン|ケアマネ|デイサービス|通所|kaigo|(?:nursing|longterm)care|ltci"
            r"|care(?:level|plan|manager|grade|need|cert)|患者|受診|診療|住民|世帯|利用者|入所者"
            r"|patient|kanja|resident|jumin|riyou?sha"
        ),
        9.5,
        10.5,
    ),
    _Scheme(
        Entity.JP_ELDERLY_MEDICAL_INSURANCE,
        re.compile(r"後期|高齢者医療|後高|長寿医療|広域連合|kou?kikou?rei|kou?ikirengou?|elderly"),
        7.0,
        8.5,
    ),
    _Scheme(
        Entity.JP_EMPLOYMENT_INSURANCE,
        re.compile(
            r"雇用保険|雇保|離職|失業|ハローワーク|職安|入社|退社|雇入|社員|従業員|koyou?ho|rishoku|nyusha"
            r"|unemploy|employ|hired?(?:date|on|at)|shain|jugyou?in"
        ),
        10.5,
        13.5,
    ),
)
_HAS = {Kind.TEXT, Kind.NUMBER}


def insured(table: Table, title: str, rules: Rules) -> Table:
    """Return the table with insured persons' numbers told by what else it, or its title, says."""
    names = [squeezed(column.column.name) for column, _ in table.columns]
    columns = [
        _told(column, has, [title, *names[:at], *names[at + 1 :]], rules)
        if _ANY.search(names[at]) and _open(column)
        else (column, has)
        for at, (column, has) in enumerate(table.columns)
    ]
    return replace(table, columns=columns)


def _open(column: Profile) -> bool:
    """Tell whether the name says a number of whom it doesn't say."""
    return column.kind in _HAS and column.heading.what is Sense.KEY


def _told(
    column: Profile, has: tuple[Held, ...], others: Sequence[str], rules: Rules
) -> tuple[Profile, tuple[Held, ...]]:
    for scheme in _SCHEMES:
        words = " ".join(filter(None, (_word(scheme, name) for name in others)))
        if _fit(column, scheme, rules) and (words or _written(column, scheme, rules)):
            heading = replace(column.heading, entity=scheme.entity, sure=True, what=None)
            beside = (Evidence("neighbours", words),) if words else ()
            why = (Evidence("header", " ".join(heading.words)), *beside)
            numbers = counted(scheme.entity, column.rate(scheme.entity))
            return column.headed(heading), ((scheme.entity, 0.8, (*why, *numbers)),)
    return column, has


def _fit(column: Profile, scheme: _Scheme, rules: Rules) -> bool:
    long = scheme.least <= column.length <= scheme.most
    return long and column.rate(scheme.entity).fit >= rules.most


def _written(column: Profile, scheme: _Scheme, rules: Rules) -> bool:
    """Tell whether the numbers are written in parts as those of this insurance alone are."""
    apart = column.separated >= rules.nearly_all
    return apart and scheme.entity is Entity.JP_EMPLOYMENT_INSURANCE


def _word(scheme: _Scheme, name: str) -> str:
    """Return the word of a name that speaks of the insurance; names may hold somebody's."""
    found = scheme.spoken.search(name)
    return found[0] if found else ""
