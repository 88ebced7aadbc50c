"""部分 (parts): which columns of a table are the parts of one code.

保険者番号, 記号 and 番号 of a row are an insured person's code, and each alone is none. What a
column is follows from its name, whose words may name the scheme (介護, 後期高齢); columns of one
scheme go together, the nearest first. Whether a row's parts are a code, its check digit decides
(``compound``). And under 旅券番号 stand passports of Japan and of other countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scanners.cutting import squeezed
from scanners.finding import Entity
from scanners.holds import Held
from scanners.profile import Profile
from scanners.recognizers.called import NUMBER
from scanners.table import Table
from scanners.values import Kind
from scanners.verdict import Evidence

_NUMBERED = rf"(?:の)?{NUMBER}u?"
_HOKENSHA = r"(?:(?<!hi)hoken(?:s[hy]a|ja)|(?<!ヒ)ホケンシャ)"
_INSURER = re.compile(
    rf"(?:(?<!被)保険者(?:証)?(?:等)?|(?:健保|健康保険|国保|共済)組合){_NUMBERED}$|(?<!被)保険者$"
    rf"|{_HOKENSHA}(?:{_NUMBERED})?$|insurer(?:identification)?(?:{_NUMBERED})?$"
    rf"|(?:insurance(?:carrier|provider|company|association|society)|payer){_NUMBERED}$"
)
_PAIR = re.compile(
    r"(?:記号(?:及び|および|と|&|兼)?番号|kigou?(?:to)?(?:bangou?|no)|symbol(?:and)?(?:number|no))$"
)
#: Where there is no symbol beside it, this may hold both.
_CARD = re.compile(
    r"(?:保険証|被保険者証|組合員証|加入者証|資格確認書)(?:の)?(?:番号|no)?$|hokens[hy]o"
)
_SYMBOL = re.compile(r"(?:の)?(?:記号|kigou?|symbol|キゴウ)$")
_ENDING = re.compile(rf"{_NUMBERED}$")
#: Whose number it is, and of which paper, in any order; or nothing at all.
_NUMBER = re.compile(
    r"(?:^証|保険|被保険者|被保|組合員|加入者|資格(?:確認書|情報|確認)?|健保|国保|共済|けんぽ|介護|後期|高齢者?|医療"
    r"|(?<!hihoken)hoken|hihokens[hy]a|hihoken|kenpo|kokuho|kaigo|korei"
    r"|insured|insurance|ins|member|care|medical|certificate|subscriber)"
    r"(?:証|等|person|card|certificate|identification|s[hy]o)*"
    rf"{_NUMBERED}$"
)
_SCHEMES = {
    Entity.JP_CARE_INSURANCE: re.compile(r"介護|介保|kaigo|careins|ltci|nursing"),
    Entity.JP_ELDERLY_MEDICAL_INSURANCE: re.compile(r"後期|高齢|後高|elderly|kou?ki(?!n)|広域連合"),
    Entity.JP_HEALTH_INSURANCE: re.compile(
        r"健康保険|健保|国保|国民健康|共済|船員|kenpo|kenkou?|health"
    ),
}
_OTHERS = re.compile(
    r"雇用|雇保|年金|失業|労災|労働|生命|自動車|火災|損害|学生|koyou?|nenkin|employment|pension|car(?![de])|life"
)
_PASSPORT = re.compile(
    r"(?:旅券|パスポート|passport|ryoken)(?:の)?(?:番号|no|number|num|id|bangou?)?$"
)
_MOST = 0.6
#: Names that say the least.
_BARE = {"番号", "no", "number", "bango", "bangou", "num", "ナンバー", "バンゴウ"}
#: Mean lengths that tell numbers without a symbol apart: ten digits of care, eight of an insurer.
_TEN, _EIGHT = 9.5, 7.0


@dataclass(frozen=True, slots=True, repr=False)
class _Part:
    """A column with its place in the table and what its name says."""

    at: int
    column: Profile
    name: str

    @property
    def scheme(self) -> Entity | None:
        """Return the scheme that the name names."""
        return next((one for one, word in _SCHEMES.items() if word.search(self.name)), None)

    @property
    def sheet(self) -> str:
        """Return the sheet that the column stands on."""
        return self.column.column.name.rpartition("!")[0]


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


def _part(at: int, column: Profile) -> _Part:
    return _Part(at, column, squeezed(column.column.name))


def _coded(
    column: Profile, has: Sequence[Held], entity: Entity, fields: Sequence[_Part]
) -> tuple[Profile, tuple[Held, ...]]:
    """Give a number's column its code, and a heading that is no longer a mere key's."""
    heading = replace(column.heading, entity=entity, sure=True, what=None, bare=False)
    said = [reason for one, _, reasons in has if one is entity for reason in reasons]
    beside = Evidence("neighbours", " ".join(field.name for field in fields[:-1]))
    return column.headed(heading), ((entity, 0.95, (*said, beside)),)


def _passports(part: _Part, has: tuple[Held, ...]) -> tuple[Held, ...]:
    """Let a column of passports hold other countries' too: those that are not of Japan's form."""
    held = {entity for entity, *_ in has}
    foreign = part.column.rate(Entity.FOREIGN_PASSPORT)
    if Entity.FOREIGN_PASSPORT in held or not _PASSPORT.search(part.name):
        return has
    if held - {Entity.JP_PASSPORT} or foreign.fit < _MOST:
        return has
    if held and part.column.rate(Entity.JP_PASSPORT).fit >= foreign.fit:
        return has
    counted = Evidence("pattern", Entity.FOREIGN_PASSPORT.value, foreign.fits, foreign.of)
    return (*has, (Entity.FOREIGN_PASSPORT, 0.8, (Evidence("header", part.name), counted)))


def _codes(parts: Sequence[_Part]) -> Iterator[tuple[_Part, Entity, tuple[_Part, ...]]]:
    """Yield the number of each code, what code it is, and the parts in the order of its form."""
    open_ = [part for part in parts if not _OTHERS.search(part.name)]
    open_ = [part for part in open_ if part.column.kind in {Kind.TEXT, Kind.NUMBER}]
    insurers = [part for part in open_ if _INSURER.search(part.name)]
    symbols = [part for part in open_ if _SYMBOL.search(part.name)]
    best: dict[int, _Part] = {}
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


def _rank(number: _Part, who: _Part) -> tuple[bool, bool, int]:
    """Rank the numbers beside an insurer: those whose name says more, then the nearest."""
    named = number.scheme is not None or bool(_PAIR.search(number.name))
    return not named, number.name in _BARE, abs(number.at - who.at)


def _is_number(part: _Part, symbols: Sequence[_Part], insurers: Sequence[_Part]) -> bool:
    """Tell whether a name says the number, by itself or as the symbol's beside it does."""
    if part.name in _BARE:
        return any(_beside(part, other) for other in symbols or insurers)
    named = any(name.search(part.name) for name in (_PAIR, _NUMBER, _CARD))
    return named or any(_goes_with(part, symbol) for symbol in symbols)


