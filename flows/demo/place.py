"""The place a company is made in: a folder where it harms nothing, and perhaps a database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from flows.demo.faults import DemoError

_TRUTH = "truth.jsonl"


def refuse_foreign(directory: Path, building: str) -> None:
    """Raise ``DemoError`` unless a folder is new, empty, or holds an earlier made-up company.

    What Shozai put beside an earlier company (an inventory, a report) stays where it is.
    """
    if not directory.exists():
        return
    if not directory.is_dir():
        raise DemoError(f"{directory} is a file; give a new or empty folder.")
    if {path.name for path in directory.iterdir()} <= {building}:
        return
    files = _files(directory)
    if files is None:
        raise DemoError(f"{directory} isn't empty; give a new or empty folder.")
    held = (path.relative_to(directory).as_posix() for path in (directory / "share").rglob("*")
            if not path.is_dir())  # fmt: skip
    if not files.issuperset(held):
        raise DemoError(
            f"{directory}/share holds files that `shozai demo` didn't write; move them elsewhere."
        )


def clear(directory: Path) -> None:
    """Remove an earlier company, its truth first, and nothing else."""
    files = _files(directory)
    (directory / _TRUTH).unlink(missing_ok=True)
    for file in files or ():
        (directory / file).unlink(missing_ok=True)
    shutil.rmtree(directory / "share", ignore_errors=True)


def database_url(text: str) -> URL:
    """Read the URL of a PostgreSQL database."""
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() != "postgresql":
        raise DemoError("--database takes a PostgreSQL URL, such as postgresql://me@host/demo.")
    return url.set(drivername="postgresql")


def _files(directory: Path) -> frozenset[str] | None:
    """Return the files of the company that the folder holds, or ``None`` if it holds none."""
    try:
        with (directory / _TRUTH).open(encoding="utf-8") as file:
            head = json.loads(file.readline())
        files: Sequence[str] = head["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return frozenset(files)
