r"""ひな形 (a template): a sentence with slots, ``{person}様、{company}の{person2}です。``.

Slots of persons are ``person`` (full name), ``surname``, ``given``, ``kana`` (the reading),
``romaji``, ``latin_surname``, ``latin_given``, ``nick`` (what friends say), of foreigners
``western``, ``western_family``, ``western_given`` and ``eastern``; a figure behind says which
person (none: the first). ``historic``, ``historic_given`` and ``ruler`` are persons too
(``sages``). All other slots are those of ``things.FILLERS``; a figure there only
sets two apart. A line break is ``\n``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scanners.japanese.training import forms
from scanners.japanese.training.forms import Form
from scanners.japanese.training.name import Kind
from scanners.japanese.training.sages import SAGES

PERSON_SLOTS: dict[str, Form] = {
    "person": forms.written,
    "surname": forms.surname,
    "given": forms.given,
    "kana": forms.reading,
    "romaji": forms.romaji,
    "latin_surname": forms.latin_surname,
    "latin_given": forms.latin_given,
    "nick": forms.nick,
    "western": forms.dotted,
    "western_family": forms.surname,
    "western_given": forms.given,
    "eastern": forms.written,
}
#: Slots of which the person's kind is known.
KINDS = {
    "western": Kind.WESTERN,
    "western_family": Kind.WESTERN,
    "western_given": Kind.WESTERN,
    "eastern": Kind.EASTERN,
}
_SLOT = re.compile(r"\{([a-z_]+)([0-9]*)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in a slot, and of which person."""

    name: str
    number: str

    @property
    def is_person(self) -> bool:
        """Whether a person stands in it."""
        return self.name in PERSON_SLOTS or self.name in SAGES


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and slots in turn, and the genre."""

    pieces: tuple[str | Slot, ...]
    genre: str

    @property
    def names_somebody(self) -> bool:
        """Whether a slot holds a person."""
        return any(isinstance(piece, Slot) and piece.is_person for piece in self.pieces)


@cache
def templates() -> tuple[Template, ...]:
    """Read all templates, by genre; lines that begin with ``#`` are remarks."""
    folder = files("scanners.japanese.training").joinpath("templates")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".txt"))
    return tuple(
        parse(line, name.removesuffix(".txt"))
        for name in names
        for line in folder.joinpath(name).read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )


def parse(line: str, genre: str = "") -> Template:
    """Read one template."""
    return Template(tuple(_pieces(line.replace("\\n", "\n"))), genre)


def _pieces(line: str) -> Iterator[str | Slot]:
    at = 0
    for match in _SLOT.finditer(line):
        if match.start() > at:
            yield line[at : match.start()]
        yield Slot(match[1], match[2])
        at = match.end()
    if at < len(line):
        yield line[at:]
