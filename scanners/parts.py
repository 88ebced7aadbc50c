"""部分 (parts): which columns of a table are the parts of one code.

保険者番号, 記号 and 番号 of a row are an insured person's code, and each alone is none. What a
column is follows from its name, whose words may name the scheme (介護, 後期高齢); columns of one
scheme go together, the nearest first. Whether a row's parts are a code, its check digit decides
(``compound``). And under 旅券番号 stand passports of Japan and of other countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scanners.cutting import squeezed
from scanners.finding import Entity
from scanners.holds import Held
from scanners.part import CARD, ENDING, INSURER, NUMBERING, OTHERS, PAIR, SYMBOL, Part
from scanners.profile import Profile
from scanners.table import Table
from scanners.values import Kind
from scanners.verdict import Evidence

_PASSPORT = re.compile(
    r"(?:旅券|パスポート|passport|ryoken)(?:の)?(?:番号|no|number|num|id|bangou?)?$"
)
_MOST = 0.6
#: Names that say the least.
_BARE = {"番号", "no", "number", "bango", "bangou", "num", "ナンバー", "バンゴウ"}
#: Mean lengths that tell numbers without a symbol apart: ten digits of care, eight of an insurer.
_TEN, _EIGHT = 9.5, 7.0


def joined(table: Table) -> tuple[Table, Mapping[str, tuple[str, ...]]]:
    """Return the table with what columns hold together, and for each number's field its parts."""
    parts = [_part(at, column) for at, (column, _) in enumerate(table.columns)]
    codes = {number.at: (entity, fields) for number, entity, fields in _codes(parts)}
    columns = [
        _coded(column, has, *codes[at]) if at in codes else (column, _passports(parts[at], has))
        for at, (column, has) in enumerate(table.columns)
    ]
    names = {
        parts[at].column.column.name: tuple(field.column.column.name for field in fields)
        for at, (_, fields) in codes.items()
    }
    return replace(table, columns=columns), names


def _part(at: int, column: Profile) -> Part:
    return Part(at, column, squeezed(column.column.name))


def _coded(
    column: Profile, has: Sequence[Held], entity: Entity, fields: Sequence[Part]
) -> tuple[Profile, tuple[Held, ...]]:
    """Give a number's column its code, and a heading that is no longer a mere key's."""
    heading = replace(column.heading, entity=entity, sure=True, what=None, bare=False)
    said = [reason for one, _, reasons in has if one is entity for reason in reasons]
    beside = Evidence("neighbours", " ".join(field.name for field in fields[:-1]))
    return column.headed(heading), ((entity, 0.95, (*said, beside)),)


def _passports(part: Part, has: tuple[Held, ...]) -> tuple[Held, ...]:
    """Let a column of passports hold other countries' too: those that are not of Japan's form."""
    held = {entity for entity, *_ in has}
    foreign = part.column.rate(Entity.FOREIGN_PASSPORT)
    if Entity.FOREIGN_PASSPORT in held or not _PASSPORT.search(part.name):
        return has
    if held - {Entity.JP_PASSPORT} or foreign.fit < _MOST:
        return has
    if part.column.rate(Entity.JP_PASSPORT).fit >= foreign.fit:
        return has
    counted = Evidence("pattern", Entity.FOREIGN_PASSPORT.value, foreign.fits, foreign.of)
    return (*has, (Entity.FOREIGN_PASSPORT, 0.8, (Evidence("header", part.name), counted)))


def _codes(parts: Sequence[Part]) -> Iterator[tuple[Part, Entity, tuple[Part, ...]]]:
    """Yield the number of each code, what code it is, and the parts in the order of its form."""
    open_ = [part for part in parts if not OTHERS.search(part.name)]
    open_ = [part for part in open_ if part.column.kind in {Kind.TEXT, Kind.NUMBER}]
    insurers = [part for part in open_ if INSURER.search(part.name)]
    symbols = [part for part in open_ if SYMBOL.search(part.name)]
    best: dict[int, Part] = {}
    for number in open_:
        if number in insurers or number in symbols or not _is_number(number, symbols, insurers):
            continue
        who = _nearest(number, insurers)
        if who and _code(number, who, symbols):
            best[who.at] = min(number, best.get(who.at, number), key=lambda one: _rank(one, who))
    for at, number in best.items():
        code = _code(number, parts[at], symbols)
        if code:
            yield number, *code


def _rank(number: Part, who: Part) -> tuple[bool, bool, int]:
    """Rank the numbers beside an insurer: those whose name says more, then the nearest."""
    named = number.scheme is not None or bool(PAIR.search(number.name))
    return not named, number.name in _BARE, abs(number.at - who.at)


def _is_number(part: Part, symbols: Sequence[Part], insurers: Sequence[Part]) -> bool:
    """Tell whether a name says the number, by itself or as the symbol's beside it does."""
    if part.name in _BARE:
        return any(_beside(part, other) for other in symbols or insurers)
    named = any(name.search(part.name) for name in (PAIR, NUMBERING, CARD))
    return named or any(_goes_with(part, symbol) for symbol in symbols)


def _beside(part: Part, other: Part) -> bool:
    return part.sheet == other.sheet and abs(part.at - other.at) == 1


def _goes_with(part: Part, symbol: Part) -> bool:
    """Tell whether a name is the symbol's but for its last word, or stands behind and is nobody's.

    社員_記号 and 社員_番号; 記号 and 番号(右詰め).
    """
    stem, heading = ENDING.sub("", part.name), part.column.heading
    if stem == part.name or part.sheet != symbol.sheet:
        return False
    unsaid = heading.entity is None and heading.whose is None
    return stem == SYMBOL.sub("", symbol.name) or (unsaid and part.at == symbol.at + 1)


def _code(
    number: Part, who: Part, symbols: Sequence[Part]
) -> tuple[Entity, tuple[Part, ...]] | None:
    scheme = number.scheme or who.scheme
    symbol = _nearest(number, symbols)
    health = scheme in {None, Entity.JP_HEALTH_INSURANCE}
    if health and PAIR.search(number.name):
        return Entity.JP_HEALTH_INSURANCE, (who, number)
    if health and symbol:
        return Entity.JP_HEALTH_INSURANCE, (who, symbol, number)
    entity = _symbolless(scheme, who, number)
    if entity:
        return entity, (who, number)
    return (Entity.JP_HEALTH_INSURANCE, (who, number)) if CARD.search(number.name) else None


def _symbolless(scheme: Entity | None, who: Part, number: Part) -> Entity | None:
    """Tell which scheme without symbols it is: as named, or as the numbers' lengths show."""
    if scheme:
        return None if scheme is Entity.JP_HEALTH_INSURANCE else scheme
    if number.column.length >= _TEN and who.column.length < _EIGHT:
        return Entity.JP_CARE_INSURANCE
    if _EIGHT <= number.column.length < _TEN and who.column.length >= _EIGHT:
        return Entity.JP_ELDERLY_MEDICAL_INSURANCE
    return None


def _nearest(number: Part, parts: Sequence[Part]) -> Part | None:
    """Return the nearest part of the same sheet and scheme, or of none."""
    same = [part for part in parts if part.sheet == number.sheet and part.at != number.at]
    named = [part for part in same if number.scheme and part.scheme is number.scheme]
    unnamed = [part for part in same if not number.scheme or part.scheme is None]
    return min(named or unnamed, key=lambda part: abs(part.at - number.at), default=None)
