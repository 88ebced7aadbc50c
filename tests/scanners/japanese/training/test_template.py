"""Templates: many, varied, each of which can be filled."""

# ruff: noqa: S311 - repeatable chance, no secret

from __future__ import annotations

import re
from collections import Counter
from random import Random

from scanners.japanese.itaiji import fold_itaiji
from scanners.japanese.training.names import load_names
from scanners.japanese.training.sages import SAGES
from scanners.japanese.training.sentences import fill, paragraph
from scanners.japanese.training.template import Slot, parse, templates
from scanners.japanese.training.things import FILLERS

_SLOT = re.compile(r"\{[a-z_]+[0-9]*\}")


def test_there_are_many_and_a_third_name_nobody() -> None:
    """At least 400, no two alike, a third and more without a person."""
    texts = Counter(template.pieces for template in templates())
    assert len(templates()) >= 400
    assert texts.most_common(1)[0][1] == 1
    assert sum(not template.names_somebody for template in templates()) * 3 >= len(templates())


def test_each_template_fills() -> None:
    """Every slot is known, none is left, and each span holds a name that was put in."""
    for template in templates():
        slots = [piece for piece in template.pieces if isinstance(piece, Slot)]
        assert all(slot.is_person or slot.name in FILLERS for slot in slots), template
        assert not {*SAGES} & {*FILLERS}
        filled = fill(template, Random(3), load_names(None))
        assert not _SLOT.search(filled.text), filled
        assert len(filled.persons) == sum(slot.is_person for slot in slots), filled
        assert all(name and name == name.strip() for name in filled.names), filled


def test_one_person_has_one_name() -> None:
    """Slots with one figure belong to one person, with two figures to two."""
    template = parse("{surname} {given} {surname} {surname2}")
    for seed in range(40):
        names = fill(template, Random(seed), load_names(None)).names
        assert fold_itaiji(names[0]) == fold_itaiji(names[2])
    assert len({fill(template, Random(seed), load_names(None)).names[3] for seed in range(9)}) > 1


def test_a_paragraph_keeps_its_spans() -> None:
    """Sentences set one behind the other keep their names."""
    for seed in range(60):
        made = paragraph(Random(seed), load_names(None))
        assert all(name and "\n" not in name for name in made.names)
