"""日付・番号 (details): dates, telephone numbers, codes and whatever else stands beside a name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scanners.japanese.training.lists import words
from scanners.japanese.training.spelling import passport

_DATES = (
    *("{y}年{m}月{d}日", "{y}/{m:02}/{d:02}", "{y}-{m:02}-{d:02}", "令和{r}年{m}月{d}日"),
    *("{m}月{d}日", "{m}/{d}", "{y}.{m}.{d}", "{m}月{d}日(月)", "R{r}.{m}.{d}", "{y}{m:02}{d:02}"),
)
_CODES = ("{0:06}", "A-{0:05}", "No.{0}", "{0:08}", "ORD-{0:07}", "第{0}号", "SR{0}", "#{0}")
_PHONES = ("03-{0:04}-{1:04}", "090-{0:04}-{1:04}", "06-{0:04}-{1:04}", "080{0:04}{1:04}")
_DOMAINS = ("example.co.jp", "example.com", "example.jp", "example.ne.jp", "mail.example.org")
_ADDRESSES = ("{0}.{1}", "{1}_{0}", "{1}{2}", "info", "{0[0]}-{1}", "support", "{0}", "sales{2}")


def date(random: Random) -> str:
    """Write a date in one of the usual ways."""
    parts = {"y": random.randrange(1940, 2030), "r": random.randrange(1, 9)}
    month, day = random.randrange(1, 13), random.randrange(1, 29)
    return random.choice(_DATES).format(**parts, m=month, d=day)


def time(random: Random) -> str:
    """Write a time of day."""
    form = random.choice(("{0}:{1:02}", "{0}時{1}分", "{0}時", "{0:02}:{1:02}:{2:02}"))
    return form.format(random.randrange(24), random.randrange(60), random.randrange(60))


def phone(random: Random) -> str:
    """Write a telephone number."""
    return random.choice(_PHONES).format(random.randrange(10_000), random.randrange(10_000))


def code(random: Random) -> str:
    """Write a code or a number of a record."""
    return random.choice(_CODES).format(random.randrange(100_000))


def number(random: Random) -> str:
    """Write a small number."""
    return str(random.randrange(1, 500))


def money(random: Random) -> str:
    """Write an amount of money."""
    return random.choice(("{:,}円", "¥{:,}", "{}円", "{:,}")).format(
        random.randrange(1, 9999) * 100
    )


def login(random: Random) -> str:
    """Write a name for logging in, which is no person's name though made of one."""
    given, family = (_spelt(random, name) for name in ("given", "surnames"))
    return random.choice(_ADDRESSES).format(given, family, random.randrange(100))


def email(random: Random) -> str:
    """Write an address of electronic mail."""
    return f"{login(random)}@{random.choice(_DOMAINS)}"


def ip(random: Random) -> str:
    """Write an address of the Internet, of those kept for examples."""
    return f"192.0.2.{random.randrange(1, 255)}"


def postal(random: Random) -> str:
    """Write a postal code."""
    form = random.choice(("〒{0:03}-{1:04}", "{0:03}-{1:04}", "〒{0:03}{1:04}"))
    return form.format(random.randrange(1000), random.randrange(10_000))


def _spelt(random: Random, name: str) -> str:
    return passport(random.choice(words(name)).partition(":")[2])


DETAILS: dict[str, Callable[[Random], str]] = {
    "date": date,
    "time": time,
    "phone": phone,
    "code": code,
    "number": number,
    "money": money,
    "login": login,
    "email": email,
    "ip": ip,
    "postal": postal,
}
