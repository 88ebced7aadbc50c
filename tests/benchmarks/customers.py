"""A table of made-up customers in a PostgreSQL of its own, for benchmarks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg

from flows.demo.names import GIVEN_FEMALE, GIVEN_MALE, SURNAMES
from flows.demo.towns import TOWNS

COLUMNS = {
    "customer_id": "integer PRIMARY KEY",
    "name": "text",
    "name_kana": "text",
    "gender": "text",
    "birth_date": "date",
    "email": "text",
    "phone": "text",
    "postal_code": "text",
    "address": "text",
    "registered_at": "timestamp",
    "status": "text",
    "memo": "text",
}
#: Different memos; one customer in ten has one.
MEMOS = 2_000


def load(url: str, rows: int, seed: int = 7) -> None:
    """Create ``customers`` with ``rows`` rows in the database at ``url``."""
    declared = ", ".join(f"{name} {type_}" for name, type_ in COLUMNS.items())
    with psycopg.connect(url) as connection:
        connection.execute(f"CREATE TABLE customers ({declared})".encode())
        with connection.cursor().copy("COPY customers FROM STDIN") as copy:
            for row in _rows(rows, random.Random(seed)):
                copy.write_row(row)
        connection.commit()
        connection.execute("ANALYZE customers")


def _rows(rows: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    memos = [_memo(number, chance) for number in range(MEMOS)]
    given_names = (GIVEN_MALE, GIVEN_FEMALE)
    for number in range(1, rows + 1):
        gender = chance.randrange(2)
        surname, given = chance.choice(SURNAMES), chance.choice(given_names[gender])
        town = chance.choice(TOWNS)
        lot = f"{chance.randint(1, 20)}-{chance.randint(1, 30)}-{chance.randint(1, 30)}"
        yield (
            number,
            f"{surname.written} {given.written}",
            f"{surname.kana} {given.kana}",
            "男女"[gender],
            date(1940, 1, 1) + timedelta(days=chance.randrange(25_000)),
            f"user{number:07d}@example{chance.randrange(9)}.jp",
            f"0{chance.choice('789')}0-{chance.randint(1000, 9999)}-{chance.randint(0, 9999):04d}",
            town.postal_code,
            f"{town.prefecture}{town.city}{town.town}{lot}",
            f"20{chance.randint(10, 24)}-{chance.randint(1, 12):02d}-01 10:00:00",
            chance.choice(("有効", "休止", "退会")),
            chance.choice(memos) if chance.random() < 0.1 else None,
        )


def _memo(number: int, chance: random.Random) -> str:
    surname = chance.choice(SURNAMES).written
    phone = f"090-{chance.randint(1000, 9999)}-{number:04d}"
    day = f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
    return f"{surname}様より{day}に電話あり。受注番号{number:06d}の件、{phone} へ折り返し済み。"
