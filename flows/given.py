"""What a person gave of themselves: by option, in JSON, or at the prompt; checked field by field.

What can't be read as what it should be is told by its field, all at once, and never repeated: it
is a person's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from rich.console import Console
from rich.prompt import Prompt

from flows.faults import UsageError
from reports.sought import Sought
from scanners.finding import Entity

_ASKED = {
    "name": "氏名",
    "kana": "フリガナ",
    "birth_date": "生年月日",
    "email": "メールアドレス",
    "phone": "電話番号",
    "address": "住所",
}
#: What must be readable as its entity, and how one is written.
_READ_AS = {
    "birth_date": (Entity.DATE_OF_BIRTH, "1985-04-01, 昭和60年4月1日, S60.4.1"),
    "email": (Entity.EMAIL_ADDRESS, "taro@example.jp"),
    "phone": (Entity.PHONE_NUMBER, "090-1234-5678, +81 90 1234 5678"),
}
_PAIRS = {"code": "ENTITY=VALUE, as in JP_PASSPORT=TR1234567", "key": "FIELD_ID=VALUE, as in f_1=7"}


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


_NAMES = tuple(one.name for one in fields(Given) if one.name != "from_")


def sought(given: Given) -> Sought:
    """Return what to search for; raise :class:`UsageError` naming every field that can't be read.

    Without options it asks, in a terminal.
    """
    texts = _completed(given)
    told = [(name, text) for name in _NAMES for text in texts[name]]
    if faults := [fault for name, text in told for fault in _faults(name, text)]:
        raise UsageError("\n".join(faults))
    return Sought(
        names=tuple(texts["name"]),
        kana=tuple(texts["kana"]),
        former_names=tuple(texts["former_name"]),
        birth_dates=tuple(texts["birth_date"]),
        emails=tuple(texts["email"]),
        phones=tuple(texts["phone"]),
        addresses=tuple(texts["address"]),
        codes=tuple(map(_pair, texts["code"])),
        keys=tuple(map(_pair, texts["key"])),
    )


def _completed(given: Given) -> Mapping[str, list[str]]:
    """Return what was given by option, in a file, or at the prompt."""
    named: dict[str, list[str]] = {name: getattr(given, name) or [] for name in _NAMES}
    if given.from_:
        named |= _from(given.from_)
    if any(named.values()):
        return named
    if not sys.stdin.isatty():
        raise UsageError("Name at least one identifier, e.g. --email, or --from - for JSON.")
    return {**named, **_answered()}


def _from(place: str) -> dict[str, list[str]]:
    try:
        text = sys.stdin.read() if place == "-" else Path(place).read_text(encoding="utf-8-sig")
        read = json.loads(text)
    except OSError as error:
        raise UsageError(f"Can't read {place} ({error.strerror}): name a JSON file.") from None
    except ValueError:
        raise UsageError('--from takes a JSON object such as {"email": ["…"]}.') from None
    if not isinstance(read, dict) or not read.keys() <= set(_NAMES):
        raise UsageError(f"--from takes a JSON object with any of: {', '.join(sorted(_NAMES))}.")
    return {name: _texts(name, value) for name, value in read.items()}


def _texts(name: str, value: object) -> list[str]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise UsageError(f"--from: {name} takes a text or a list of texts, in quotation marks.")
    return listed


def _answered() -> dict[str, list[str]]:
    """Ask on stderr, as stdout is for the answer; ask again what can't be read."""
    console = Console(stderr=True, highlight=False)
    console.print("分かるものを入力してください(空欄は Enter)。")
    return {name: _ask(console, name, label) for name, label in _ASKED.items()}


def _ask(console: Console, name: str, label: str) -> list[str]:
    while text := Prompt.ask(label, console=console, default="", show_default=False).strip():
        if _readable(name, text):
            return [text]
        console.print(f"{label}として読めません。例: {_READ_AS[name][1]}")
    return []


def _faults(name: str, text: str) -> Iterator[str]:
    """Yield what is wrong with one text, without the text."""
    option = f"--{name.replace('_', '-')}"
    if not text.strip():
        yield f"{option} is empty: give a value or leave it out."
    elif not _readable(name, text):
        entity, examples = _READ_AS[name]
        yield f"{option} can't be read as {entity}: write it as in {examples}."
    elif name in _PAIRS and not all(_pair(text)):
        yield f"{option} takes {_PAIRS[name]}."
    elif name == "code":
        yield from _code_faults(*_pair(text))


def _readable(name: str, text: str) -> bool:
    return name not in _READ_AS or _fits(_READ_AS[name][0], text)


def _code_faults(entity: str, text: str) -> Iterator[str]:
    if entity not in set(Entity):
        yield f"--code knows no such entity: it is one of {', '.join(Entity)}."
    elif not _fits(Entity(entity), text):
        yield f"--code: the value can't be read as {entity}."


def _fits(entity: Entity, text: str) -> bool:
    from scanners.normalize import fold
    from scanners.recognizers.registry import recognizer

    try:
        return recognizer(entity).fits(fold(text).text.strip())
    except KeyError:  # nothing is known of its form
        return True


def _pair(text: str) -> tuple[str, str]:
    left, _, right = text.partition("=")
    return left.strip(), right.strip()
