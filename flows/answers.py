"""JSON answers on stdout, and the schemas of their shapes."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

from flows.faults import UsageError


def print_json(answer: Mapping[str, object]) -> None:
    """Write an answer to stdout; times are ISO 8601 in UTC, bytes in hexadecimal."""
    print(_text(answer, indent=2))


def print_line(answer: Mapping[str, object]) -> None:
    """Write an answer as one line, at once."""
    print(_text(answer), flush=True)


def print_schema(command: str) -> None:
    """Write the JSON Schema of a command's answer, or the commands that have one."""
    known = {path.name.removesuffix(".json"): path for path in _schemas()}
    if not command:
        print("\n".join(sorted(known)))
    elif command in known:
        print(known[command].read_text(encoding="utf-8"), end="")
    else:
        raise UsageError(f"{command!r} has no JSON answer; these have: {', '.join(sorted(known))}.")


def _text(answer: Mapping[str, object], indent: int | None = None) -> str:
    # Where stdout can't hold Japanese, JSON's own escapes can.
    escaped = not str(sys.stdout.encoding).lower().startswith("utf")
    return json.dumps(answer, ensure_ascii=escaped, indent=indent, default=_plain)


def _schemas() -> list[Traversable]:
    return [path for path in files("reports.schemas").iterdir() if path.name.endswith(".json")]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no JSON form")
