"""氏名 (a name): the two parts of somebody's name, with how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import NamedTuple

from scanners.japanese.training.spelling import spell


class Kind(Enum):
    """Whose name it is, which decides how its parts are joined."""

    NATIVE = "山田 太郎"
    WESTERN = "ジョン・スミス"
    EASTERN = "王 小明"


class Part(NamedTuple):
    """A surname or a given name: as written, in katakana, and in Latin letters where known."""

    written: str
    kana: str
    latin: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A surname and a given name; ``given`` of a WESTERN name may hold a middle name."""

    surname: Part
    given: Part
    kind: Kind = Kind.NATIVE

    @property
    def joined(self) -> str:
        """Surname and given name without a space, which decides whether the name is held out."""
        return self.surname.written + self.given.written

    @property
    def kana(self) -> str:
        """The reading of both in katakana."""
        return self.surname.kana + self.given.kana


def latin(part: Part, random: Random) -> str:
    """Write a part in Latin letters, its first letter large."""
    return part.latin or spell(part.kana, random).capitalize()
