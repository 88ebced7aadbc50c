"""The command as tests run it: in this process where it ends early, else in one of its own."""

from __future__ import annotations

import ctypes
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from flows.cli import app
from flows.ending import ending

HOUSE = Path(__file__).parents[2]
_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Command:
    """``shozai`` in this process, in an empty folder."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str, stdin: str = "") -> Ended:
        """Run it to its end."""
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        self.monkeypatch.setattr("sys.stdin", given)
        self.capsys.readouterr()
        run = partial(app, list(words), prog_name="shozai", standalone_mode=False)
        code = ending(run)
        said = self.capsys.readouterr()
        return Ended(code, said.out, said.err)


def environment(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment in which Shozai keeps its state in ``folder``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "SHOZAI_"))}
    own = {"SHOZAI_STATE": str(folder / "state"), "HOME": str(folder), "PYTHONPATH": str(HOUSE)}
    return {**kept, **own, **(more or {})}


def start(
    folder: Path,
    *words: str,
    ordinary: bool = False,
    stdin: bool = False,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Start ``shozai`` in a process group of its own, as a terminal does.

    ``ordinary`` takes from root the right to open what its mode forbids.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "flows", *words],
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment(folder, env),
        start_new_session=True,
        preexec_fn=_lose_rights if ordinary else None,  # noqa: PLW1509 - no threads here
    )


def finish(process: subprocess.Popen[str], seconds: float = 120) -> Ended:
    """Wait for a command that was started."""
    out, err = process.communicate(timeout=seconds)
    return Ended(process.returncode, out, err)


def interrupt(
    process: subprocess.Popen[str], when: str, after: float, kind: signal.Signals
) -> Ended:
    """Press Ctrl-C, or send what else ``kind`` is, ``after`` seconds from a line with ``when``.

    As a terminal does, it goes to the whole process group.
    """
    assert process.stderr
    said = ""
    while when not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    time.sleep(after)
    os.killpg(process.pid, kind)
    ended = finish(process)
    return Ended(ended.code, ended.out, said + ended.err)


def left_behind(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes of an ended command's session that still run (Linux's /proc/…/stat)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
            if session == str(process.pid) and state != "Z":
                found.append(int(stat.parent.name))
    return found


def _lose_rights() -> None:
    libc = ctypes.CDLL(None)
    for right in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
        libc.prctl(_CAPBSET_DROP, right, 0, 0, 0)  # fails, harmlessly, for who isn't root
