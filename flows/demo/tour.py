"""``make demo``: the main job on a made-up company, from nothing to a person's records.

Every step is a command that a user would type, and is printed as such.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

_PEOPLE = 300
#: Customer 1 is also a member of the shop, under another number.
_ASKS = 1


def main(directory: Path) -> int:
    """Build, scan, find, report; return the first exit code that isn't 0."""
    os.environ.setdefault("SHOZAI_STATE", str(directory.absolute() / "state"))
    company = directory / "company"
    config = ["--config", str(company / "shozai.toml")]
    report = directory / "report"
    steps: tuple[tuple[str, list[str | Callable[[], str]]], ...] = (
        ("1  make up a company", ["demo", str(company), "--people", str(_PEOPLE)]),
        ("2  scan its databases and files", ["scan", "--allow-unread", *config]),
        ("3  find one person's records", ["find", *config, "--email", lambda: _email(company)]),
        ("4  write the report", ["report", *config, "-o", str(report)]),
    )
    for title, words in steps:
        if code := _step(title, [word() if callable(word) else word for word in words]):
            return code
    _say(f"\nOpen [bold]{(report / 'index.html').absolute()}[/] in a browser.")
    return 0


def _step(title: str, words: list[str]) -> int:
    _say(f"\n[bold cyan]{title}[/]\n[dim]$ shozai {' '.join(words)}[/]")
    command = [sys.executable, "-m", "flows", *words]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own command


def _email(company: Path) -> str:
    """Return the e-mail address of the person who asks."""
    with (company / "truth.jsonl").open(encoding="utf-8") as lines:
        people = (json.loads(line) for number, line in enumerate(lines) if number)
        asking = next(person for number, person in enumerate(people, 1) if number == _ASKS)
    return str(asking["identifiers"]["EMAIL_ADDRESS"][0])


def _say(text: str) -> None:
    Console(highlight=False).print(text, soft_wrap=True)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
