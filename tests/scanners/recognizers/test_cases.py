"""What each recognizer finds and what it leaves, told as cases in ``tests/cases/recognizers``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import yaml

from scanners.finding import Entity, Finding
from scanners.normalize import fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.registry import recognizer, recognizers

CASES = Path(__file__).parents[2] / "cases" / "recognizers"
FILES = sorted(CASES.glob("*.yaml"))
LOADED = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}


def of(kind: str) -> list[Any]:
    """List the cases of a kind as parameters; their names hold no value."""
    return [
        pytest.param(Entity(cases["entity"]), case, id=f"{name}-{at}")
        for name, cases in LOADED.items()
        for at, case in enumerate(
            cases[kind].items() if isinstance(cases[kind], dict) else cases[kind]
        )
    ]


def find(entity: Entity, text: str) -> list[Finding]:
    """Find an entity in a text, in order."""
    return sorted(recognizer(entity).find(fold(text)), key=lambda found: found.start)


def matches_prefilter(known: Recognizer, text: str) -> bool:
    """Tell whether Arrow's RE2 sees the prefilter in the folded text."""
    mask = pc.match_substring_regex(pa.array([fold(text).text]), known.PREFILTER)
    return bool(mask[0].as_py())


@pytest.mark.parametrize(("entity", "case"), of("found"))
def test_found(entity: Entity, case: dict[str, Any]) -> None:
    """Every value is found where it stands, with its normal form, behind the prefilter."""
    found = find(entity, case["text"])
    assert [one.text for one in found] == [str(value) for value in case["values"]]
    assert all(case["text"][one.start : one.end] == one.text for one in found)
    assert matches_prefilter(recognizer(entity), case["text"])
    if "normals" in case:
        assert [recognizer(entity).normal(one.text) for one in found] == case["normals"]
    if "evidence" in case:
        assert case["evidence"] in found[0].evidence


@pytest.mark.parametrize(("entity", "case"), of("not_found"))
def test_not_found(entity: Entity, case: str) -> None:
    """A near miss is left alone."""
    assert [one.text for one in find(entity, str(case))] == []


@pytest.mark.parametrize(("entity", "case"), of("fits"))
def test_fits(entity: Entity, case: str) -> None:
    """A bare value that could be the entity fits."""
    assert recognizer(entity).fits(fold(str(case)).text)


@pytest.mark.parametrize(("entity", "case"), of("not_fits"))
def test_does_not_fit(entity: Entity, case: str) -> None:
    """A bare value of another kind doesn't fit."""
    assert not recognizer(entity).fits(fold(str(case)).text)


@pytest.mark.parametrize(("entity", "case"), of("normal"))
def test_normal(entity: Entity, case: tuple[str, str]) -> None:
    """Values written differently get one normal form, which is its own."""
    given, expected = case
    assert recognizer(entity).normal(str(given)) == str(expected)
    assert recognizer(entity).normal(str(expected)) == str(expected)


def test_every_recognizer_has_cases() -> None:
    """Each recognizer has a file of cases, named as its module."""
    modules = {type(known).__module__.rpartition(".")[2] for known in recognizers()}
    assert modules == set(LOADED)


def test_headers_are_folded() -> None:
    """Headers are written as they are compared: folded, lower case, without separators."""
    for known in recognizers():
        for header in known.HEADERS:
            assert header == re.sub(r"[\s_-]", "", fold(header).text.lower())
