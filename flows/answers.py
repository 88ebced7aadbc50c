"""JSON answers on stdout, and the schemas of their shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files

from flows.faults import UsageError


def print_json(answer: Mapping[str, object]) -> None:
    """Write an answer to stdout; times are ISO 8601 in UTC, bytes in hexadecimal."""
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))


def print_schema(command: str) -> None:
    """Write the JSON Schema of a command's answer, or the commands that have one."""
    known = {path.name.removesuffix(".json"): path for path in _schemas()}
    if not command:
        print("\n".join(sorted(known)))
    elif command in known:
        print(known[command].read_text(encoding="utf-8"), end="")
    else:
        raise UsageError(f"{command!r} has no JSON answer; these have: {', '.join(sorted(known))}.")


def _schemas() -> list:  # type: ignore[type-arg]
    return [path for path in files("reports.schemas").iterdir() if path.name.endswith(".json")]


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no JSON form")
