"""Numbers valid in form: every identification code, written in the ways it is, and what isn't one.

Check digits follow the rules' text, written here anew rather than taken from what is measured.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from scanners.finding import Entity

Chance = random.Random
Make = Callable[[Chance], str]
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_COMMISSIONS = (10, 20, 22, 30, 40, 43, 44, 45, 49, 54, 60, 62, 63, 72, 73, 80, 90, 92, 96, 97)
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
#: The weights of 個人番号 and, by coincidence, those of the licence and the resident record code.
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def value(entity: Entity, chance: Chance) -> str:
    """Make a code in one of the ways in which it is written in a text."""
    return CODES[entity](chance)


def parts(entity: Entity, chance: Chance) -> tuple[str, ...]:
    """Make the parts of an insurance code, as they stand in columns."""
    return PARTS[entity](chance)


def digits(chance: Chance, count: int) -> str:
    """Make a number that doesn't begin with 0."""
    return str(chance.randint(10 ** (count - 1), 10**count - 1))


def _digits(count: int) -> Make:
    return lambda chance: digits(chance, count)


def my_number(chance: Chance) -> str:
    """個人番号: 11 digits and a check digit (平成26年総務省令第85号5条)."""
    body = f"{chance.randrange(10**11):011}"
    rest = _sum(body, _WEIGHTS) % 11
    return body + ("0" if rest <= 1 else str(11 - rest))


def licence(chance: Chance) -> str:
    """運転免許証番号: commission, year, serial, check digit, times reissued."""
    body = f"{chance.choice(_COMMISSIONS)}{chance.randrange(100):02}{chance.randrange(10**6):06}"
    rest = 11 - _sum(body, _WEIGHTS[1:]) % 11
    return f"{body}{ {11: 1, 10: 0}.get(rest, rest) }{chance.choice('0001')}"


def resident_record(chance: Chance) -> str:
    """住民票コード: ten digits and a check digit, without those whose remainder no source tells."""
    while True:
        body = digits(chance, 10)
        rest = _sum(body, _WEIGHTS[1:]) % 11
        if rest > 1:
            return f"{body}{11 - rest}"


def insurer(chance: Chance, head: str, count: int) -> str:
    """保険者番号: a scheme or prefecture first, a check digit last (昭51.8.7保発45号)."""
    body = head + f"{chance.randrange(10 ** (count - len(head) - 1)):0{count - len(head) - 1}}"
    doubled = [int(digit) * (2, 1)[at % 2] for at, digit in enumerate(reversed(body))]
    return body + str(-sum(one // 10 + one % 10 for one in doubled) % 10)


def corporate(chance: Chance) -> str:
    """法人番号: a check digit first, then 12."""
    body = f"{chance.choice('017')}{chance.randrange(10**11):011}"
    odd = [int(digit) * (1, 2)[at % 2] for at, digit in enumerate(reversed(body))]
    return f"{9 - sum(odd) % 9}{body}"


def jan(chance: Chance) -> str:
    """JANコード: 45 or 49, a maker and an article, a check digit."""
    body = chance.choice(("45", "49")) + f"{chance.randrange(10**10):010}"
    weighed = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(body))
    return body + str(-weighed % 10)


def stamp(chance: Chance) -> str:
    """A time written YYYYMMDDHHMM."""
    day = f"{chance.randint(2015, 2026)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    return f"{day}{chance.randrange(24):02}{chance.randrange(60):02}"


def card(chance: Chance) -> str:
    """在留カード番号: two letters, eight digits, two letters."""
    ends = "".join(chance.choice(_LETTERS) for _ in range(4))
    return f"{ends[:2]}{chance.randrange(10**8):08}{ends[2:]}"


def letters7(chance: Chance) -> str:
    """Two letters and seven digits."""
    return f"{chance.choice('TM')}{chance.choice(_LETTERS)}{digits(chance, 7)}"


def foreign(chance: Chance) -> str:
    """A passport number of another country: China, Korea, Viet Nam, Nepal, the Philippines, …."""
    serial = digits(chance, 8)
    forms = (
        f"E{serial}",
        f"EA{serial[:7]}",
        f"M{serial}",
        f"C{serial[:7]}",
        f"P{serial[:7]}A",
        f"{serial}1",
        f"A{serial[:7]}",
        f"X{serial[:7]}",
    )
    return chance.choice(forms)


def employment(chance: Chance) -> str:
    """雇用保険被保険者番号: 4-6-1."""
    return f"{digits(chance, 4)}-{chance.randrange(10**6):06}-{chance.randrange(10)}"


def pension(chance: Chance) -> str:
    """基礎年金番号: 4-6."""
    return f"{digits(chance, 4)}-{chance.randrange(10**6):06}"


def in_fours(number: str, by: str) -> str:
    """Write digits in groups of four."""
    return by.join(number[at : at + 4] for at in range(0, len(number), 4))


def health_parts(chance: Chance) -> tuple[str, str, str, str]:
    """Insurer, symbol, number, branch."""
    head, count = chance.choice((("01", 8), ("06", 8), ("31", 8), ("34", 8), ("13", 6), ("27", 6)))
    symbol = chance.choice((digits(chance, 8), digits(chance, 4), digits(chance, 2), "公立東京"))
    return insurer(chance, head, count), symbol, digits(chance, chance.randint(2, 6)), "00"


def _health(chance: Chance) -> str:
    number, symbol, serial, branch = health_parts(chance)
    forms = (
        f"保険者番号 {number} 記号 {symbol} 番号 {serial}",
        f"保険者番号：{number}、記号：{symbol}、番号：{serial}、枝番：{branch}",
        f"記号 {symbol} 番号 {serial}（保険者番号 {number}）",
        f"保険者番号{number}・記号{symbol}・番号{serial}",
    )
    return chance.choice(forms)


def _elderly(chance: Chance) -> str:
    number, serial = elderly_parts(chance)
    forms = (
        f"保険者番号 {number} 被保険者番号 {serial}",
        f"被保険者番号{serial}（保険者番号{number}）",
    )
    return chance.choice(forms)


def elderly_parts(chance: Chance) -> tuple[str, str]:
    """Insurer, number."""
    return insurer(chance, "39", 8), digits(chance, 8)


def _care(chance: Chance) -> str:
    number, serial = care_parts(chance)
    forms = (
        f"保険者番号 {number} 被保険者番号 {serial}",
        f"被保険者番号{serial}（保険者番号{number}）",
    )
    return chance.choice(forms)


def care_parts(chance: Chance) -> tuple[str, str]:
    """Insurer, number."""
    return insurer(chance, f"{chance.randint(1, 47):02}", 6), f"0{digits(chance, 9)}"


def _written(make: Make, *ways: Callable[[str], str]) -> Make:
    """Write a number as it is three times in five, else in one of the ways, or full width."""

    def write(chance: Chance) -> str:
        number = make(chance)
        choices = (str, str, str, chance.choice(ways or (str,)), lambda one: one.translate(_WIDE))
        return chance.choice(choices)(number)

    return write


def _sum(body: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))


