"""Things that bear a name, and persons of history: what templates and cells make of them."""

# ruff: noqa: S311 - repeatable chance, no secret

from __future__ import annotations

from random import Random

import pytest

from scanners.japanese.training import eponyms
from scanners.japanese.training.names import load_names
from scanners.japanese.training.places import Filler
from scanners.japanese.training.sages import SAGES
from scanners.japanese.training.sentences import fill
from scanners.japanese.training.template import parse, templates

FILLERS = (
    *(eponyms.goods, eponyms.memorial, eponyms.science, eponyms.firm_abroad, eponyms.brand),
    *(eponyms.variety, eponyms.ship, eponyms.pet, eponyms.code_name, eponyms.host, eponyms.tech),
    *(eponyms.calling, eponyms.headings, eponyms.figure, eponyms.branch),
)


@pytest.mark.parametrize("filler", FILLERS)
def test_each_makes_many_things(filler: Filler) -> None:
    """Hundred draws give many different words, none of them empty or with blanks around."""
    made = {filler(Random(seed), load_names(None)) for seed in range(100)}
    assert len(made) > 30
    assert all(word and word == word.strip() for word in made)


def test_things_with_a_name_are_nobody() -> None:
    """Goods, a shop and a machine beside a person: the person alone is marked."""
    template = parse("{surname}が{branch}で{named_goods}と{brand}を買い、{host}に入れた")
    for seed in range(50):
        filled = fill(template, Random(seed), load_names(None))
        assert [start for start, _ in filled.persons] == [0]


@pytest.mark.parametrize("slot", sorted(SAGES))
def test_persons_of_history_are_persons(slot: str) -> None:
    """A person of history or a ruler is marked where it stands."""
    filled = fill(parse(f"{{{slot}}}が来た"), Random(1), load_names(None))
    assert filled.persons == ((0, len(filled.text) - 3),)


def test_a_slot_of_a_foreigner_draws_a_foreigner() -> None:
    """Slots of two kinds of persons are two persons, those of one kind and figure are one."""
    filled = fill(parse("{western}、{western_family}、{eastern}"), Random(2), load_names(None))
    whole, family, other = filled.names
    assert whole.endswith(f"・{family}")
    assert other not in whole


def test_persons_and_things_share_templates() -> None:
    """A quarter and more of the templates with such things name a person beside them."""
    made = {f.__name__ for f in FILLERS} | {"named_goods"}
    with_things = [t for t in templates() if {getattr(p, "name", "") for p in t.pieces} & made]
    assert sum(template.names_somebody for template in with_things) * 4 >= len(with_things)
