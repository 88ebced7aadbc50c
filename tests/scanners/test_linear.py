"""No regular expression of more than linear time, told by its steps and not by a clock."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from inspect import getsource
from types import ModuleType

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import scanners
from scanners.recognizers.base import Recognizer
from scanners.recognizers.registry import recognizers
from tests.hostile import Hostile
from tests.steps import slowed, steps

#: Characters of a hostile text; looked at again at twice as many only where it took many steps.
LENGTH = 1000
#: Times 4,096 steps that a pattern of linear time may take over so many: 100 steps a character.
FEW = 25
#: Twice the text takes twice the steps in linear time, four times as many in quadratic.
GROWTH = 3
SEARCH = frozenset({"search"})
#: Learning reads our own data, and imports what is only there for it.
LEFT_OUT = ("scanners.japanese.training",)

MODULES = tuple(
    module.name
    for module in pkgutil.walk_packages(scanners.__path__, "scanners.")
    if not module.name.startswith(LEFT_OUT)
)


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_of_a_module_takes_linear_time(name: str) -> None:
    """Twice as long a text takes no pattern more than about twice the steps, however hostile."""
    module = import_module(name)
    assert [
        f"{where}: {text[:8]!r}…{text[-4:]!r}"
        for where, pattern in _patterns(module)
        for text in [_quadratic(pattern, _ways(module, where))]
        if text is not None
    ] == []


@pytest.mark.parametrize(
    "pattern", ["a+b", r"\W+\Z", "(?:a|b)*c", "(?:a+)+b", "x(?:.*y)?z", "(?<!b)a*a*b", "a{9,5000}b"]
)
def test_more_than_linear_time_is_seen(pattern: str) -> None:
    """Patterns known for their quadratic or exponential time don't pass."""
    assert _quadratic(re.compile(pattern), SEARCH) is not None


@pytest.mark.parametrize("pattern", ["(?<!a)a++b", r"\s{0,9}[0-9]", "a{1,20}b", "^(?:ab|c)*d"])
def test_linear_time_passes(pattern: str) -> None:
    """What is bounded, possessive or anchored is not taken for slow."""
    assert _quadratic(re.compile(pattern), SEARCH) is None


@pytest.mark.parametrize(
    "known", [one for one in recognizers() if one.SAID], ids=lambda known: known.ENTITY.value
)
def test_names_of_columns_are_read_in_linear_time(known: Recognizer) -> None:
    """What a recognizer says of columns' names is a pattern kept as text."""
    assert _quadratic(re.compile(known.SAID), SEARCH) is None


@pytest.mark.parametrize("known", recognizers(), ids=lambda known: known.ENTITY.value)
def test_prefilters_run_in_linear_time_by_construction(known: Recognizer) -> None:
    """Arrow runs a prefilter in RE2, which takes none that it couldn't run in linear time."""
    assert pc.match_substring_regex(pa.array([""]), known.PREFILTER).type == pa.bool_()


@cache
def _quadratic(pattern: re.Pattern[str], ways: frozenset[str]) -> str | None:
    """Return the first hostile text over which a pattern takes more than linear time."""
    counted = slowed(pattern)
    for way in ways:
        run: Callable[[str], object] = getattr(counted, way)
        hostile = Hostile(pattern)
        for text, longer in zip(hostile.texts(LENGTH), hostile.texts(2 * LENGTH), strict=True):
            few = steps(run, text, 40 * FEW)
            if few > FEW and steps(run, longer, GROWTH * few) >= GROWTH * few:
                return text
    return None


def _ways(module: ModuleType, where: str) -> frozenset[str]:
    """Return how a pattern is run: where it is only matched, a search need not be quick."""
    ways = frozenset(re.findall(rf"\b{where}\.(\w+)\(", getsource(module)))
    return ways if ways and ways <= {"match", "fullmatch"} else SEARCH


def _patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        for pattern in _within(value, module.__name__, set()):
            yield name, pattern


def _within(value: object, module: str, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of a value of a module: of its containers, its classes, its records."""
    if isinstance(value, re.Pattern):
        yield value
    elif id(value) not in seen:
        seen.add(id(value))
        for part in _parts(value, module):
            yield from _within(part, module, seen)


def _parts(value: object, module: str) -> list[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, tuple | list | set | frozenset):
        return list(value)
    if module not in {getattr(value, "__module__", None), type(value).__module__}:
        return []
    slots = [getattr(value, name, None) for name in getattr(type(value), "__slots__", ())]
    return [*slots, *vars(value).values()] if hasattr(value, "__dict__") else slots