def _beside(part: _Part, other: _Part) -> bool:
    return part.sheet == other.sheet and abs(part.at - other.at) == 1


def _goes_with(part: _Part, symbol: _Part) -> bool:
    """Tell whether a name is the symbol's but for its last word, or stands behind and is nobody's.

    社員_記号 and 社員_番号; 記号 and 番号(右詰め).
    """
    stem, heading = _ENDING.sub("", part.name), part.column.heading
    if stem == part.name or part.sheet != symbol.sheet:
        return False
    unsaid = heading.entity is None and heading.whose is None
    return stem == _SYMBOL.sub("", symbol.name) or (unsaid and part.at == symbol.at + 1)


def _code(
    number: _Part, who: _Part, symbols: Sequence[_Part]
) -> tuple[Entity, tuple[_Part, ...]] | None:
    scheme = number.scheme or who.scheme
    symbol = _nearest(number, symbols)
    health = scheme in {None, Entity.JP_HEALTH_INSURANCE}
    if health and _PAIR.search(number.name):
        return Entity.JP_HEALTH_INSURANCE, (who, number)
    if health and symbol:
        return Entity.JP_HEALTH_INSURANCE, (who, symbol, number)
    entity = _symbolless(scheme, who, number)
    if entity:
        return entity, (who, number)
    return (Entity.JP_HEALTH_INSURANCE, (who, number)) if _CARD.search(number.name) else None


def _symbolless(scheme: Entity | None, who: _Part, number: _Part) -> Entity | None:
    """Tell which scheme without symbols it is: as named, or as the numbers' lengths show."""
    if scheme:
        return None if scheme is Entity.JP_HEALTH_INSURANCE else scheme
    if number.column.length >= _TEN and who.column.length < _EIGHT:
        return Entity.JP_CARE_INSURANCE
    if _EIGHT <= number.column.length < _TEN and who.column.length >= _EIGHT:
        return Entity.JP_ELDERLY_MEDICAL_INSURANCE
    return None


def _nearest(number: _Part, parts: Sequence[_Part]) -> _Part | None:
    """Return the nearest part of the same sheet and scheme, or of none."""
    same = [part for part in parts if part.sheet == number.sheet and part.at != number.at]
    named = [part for part in same if number.scheme and part.scheme is number.scheme]
    unnamed = [part for part in same if not number.scheme or part.scheme is None]
    return min(named or unnamed, key=lambda part: abs(part.at - number.at), default=None)
