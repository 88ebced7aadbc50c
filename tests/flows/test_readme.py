"""The README is true: its Python runs, on the made-up company."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.conftest import Scanned

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("company")]

HOUSE = Path(__file__).parents[2]
BLOCKS = re.findall(r"```python\n(.*?)```", (HOUSE / "README.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_python_in_the_readme_runs(company: Scanned, block: str) -> None:
    """Each block runs as it stands, in a folder with an inventory, and prints something."""
    done = subprocess.run(
        [sys.executable, "-c", block],
        cwd=company.config.parent,
        env={"PYTHONPATH": str(HOUSE), "PATH": "", "HOME": str(company.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
