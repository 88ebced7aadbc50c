"""The access log: who searched or opened what, when and why; lines are only ever added.

It tells which kinds of identifiers were asked for, never their values.
"""

from __future__ import annotations

import getpass
import json
import os
from datetime import UTC, datetime
from pathlib import Path

from flows.faults import ShozaiError
from flows.settings import Settings

_OWNER_ONLY = 0o600


def acting(settings: Settings) -> str:
    """Return who is acting: the id that ``[people]`` gives the operating system's user."""
    user = getpass.getuser()
    return settings.people[user].id if user in settings.people else user


def log(settings: Settings, act: str, **details: object) -> None:
    """Add a line to ``access.jsonl`` in the inventory's folder."""
    entry = {
        "when": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": acting(settings),
        "act": act,
        **details,
    }
    line = json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"
    path: Path = settings.inventory_path / "access.jsonl"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _OWNER_ONLY)
    except OSError as error:
        raise ShozaiError(
            f"Can't log who asked in {path} ({error.strerror}), and nobody may ask unlogged: "
            "let this account write there."
        ) from None
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(line)
