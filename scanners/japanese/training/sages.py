"""歴史・物語の人 (persons of history and tales), in the ways that encyclopaedias write them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scanners.japanese.training.lists import pairs, words
from scanners.japanese.training.names import Names

_ORDINALS = (*"123456", "7", "8", "14", "15", "16", "一", "二", "三", "四", "Ⅱ", "Ⅲ")


def historic(random: Random, _names: Names) -> str:
    """Name a person of history."""
    return random.choice(words("historic"))


def historic_given(random: Random, _names: Names) -> str:
    """Name a person of history by the given name."""
    return random.choice(words("historic_given"))


def ruler(random: Random, _names: Names) -> str:
    """Name a ruler by a number: ルイ14世."""
    return f"{random.choice(pairs('foreign_given'))[0]}{random.choice(_ORDINALS)}世"


#: What fills a slot of a person who is drawn from no list of names.
SAGES: dict[str, Callable[[Random, Names], str]] = {
    "historic": historic,
    "historic_given": historic_given,
    "ruler": ruler,
}
