"""A made-up person: who they are, where they live, and the codes they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.demo.chance import chance, spread
from flows.demo.firms import Firm
from flows.demo.names import Part
from flows.demo.towns import TOWNS, Town
from scanners.finding import Entity

_BUILDINGS = (
    "コーポさくら",
    "メゾン青葉",
    "グランドハイツ",
    "サンライズ",
    "第二若葉荘",
    "パークサイド",
)


class Kind(StrEnum):
    """What a person is to the company; one person may be several."""

    CUSTOMER = "customer"
    MEMBER = "member"
    SUBSCRIBER = "subscriber"
    CONTACT = "contact"
    EMPLOYEE = "employee"
    APPLICANT = "applicant"
    MINOR = "minor"
    DECEASED = "deceased"
    FOREIGN = "foreign resident"


@dataclass(frozen=True, slots=True, repr=False)
class Home:
    """A household's address and telephone, shared by its family."""

    town: Town
    lot: tuple[int, int, int]
    building: str
    phone: str

    @property
    def address(self) -> str:
        """Prefecture, municipality, town, lot as ``1-2-3``, and the building."""
        lot = "-".join(map(str, self.lot))
        return f"{self._upto_town}{lot}{self.building and ' '}{self.building}"

    @property
    def formal_address(self) -> str:
        """The same with the lot as ``1丁目2番3号``."""
        block, lot, house = self.lot
        gap = "　" if self.building else ""
        return f"{self._upto_town}{block}丁目{lot}番{house}号{gap}{self.building}"

    @property
    def _upto_town(self) -> str:
        return f"{self.town.prefecture}{self.town.city}{self.town.town}"


@dataclass(frozen=True, slots=True, repr=False)
class Work:
    """Where someone works, and their address there."""

    firm: Firm
    department: str
    title: str
    email: str


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Someone who doesn't exist. ``number`` counts from 1 over all people; ``keys`` over a kind."""

    number: int
    kinds: frozenset[Kind]
    keys: Mapping[Kind, int]
    canary: bool
    surname: Part
    given: Part
    gender: str  # 男, 女
    born: date
    home: Home
    mobile: str | None
    email: str | None
    work: Work | None
    guardian: int | None
    codes: Mapping[Entity, str]

    @property
    def id(self) -> str:
        """The name of the person in the truth."""
        return f"P{self.number:06}"

    def name(self, gap: str = " ") -> str:
        """Surname and given name."""
        return f"{self.surname.written}{gap}{self.given.written}"

    def kana(self, gap: str = " ") -> str:
        """The reading in katakana."""
        return f"{self.surname.kana}{gap}{self.given.kana}"


def home(seed: int, household: int) -> Home:
    """Make the home of a household; no two households share a telephone."""
    draws = chance(seed, "home", household)
    town = TOWNS[(household * 29 + seed) % len(TOWNS)]
    lot = (draws.randint(1, 5), draws.randint(1, 30), draws.randint(1, 20))
    building = ""
    if draws.random() < 0.4:  # noqa: PLR2004 - four households in ten live in flats
        building = f"{draws.choice(_BUILDINGS)}{draws.randint(1, 9)}0{draws.randint(1, 8)}号室"
    return Home(town, lot, building, telephone(town, household))


def telephone(town: Town, serial: int) -> str:
    """Return a fixed-line number of the town: ten digits, as ``045-212-3456``."""
    area, lead = town.telephone.split("-")
    free = 9 - len(area)
    digits = f"{lead}{spread(serial, free, 3_456):0{free}}"
    return f"{area}-{digits[:-4]}-{digits[-4:]}"


def mobile(number: int) -> str:
    """Return a mobile number that no other person has."""
    digits = f"{1 + number % 9}{spread(number, 7, 2_718_281):07}"
    return f"0{(9, 8, 7)[number % 3]}0-{digits[:4]}-{digits[4:]}"
