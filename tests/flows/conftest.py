"""One made-up company, scanned once by the real command for all tests that look at the result."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import wiring
from flows.settings import load
from reports.inventory import Inventory
from reports.view import View
from tests.flows import small
from tests.flows.command import Command
from tests.truth import Truth

PEOPLE, SEED = 300, 7
Run = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Scanned:
    """A company's folder after ``shozai demo`` and ``shozai scan``, and what the commands said."""

    folder: Path
    demo: subprocess.CompletedProcess[str]
    scan: subprocess.CompletedProcess[str]

    @property
    def config(self) -> Path:
        """The company's settings."""
        return self.folder / "company" / "shozai.toml"

    @property
    def inventory(self) -> Inventory:
        """The company's inventory."""
        return wiring.inventory(load(self.config))

    @property
    def view(self) -> View:
        """The inventory, opened."""
        return self.inventory.view()

    @property
    def truth(self) -> Truth:
        """The truth about the company."""
        return Truth.read(self.folder / "company" / "truth.jsonl")


def run_in(folder: Path, *words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``shozai`` as its users do, its state kept in ``folder``."""
    env = {**os.environ, "SHOZAI_STATE": str(folder / "state"), "HOME": str(folder)}
    env = {name: value for name, value in env.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, "-m", "flows", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env=env | {"PYTHONPATH": str(Path(__file__).parents[2])},
        input=stdin,
        timeout=600,
        check=False,
    )


@pytest.fixture
def shozai(tmp_path: Path) -> Run:
    """Return the command, run in an empty folder."""
    return lambda *words, stdin=None: run_in(tmp_path, *words, stdin=stdin)


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Return the command, run in this process: for what ends before a scan begins."""
    monkeypatch.chdir(tmp_path)
    for name in ("SHOZAI_KEY", "SHOZAI_CONFIG", "SHOZAI_DEBUG", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHOZAI_STATE", str(tmp_path / "state"))
    return Command(tmp_path, monkeypatch, capsys)


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the settings of a small company that has been scanned; tests leave it as it is."""
    return small.make(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    """Make up a company and scan all of it."""
    folder = tmp_path_factory.mktemp("scanned")
    words = ("demo", str(folder / "company"), "--people", str(PEOPLE), "--seed", str(SEED))
    demo = run_in(folder, *words)
    config = str(folder / "company" / "shozai.toml")
    scan = run_in(folder, "scan", "--json", "--config", config)
    return Scanned(folder, demo, scan)
