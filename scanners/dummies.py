"""見本 (dummies): values made up to be shown, which look like somebody's and are nobody's.

The My Number on specimen cards, card numbers that payment services publish for testing, a telephone
of nothing but zeros, an address ``test@example.com``. They are found, since a reviewer wants to see
them, and marked, since they prove nothing: not that a person is meant, nor that a column is
personal.

What is *not* taken for a dummy, and why: 山田太郎 (many bear the name), ``taro@example.jp`` (only a
placeholder at a reserved domain is one), 03-1234-5678 and 090-1234-5678 (people who fill in a form
write them, and the second has an owner).

- 個人番号: 123456789018 (handbooks, specimen cards); one digit throughout.
- Cards: the test numbers that Stripe, Adyen, PayPal, GMO and the brands publish.
- Telephones: one digit seven times at the end (090-0000-0000).
- E-mail: RFC 2606 and RFC 6761 reserve the domains; the part before the ``@`` says test.
- Accounts and document numbers: one digit throughout, or counted up from 1.
- Addresses of machines: the ranges of documentation (RFC 5737, RFC 3849), 1.2.3.4.
- Keys: those of Amazon's handbook, which end in ``EXAMPLE``.
"""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from scanners.finding import Entity

#: How far a dummy is believed at most: below what a verdict or a word nearby makes sure.
SCORE = 0.4
#: The word by which evidence names it.
DUMMY = "dummy"

_CARDS = """
    4111111111111111 4242424242424242 4012888888881881 4000056655665556 4000000000000002
    4000000000009995 4000000000003220 4000003920000003 4000000000000077 4000000000000341
    4000002500003155 4444333322221111 4988438843884305 4166676667666746 4646464646464644
    4000620000000007 4917610000000000 4263970000005262 4916909992637469
    5555555555554444 5105105105105100 5200828282828210 5454545454545454 5500000000000004
    5555341244441115 5577000055770004 5136333333333335 5100060000000002 5399999999999999
    2223003122003222 2222400070000005 2223000048410010 2222410740360010 2223520443560010
    3530111333300000 3566002020360505 3566111111111113 3528000000000007 3569990010095841
    378282246310005 371449635398431 378734493671000 370000000000002 374251018720018
    343434343434343 341111111111111 30569309025904 38520000023237 36006666333344 36700102000000
    36227206271667 3056930009020004 6011111111111117 6011000990139424 6011000400000000
    6200000000000005 6250941006528599 6205500000000000004 6243030000000001 6771798021000008
"""


def _alike(length: str) -> str:
    """Write one digit repeated; RE2 knows no back references."""
    return "|".join(f"{digit}{{{length}}}" for digit in "0123456789")


_COUNTED = "123456789012|012345678901|0123456789|1234567890|01234567890|12345678901|1234567|0123456"
_PLACEHOLDERS = (
    r"(?:test|tests|testuser|tester|user|users?name|example|sample|dummy|foo|bar|foobar|hoge|hogehoge|"
    r"fuga|piyo|aaa+|xxx+|abc|mail|email|your[._-]?(?:name|email|mail)?|someone|somebody|nobody|"
    r"no-?reply)[0-9]{0,2}(?:\+[a-z0-9]*)?"
)
_RESERVED = (
    r"(?:[a-z0-9-]+\.)*(?:example\.(?:com|net|org|jp|co\.jp|ne\.jp|or\.jp)"
    r"|[a-z0-9-]+\.(?:test|example|invalid))"
)

#: RE2 for each entity: over the digits, or where it is no number over the folded text.
_DIGITS = {
    Entity.JP_MY_NUMBER: f"123456789018|123456789012|{_alike('12')}",
    Entity.CREDIT_CARD: f"{'|'.join(_CARDS.split())}|{_alike('14,19')}",
    Entity.PHONE_NUMBER: f"[0-9]*(?:{_alike('7')})",
    Entity.JP_BANK_ACCOUNT: f"(?:[0-9]{{7}})?(?:{_alike('7,8')}|1234567|0123456|12345678)",
    Entity.JP_DRIVER_LICENSE: f"012345678900|{_alike('12')}|{_COUNTED}",
    Entity.JP_BASIC_PENSION_NUMBER: f"{_alike('10')}|{_COUNTED}",
    Entity.JP_RESIDENT_RECORD_CODE: f"{_alike('11')}|{_COUNTED}",
    Entity.JP_EMPLOYMENT_INSURANCE: f"{_alike('11')}|{_COUNTED}",
    Entity.JP_CARE_INSURANCE: f"{_alike('10')}|{_COUNTED}",
    Entity.JP_ELDERLY_MEDICAL_INSURANCE: f"{_alike('8')}|12345678|01234567",
    Entity.JP_POSTAL_CODE: _alike("7"),
}
_TEXTS = {
    Entity.EMAIL_ADDRESS: rf"(?i)\s*{_PLACEHOLDERS}@{_RESERVED}\s*",
    Entity.JP_PASSPORT: rf"(?i)\s*[A-Z]{{2}}(?:{_alike('7')}|1234567)\s*",
    Entity.JP_RESIDENCE_CARD: rf"(?i)\s*[A-Z]{{2}}(?:{_alike('8')}|12345678)[A-Z]{{2}}\s*",
    Entity.JP_SPECIAL_PERMANENT_RESIDENT: (
        rf"(?i)\s*[A-Z]{{2}}(?:{_alike('8')}|12345678)[A-Z]{{2}}\s*"
    ),
    Entity.IP_ADDRESS: (
        r"(?i)\s*(?:192\.0\.2\.[0-9]+|198\.51\.100\.[0-9]+|203\.0\.113\.[0-9]+|1\.2\.3\.4"
        r"|2001:0?db8:[0-9a-f:]*)\s*"
    ),
    Entity.CREDENTIAL: r".*EXAMPLE(?:KEY)?\s*",
}
_NO_DIGIT = "[^0-9]+"


def is_dummy(entity: Entity, folded: str) -> bool:
    """Tell whether a folded value is a known dummy of its entity.

    >>> is_dummy(Entity.JP_MY_NUMBER, "1234-5678-9018"), is_dummy(Entity.PERSON, "山田太郎")
    (True, False)
    """
    if entity in _DIGITS:
        return _compiled(_DIGITS[entity]).fullmatch(re.sub(_NO_DIGIT, "", folded)) is not None
    return entity in _TEXTS and _compiled(_TEXTS[entity]).fullmatch(folded) is not None


def dummies(entity: Entity, folded: pa.StringArray) -> pa.BooleanArray | None:
    """Tell which folded values are known dummies; ``None`` where the entity has none."""
    if entity in _DIGITS:
        digits = pc.replace_substring_regex(folded, _NO_DIGIT, "")
        return pc.match_substring_regex(digits, f"^(?:{_DIGITS[entity]})$")
    if entity in _TEXTS:
        return pc.match_substring_regex(folded, f"^(?:{_bare(_TEXTS[entity])})$")
    return None


def _bare(pattern: str) -> str:
    """Scope the flags, which only the beginning of a pattern may set."""
    return f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else pattern


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
