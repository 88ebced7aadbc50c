"""A JSON text as a stream of values, so that an array of any length needs little memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from typing import TextIO

from connectors.errors import Damaged
from connectors.readers.header import numbered_names
from connectors.readers.nested import flatten

_CHUNK = 1 << 16
_LARGEST = 1 << 27
_SPACE = " \t\n\r"


class Kind(Enum):
    """How a value stands in its file: as the whole, or as one of many."""

    DOCUMENT = "document"
    ROW = "row"


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object of its members; of one name that recurs no value is dropped (``name#2``)."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = numbered_names(name for name, _ in pairs)
    return dict(zip(names, (value for _, value in pairs), strict=True))


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False, object_pairs_hook=_object)


def parse(text: str) -> object:
    """Parse one JSON value, numbers as written; raises ``ValueError``."""
    value: object = _DECODER.decode(text)
    return value


def values(text: TextIO) -> Iterator[tuple[Kind, object]]:
    """Yield the elements of a top array, values one after the other, or the only value.

    Raises ``Damaged`` where it isn't JSON or one value is larger than memory should hold.
    """
    window = _Window(text)
    if window.take("["):
        yield from _elements(window)
        return
    if not window.peek():
        return
    first = window.value()
    if not window.peek():
        yield Kind.DOCUMENT, first
        return
    yield Kind.ROW, first
    while window.peek():
        window.take(",")
        yield Kind.ROW, window.value()


def places(value: object, place: str = "", path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each object of a list with its pointer (RFC 6901) first, then what is in no such list.

    Fields have their whole path, so that ``/users/3`` holds ``users[].name``.
    """
    rest, lists = _apart(value)
    if own := flatten(rest):
        yield place, {_joined(path, name): text for name, text in own.items()}
    for steps, elements in lists:
        below = place + "".join("/" + _escaped(step) for step in steps)
        name = _joined(path, ".".join(steps)) + "[]"
        for number, element in enumerate(elements):
            row = {_joined(name, inner): text for inner, text in flatten(element).items()}
            if row:
                yield f"{below}/{number}", row


class _Window:
    """The part of the text that is being looked at."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""
        self._at = 0

    def peek(self) -> str:
        """Return the next character that isn't a space; "" at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more(_CHUNK):
                return ""

    def take(self, character: str) -> bool:
        """Step over ``character`` if it is next."""
        found = self.peek() == character
        self._at += found
        return found

    def value(self) -> object:
        """Parse the next value, reading as much as it needs."""
        self.peek()
        size = _CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except ValueError:
                end = -1
            # A number that ends where the window ends may go on behind it.
            if end >= 0 and (end < len(self._held) or not self._more(size)):
                self._at = end
                return value
            if end < 0 and not self._more(size):
                raise Damaged("This isn't valid JSON; mend or replace the file.")
            size *= 2

    def _more(self, size: int) -> bool:
        if len(self._held) - self._at > _LARGEST:
            raise Damaged("One JSON value is larger than 128 MiB; split the file.")
        chunk = self._text.read(size)
        self._held = self._held[self._at :] + chunk
        self._at = 0
        return bool(chunk)


def _elements(window: _Window) -> Iterator[tuple[Kind, object]]:
    while not window.take("]"):
        yield Kind.ROW, window.value()
        if not window.take(",") and window.peek() != "]":
            raise Damaged("This JSON array breaks off or is damaged; mend or replace the file.")


def _apart(value: object) -> tuple[object, list[tuple[tuple[str, ...], list[object]]]]:
    """Part a value into what is in no list of objects, and those lists with their paths."""
    if not isinstance(value, dict):
        return value, []
    rest: dict[str, object] = {}
    lists: list[tuple[tuple[str, ...], list[object]]] = []
    for key, inner in value.items():
        if isinstance(inner, list) and any(isinstance(each, dict) for each in inner):
            lists.append(((key,), inner))
        else:
            rest[key], deeper = _apart(inner)
            lists += [((key, *steps), elements) for steps, elements in deeper]
    return rest, lists


def _joined(path: str, name: str) -> str:
    if name == "value" and path.endswith("[]"):
        return path
    return f"{path}.{name}" if path else name


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
