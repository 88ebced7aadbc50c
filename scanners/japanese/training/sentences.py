"""文 (sentences): templates filled with names and with what is nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from scanners.japanese.training.example import Example
from scanners.japanese.training.name import Kind, Name
from scanners.japanese.training.names import Names
from scanners.japanese.training.sages import SAGES
from scanners.japanese.training.template import KINDS, PERSON_SLOTS, Slot, Template, templates
from scanners.japanese.training.things import FILLERS

_FILLERS = FILLERS | SAGES
_Cast = dict[tuple[Kind | None, str], Name]


def sentence(random: Random, names: Names) -> Example:
    """Make one sentence from any template."""
    return fill(random.choice(templates()), random, names)


def paragraph(random: Random, names: Names) -> Example:
    """Make two to four sentences, one after the other or each on its line."""
    mark = random.choice(("\n", "\n", "\n\n", " "))
    said = [sentence(random, names) for _ in range(random.randrange(2, 5))]
    return Example(mark.join(one.text for one in said), tuple(_shifted(said, len(mark))), "text")


def fill(template: Template, random: Random, names: Names) -> Example:
    """Fill a template's slots; slots of one person hold one name."""
    cast: _Cast = {}
    texts: list[str] = []
    persons: list[tuple[int, int]] = []
    at = 0
    for piece in template.pieces:
        text = piece if isinstance(piece, str) else _fill(piece, cast, random, names)
        if isinstance(piece, Slot) and piece.is_person:
            persons.append((at, at + len(text)))
        texts.append(text)
        at += len(text)
    return Example("".join(texts), tuple(persons), template.genre)


def _shifted(said: list[Example], gap: int) -> Iterator[tuple[int, int]]:
    at = 0
    for one in said:
        yield from ((at + start, at + end) for start, end in one.persons)
        at += len(one.text) + gap


def _fill(slot: Slot, cast: _Cast, random: Random, names: Names) -> str:
    form = PERSON_SLOTS.get(slot.name)
    if form is None:
        return _FILLERS[slot.name](random, names)
    kind = KINDS.get(slot.name)
    if (kind, slot.number) not in cast:
        cast[kind, slot.number] = names.draw(random, kind)
    return form(cast[kind, slot.number], random)
