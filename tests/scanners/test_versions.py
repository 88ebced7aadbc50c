"""A version changes with everything that detection reads, not with modules alone."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from scanners import versions
from scanners.finding import Entity

HOUSE = Path(__file__).parents[2]
#: Finds in a text and judges a table; says which files under scanners/ were opened on the way.
SPY = """
import json, sys
opened = set()
def heard(event, told):
    if event == "open" and isinstance(told[0], str):
        opened.add(told[0])
sys.addaudithook(heard)
import pyarrow as pa
from scanners.columns import judge
from scanners.presidio import find_in_text
from scanners.scan import Scanner
from scanners.verdict import Column
find_in_text("山田太郎様 東京都千代田区千代田1-1 電話 090-1234-5678 高血圧症 taro@mori.co.jp")
table = pa.record_batch({"氏名": ["山田太郎"] * 3, "住所": ["東京都千代田区千代田1-1"] * 3})
Scanner().scan(table, judge(table, [Column(name) for name in table.schema.names]))
print(json.dumps(sorted(opened)))
"""


@pytest.fixture(scope="module")
def read() -> set[Path]:
    """Return the files under scanners/, no modules, that detection reads."""
    told = subprocess.run(
        [sys.executable, "-c", SPY], capture_output=True, text=True, check=True, cwd=HOUSE
    )
    paths = map(Path, json.loads(told.stdout.splitlines()[-1]))
    inside = (path for path in paths if path.is_relative_to(HOUSE / "scanners"))
    return {path for path in inside if path.suffix not in {".py", ".pyc"} and path.is_file()}


def test_every_file_that_detection_reads_is_in_a_version(read: set[Path]) -> None:
    """Weights and lists are digested with the module that reads them."""
    reached = versions._reached("scanners.presidio")
    assert read
    assert read - reached == set()


def test_the_dictionary_is_in_the_version_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another dictionary of Sudachi's is another recognizer of names."""
    before = versions.versions()[Entity.PERSON]
    real = version
    with monkeypatch.context() as patched:
        patched.setattr(versions, "version", lambda name: real(name) + "+" * ("dict-" in name))
        _forget()
        assert versions.versions()[Entity.PERSON] != before
    _forget()
    assert versions.versions()[Entity.PERSON] == before


def _forget() -> None:
    versions.versions.cache_clear()
    versions._searching.cache_clear()
    versions._judging.cache_clear()
