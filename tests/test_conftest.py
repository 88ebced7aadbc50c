"""The tests' own rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_SKIPPING = (
    "import pytest\n\ndef test_ok(): pass\n\n@pytest.mark.skip(reason='why')\ndef test_no(): pass\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(("ci", "code"), [("1", 1), ("true", 1), ("", 0)])
def test_a_skip_fails_under_ci(tmp_path: Path, ci: str, code: int) -> None:
    """A skipped test fails the run where CI is set, is named, and passes elsewhere."""
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path / "conftest.py")
    (tmp_path / "test_it.py").write_text(_SKIPPING)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "CI": ci},
    )
    assert ran.returncode == code
    assert ("skipped under CI" in ran.stdout) == bool(code)
    assert ("::test_no" in ran.stdout) == bool(code)
