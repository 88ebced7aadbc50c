"""``shozai find``: what a person gave becomes a search, and the search an answer.

Without options it asks, so that no name ends in the shell's history.
"""

from __future__ import annotations

import json as jsons
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from rich.prompt import Prompt

from flows import access, show
from flows.answers import print_json
from flows.asking import opened
from flows.candidates import show_candidates
from flows.faults import UsageError
from reports.sought import Sought
from reports.trace import Trace
from reports.trace import find as trace

_ASKED = {
    "name": "氏名",
    "kana": "フリガナ",
    "birth_date": "生年月日",
    "email": "メールアドレス",
    "phone": "電話番号",
    "address": "住所",
}


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What was given on the command line; ``None`` where nothing was."""

    name: list[str] | None = None
    kana: list[str] | None = None
    birth_date: list[str] | None = None
    email: list[str] | None = None
    phone: list[str] | None = None
    address: list[str] | None = None
    code: list[str] | None = None
    key: list[str] | None = None
    former_name: list[str] | None = None
    from_: str = ""


def find(config: Path, given: Given, *, json: bool, open_names: bool) -> int:
    """Search and answer; 1 if nothing was found, 3 if nothing was found and not all was read."""
    known = opened(config)
    sought = _sought(_completed(given))
    found = trace(known.view, sought, known.inventory.tokens)
    asked = sorted(one.name for one in fields(sought) if getattr(sought, one.name))
    access.log(known.settings, "find", by=asked, matches=len(found.matches), opened=open_names)
    answer = found.json(known.inventory.tokens.seal, opened=open_names)
    if json:
        print_json(answer)
    else:
        show_candidates(answer)
    return _code(found)


def _code(found: Trace) -> int:
    if found.matches:
        return show.DONE
    return show.INCOMPLETE if found.unread else show.NO


def _completed(given: Given) -> Mapping[str, list[str]]:
    """Return what was given by option, in a file, or at the prompt."""
    named = {
        one.name: getattr(given, one.name) or [] for one in fields(given) if one.name != "from_"
    }
    if given.from_:
        return {**named, **_from(given.from_)}
    if any(named.values()):
        return named
    if not sys.stdin.isatty():
        raise UsageError("Name at least one identifier, e.g. --email, or --from - for JSON.")
    show.say("分かるものを入力してください(空欄は Enter)。")
    asked = {
        name: Prompt.ask(label, default="", show_default=False) for name, label in _ASKED.items()
    }
    return {**named, **{name: [value] for name, value in asked.items() if value.strip()}}


def _from(place: str) -> dict[str, list[str]]:
    try:
        text = sys.stdin.read() if place == "-" else Path(place).read_text(encoding="utf-8-sig")
        read = jsons.loads(text)
    except OSError as error:
        raise UsageError(f"Can't read {place}: {error.strerror}.") from None
    except ValueError:
        raise UsageError('--from takes a JSON object such as {"email": ["…"]}.') from None
    names = {one.name for one in fields(Given)} - {"from_"}
    if not isinstance(read, dict) or not read.keys() <= names:
        raise UsageError(f"--from takes a JSON object with any of: {', '.join(sorted(names))}.")
    return {
        name: [value] if isinstance(value, str) else list(value) for name, value in read.items()
    }


def _sought(given: Mapping[str, list[str]]) -> Sought:
    return Sought(
        names=tuple(given["name"]),
        kana=tuple(given["kana"]),
        former_names=tuple(given["former_name"]),
        birth_dates=tuple(given["birth_date"]),
        emails=tuple(given["email"]),
        phones=tuple(given["phone"]),
        addresses=tuple(given["address"]),
        codes=tuple(_pair("--code", one) for one in given["code"]),
        keys=tuple(_pair("--key", one) for one in given["key"]),
    )


def _pair(option: str, text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise UsageError(f"{option} takes LEFT=VALUE, e.g. {option} JP_PASSPORT=TR1234567.")
    return left.strip(), right.strip()
