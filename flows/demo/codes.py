"""個人識別符号 (individual identification codes) and other numbers, valid in form, all made up.

A check digit comes from ``python-stdnum`` where it has the number. Near misses look like a code
and aren't one: a wrong check digit, an office that doesn't exist, a letter too few.
"""

from __future__ import annotations

from collections.abc import Mapping

from stdnum import ean, luhn
from stdnum.jp import cn, in_

from flows.demo.chance import spread

# 公安委員会コード: Tokyo, Kanagawa, Saitama, Chiba, Aichi, Osaka, Hyogo, Fukuoka, Miyagi, Hokkaido.
_COMMISSIONS = ("30", "45", "43", "44", "54", "62", "63", "90", "22", "10")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
# ゆうちょ, of 記号 and 番号 one behind the other: 0 stands for the sum of the digits of the double.
_SAVINGS_WEIGHTS = (1, 3, 0, 3, 0, 1, 3, 0, 1, 3, 0, 1)
_LICENSE_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def my_number(number: int) -> str:
    """個人番号: 12 digits, the last a check digit (平成26年総務省令第85号 Art. 5)."""
    body = f"{spread(number, 11, 20_000_000_011):011}"
    return body + in_.calc_check_digit(body)


def driver_license(number: int, first_granted: int) -> str:
    """運転免許証番号: commission, year of first grant, serial, check digit, times reissued."""
    serial = f"{spread(number, 6, 271_828)}"
    body = _COMMISSIONS[number % 10] + f"{first_granted % 100:02}" + serial.zfill(6)
    total = sum(int(d) * w for d, w in zip(body, _LICENSE_WEIGHTS, strict=True))
    return f"{body}{ {11: 1, 10: 0}.get(rest := 11 - total % 11, rest) }{number // 10 % 2}"


def passport(number: int) -> str:
    """旅券番号: two letters and seven digits, no check digit."""
    return f"T{_letter(number)}{spread(number, 7, 3_141_592):07}"


def foreign_passport(number: int) -> str:
    """外国の旅券番号: China's, Viet Nam's and Korea's forms in turn."""
    head, digits = (("E", 8), ("C", 7), ("M", 8))[number % 3]
    return f"{head}{spread(number, digits, 1_414_213):0{digits}}"


def pension_number(number: int) -> str:
    """基礎年金番号: an office's four digits, then six, no check digit."""
    digits = f"{spread(number, 10, 1_234_567_890):010}"
    return f"{digits[:4]}-{digits[4:]}"


def residence_card(number: int) -> str:
    """在留カード番号: two letters, eight digits, two letters, no check digit."""
    ends = _letter(number) + _letter(number // 24), _letter(number // 7) + _letter(number // 11)
    return f"{ends[0]}{spread(number, 8, 16_180_339):08}{ends[1]}"


def permanent_resident(number: int) -> str:
    """特別永住者証明書番号: written as the number of a 在留カード is, no check digit."""
    return residence_card(number + 1_000_003)


def bank_account(number: int) -> str:
    """口座: bank, branch and number of seven digits; no bank has this code."""
    return f"0989-{101 + number % 60:03}-{spread(number, 7, 1_732_050):07}"


def savings_account(number: int) -> str:
    """ゆうちょ: 記号 of five digits, whose fourth is a check digit, and 番号, which ends in 1.

    >>> savings_account(12)
    '11290-30225911'
    """
    account = f"{spread(number, 7, 2_236_067):07}1"
    digits = [1, *divmod(number % 40, 10), 0, *map(int, account)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits)
    total = sum(
        digit * weight if weight else double
        for digit, weight, double in zip(digits, _SAVINGS_WEIGHTS, doubled, strict=True)
    )
    return f"1{number % 40:02}{total % 10}0-{account}"


def health_insurance(number: int) -> str:
    """健康保険: insurer (its last digit by Luhn), symbol of the company, number of the insured."""
    body = "0613999"
    return f"{body}{luhn.calc_check_digit(body)}-2718-{1 + number}"


def care_insurance(number: int) -> str:
    """介護保険: a municipality as insurer, and ten digits of the insured."""
    return f"131{1 + number % 23:02}1-{spread(number, 10, 2_645_751) // 10:010}"


def elderly_insurance(number: int) -> str:
    """後期高齢者医療: a 広域連合 (its last digit by Luhn), and eight digits of the insured."""
    body = "3913999"
    return f"{body}{luhn.calc_check_digit(body)}-{spread(number, 8, 3_605_551):08}"


def employment_insurance(number: int) -> str:
    """雇用保険被保険者番号: four, six and one digit; the rule of the last is not published."""
    digits = f"{spread(number, 11, 13_141_592_653):011}"
    return f"{digits[:4]}-{digits[4:10]}-{digits[10]}"


def card_number(number: int) -> str:
    """クレジットカード番号: 16 digits with a Luhn check digit (ISO/IEC 7812)."""
    body = ("411111", "555555", "353011")[number % 3] + f"{spread(number, 9, 577_215_664):09}"
    return body + luhn.calc_check_digit(body)


def corporate_number(number: int) -> str:
    """法人番号: 13 digits, the first a check digit; an organisation's, not a person's."""
    body = f"{spread(number, 12, 700_000_000_017):012}"
    return cn.calc_check_digit(body) + body


def jan(number: int) -> str:
    """JANコード: 13 digits from 45 or 49 with a check digit (GTIN-13)."""
    body = ("45", "49")[number % 2] + f"{spread(number, 10, 987_654_321):010}"
    return body + ean.calc_check_digit(body)


def municipality(five: str) -> str:
    """全国地方公共団体コード: five digits and a check digit (weights 6 to 2, modulus 11).

    >>> municipality("13101"), municipality("27100")
    ('131016', '271004')
    """
    total = sum(int(d) * w for d, w in zip(five, (6, 5, 4, 3, 2), strict=True))
    return five + str((11 - total % 11) % 10)


def near_misses(number: int) -> Mapping[str, str]:
    """Return what nearly is a code, by the Japanese word for the code.

    >>> in_.is_valid(near_misses(1)["個人番号"]), luhn.is_valid(near_misses(1)["カード番号"])
    (False, False)
    """
    return {
        "個人番号": _one_more(my_number(number)),
        "免許証番号": "16" + driver_license(number, 2001)[2:],
        "旅券番号": passport(number)[:-1],
        "在留カード番号": residence_card(number)[:-1],
        "基礎年金番号": pension_number(number) + "1",
        "カード番号": _one_more(card_number(number)),
    }


def grouped(digits: str, by: str = " ") -> str:
    """Write digits in groups of four.

    >>> grouped("123456789018")
    '1234 5678 9018'
    """
    return by.join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _letter(number: int) -> str:
    return _LETTERS[number % len(_LETTERS)]


def _one_more(digits: str) -> str:
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)
