"""The registry, and recognizers of other packages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml
from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded
from scanners.recognizers import registry
from scanners.recognizers.base import Recognizer

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "recognizers"
#: An article of a law, a standard, an address, a library or register that has the rule.
SOURCE = re.compile(
    r"[0-9]+条|[^の]法律|Art(?:icle|\.) [0-9]|Order|告示|保発|省令|(?:ISO|IEC|RFC|ICAO|ITU|JIS|NIST)\b|https?://"
    r"|``[a-z]+(?:\.[a-z_]+)*``|Japan Post|ガイドライン"
)
MODULE = '''
from scanners.finding import Entity, Strength
from scanners.recognizers.base import Recognizer


class Staff(Recognizer):
    """Finds nothing."""

    ENTITY = Entity.SUBJECT_KEY
    KIND, STRENGTH = "key", Strength.UNIQUE

    def find(self, folded, doc=None):
        yield from ()

    def fits(self, value):
        return value == "S1"

    def normal(self, text):
        return text
'''
ASK = """
from scanners.finding import Entity
from scanners.recognizers.registry import recognizer, recognizers
assert recognizer(Entity.SUBJECT_KEY).fits("S1")
assert recognizer(Entity.PERSON).fits("山田太郎")
print(len(recognizers()))
"""


@pytest.mark.slow
def test_another_package_registers_a_recognizer(tmp_path: Path) -> None:
    """A recognizer that an installed package registers is known beside ours."""
    (tmp_path / "staff_numbers.py").write_text(MODULE, encoding="utf-8")
    info = tmp_path / "staff_numbers-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: staff-numbers\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[shozai.recognizers]\nstaff = staff_numbers:Staff\n")
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    answer = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == str(len(registry.TABLE) + 1)


def faults(known: Sequence[type[Recognizer]], cases: Path = CASES) -> list[str]:
    """Say what is wrong with recognizers: each has one entity, cases, a source, a prefilter."""
    entities = [one.ENTITY for one in known]
    return [
        *(f"two for {one}" for one in set(entities) if entities.count(one) > 1),
        *(f"{one.__name__}: {fault}" for one in known for fault in _faults(one, cases)),
    ]


def _faults(known: type[Recognizer], cases: Path) -> Iterator[str]:
    module = sys.modules[known.__module__]
    path = cases / f"{known.__module__.rpartition('.')[2]}.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    if told.get("entity") != known.ENTITY.value:
        yield "no cases"
    yield from (f"no {kind}" for kind in ("found", "not_found") if not told.get(kind))
    if not SOURCE.search(module.__doc__ or ""):
        yield "no source"
    if not known.PREFILTER and not known.NEEDS_TOKENS:
        yield "no prefilter"


def test_no_recognizer_is_wrong() -> None:
    """Ours have one entity each, cases, and a docstring with a law, a standard or an address."""
    assert faults([type(one) for one in registry.recognizers()]) == []


class Lacking(Recognizer):
    """Finds nothing."""

    ENTITY = Entity.JP_MY_NUMBER
    KIND, STRENGTH = "nothing", Strength.UNIQUE

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find nothing."""
        yield from ()

    def fits(self, value: str) -> bool:
        """Nothing fits."""
        return not value

    def normal(self, text: str) -> str:
        """Return the text."""
        return text


def test_each_fault_of_a_wrong_recognizer_is_told(tmp_path: Path) -> None:
    """Two for one entity, no cases or none of a kind, no source, no prefilter: each fails."""
    ours = type(registry.recognizer(Entity.JP_MY_NUMBER))
    assert faults([ours, Lacking]) == [
        "two for JP_MY_NUMBER",
        *(
            f"Lacking: {fault}"
            for fault in ("no cases", "no found", "no not_found", "no source", "no prefilter")
        ),
    ]
    path = tmp_path / "test_registry.yaml"
    path.write_text("entity: JP_MY_NUMBER\nfound: [a]\nnot_found: []\n")
    assert "Lacking: no not_found" in faults([Lacking], tmp_path)
    assert "Lacking: no found" not in faults([Lacking], tmp_path)
    path.write_text("entity: PERSON\nfound: [a]\nnot_found: [b]\n")
    assert "Lacking: no cases" in faults([Lacking], tmp_path)


def test_a_recognizer_of_an_unknown_entity_is_refused_in_a_sentence() -> None:
    """The sentence names the recognizer and what it may find."""
    with pytest.raises(TypeError, match=r"other.kr:Rrn needs an ENTITY .* JP_MY_NUMBER"):
        registry._foreign("other.kr:Rrn", type("Rrn", (), {"ENTITY": "KR_RRN"}))
