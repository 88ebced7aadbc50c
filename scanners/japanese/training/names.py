"""氏名の抽出 (drawing names): people of Japan and those from elsewhere who live in Japanese data.

Of Japanese names half are drawn as often as people bear them, half evenly from the whole list,
since a rare name is no less personal. No name that is held out is ever drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.training import foreign, name_lists
from scanners.japanese.training.name import Kind, Name, Part
from scanners.japanese.training.pool import Pool, pool
from scanners.japanese.training.split import held_out

#: How many in a hundred people are drawn from the usual names, how many are Japanese.
_USUAL, _NATIVE = 50, 86
#: How many given names in a hundred are on no list, put together of usual characters.
_COINED = 6


@dataclass(frozen=True, slots=True, repr=False)
class Names:
    """The lists that names are drawn from."""

    surnames: Pool[Part]
    given: Pool[Part]
    rare_surnames: tuple[str, ...]
    rare_given: tuple[Part, ...]
    surname_kana: tuple[str, ...]
    given_kana: tuple[str, ...]
    #: Characters that given names begin and end with.
    first: tuple[str, ...]
    last: tuple[str, ...]

    def draw(self, random: Random, kind: Kind | None = None) -> Name:
        """Draw a name that is not held out, of one kind or of any."""
        while True:
            name = self._name(random, kind or _kind(random))
            if not held_out(name.joined) and not held_out(name.kana):
                return name

    def surname(self, random: Random) -> str:
        """Draw a Japanese surname alone."""
        return self._surname(random).written

    def _name(self, random: Random, kind: Kind) -> Name:
        if kind is Kind.NATIVE:
            return Name(self._surname(random), self._given(random))
        return foreign.western(random) if kind is Kind.WESTERN else foreign.eastern(random)

    def _surname(self, random: Random) -> Part:
        if random.randrange(100) < _USUAL:
            return self.surnames.draw(random)
        return Part(random.choice(self.rare_surnames), random.choice(self.surname_kana))

    def _given(self, random: Random) -> Part:
        chance = random.randrange(100)
        if chance < _USUAL:
            return self.given.draw(random)
        if chance < _USUAL + _COINED:
            written = random.choice(self.first) + random.choice(self.last)
            return Part(written, random.choice(self.given_kana))
        part = random.choice(self.rare_given)
        return part if part.kana else Part(part.written, random.choice(self.given_kana))


@cache
def load_names(data: Path | None) -> Names:
    """Load the lists; ``data`` is the folder of ``names-shuhei`` and ``names-gimei``, if any."""
    return Names(
        surnames=pool(name_lists.weighted_surnames(data)),
        given=pool(name_lists.weighted_given(data)),
        rare_surnames=name_lists.listed_surnames(),
        rare_given=name_lists.listed_given(data),
        surname_kana=_readings(3),
        given_kana=_readings(4),
        first=tuple(sorted(gazetteer().given_first)),
        last=tuple(sorted(gazetteer().given_last)),
    )


def _readings(at: int) -> tuple[str, ...]:
    return tuple(kana for kana in name_lists.shipped()[at] if not held_out(kana))


def _kind(random: Random) -> Kind:
    chance = random.randrange(100)
    if chance < _NATIVE:
        return Kind.NATIVE
    return Kind.WESTERN if chance < (_NATIVE + 100) // 2 + 2 else Kind.EASTERN
