"""The registry, and recognizers of other packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanners.recognizers import registry

ROOT = Path(__file__).parents[3]
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


def test_a_recognizer_of_an_unknown_entity_is_refused_in_a_sentence() -> None:
    """The sentence names the recognizer and what it may find."""
    with pytest.raises(TypeError, match=r"other.kr:Rrn needs an ENTITY .* JP_MY_NUMBER"):
        registry._foreign("other.kr:Rrn", type("Rrn", (), {"ENTITY": "KR_RRN"}))