CODES: Mapping[Entity, Make] = {
    Entity.JP_MY_NUMBER: _written(
        my_number, lambda one: in_fours(one, " "), lambda one: in_fours(one, "-")
    ),
    Entity.JP_PASSPORT: _written(letters7),
    Entity.FOREIGN_PASSPORT: foreign,
    Entity.JP_BASIC_PENSION_NUMBER: _written(pension, lambda one: one.replace("-", "")),
    Entity.JP_DRIVER_LICENSE: _written(licence, lambda one: in_fours(one, " ")),
    Entity.JP_RESIDENT_RECORD_CODE: _written(resident_record),
    Entity.JP_EMPLOYMENT_INSURANCE: _written(employment, lambda one: one.replace("-", "")),
    Entity.JP_RESIDENCE_CARD: _written(card, lambda one: f"{one[:2]} {one[2:10]} {one[10:]}"),
    Entity.JP_SPECIAL_PERMANENT_RESIDENT: _written(card),
    Entity.JP_HEALTH_INSURANCE: _health,
    Entity.JP_ELDERLY_MEDICAL_INSURANCE: _elderly,
    Entity.JP_CARE_INSURANCE: _care,
}
PARTS: Mapping[Entity, Callable[[Chance], tuple[str, ...]]] = {
    Entity.JP_HEALTH_INSURANCE: health_parts,
    Entity.JP_ELDERLY_MEDICAL_INSURANCE: elderly_parts,
    Entity.JP_CARE_INSURANCE: care_parts,
}
NOBODYS: Mapping[str, Make] = {
    "corporate": corporate,
    "jan": jan,
    "stamp": stamp,
    "card": card,
    "letters7": letters7,
    "office": employment,
    "g12": lambda chance: in_fours(digits(chance, 12), "-"),
    "insurer": lambda chance: insurer(chance, "06", 8),
    "mobile": lambda chance: f"0{chance.choice('789')}0{digits(chance, 8)}",
    "phone": lambda chance: f"03{digits(chance, 8)}",
    "isbn": lambda chance: f"9784{digits(chance, 9)}",
    "labour": lambda chance: f"13-1-01-{digits(chance, 6)}-000",
    "day": lambda chance: stamp(chance)[:8],
    **{f"d{count}": _digits(count) for count in (4, 6, 7, 10, 11, 12)},
}
