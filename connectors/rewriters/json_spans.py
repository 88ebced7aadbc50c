"""A JSON text (RFC 8259) with the place of every value in it, so that one can be written over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connectors.change import Why
from connectors.rewriters.hindered import NO_FIELD, Hindered

_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\n\r]*")
_BARE = re.compile(r"[^\s,\]}\"\[{:]+")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_SEVERAL = "The field holds {} values; write as many, one a line."
_KIND = "The field holds a number or a truth value; write one."


@dataclass(frozen=True, slots=True, repr=False)
class Node:
    """A value from ``start`` to before ``end``; ``inner`` are those in it, with their keys.

    In a list keys are ``None``. No ``repr``: it may be a person's.
    """

    start: int
    end: int
    sign: str
    inner: tuple[tuple[str | None, Node], ...] = ()


def node(text: str, at: int = 0) -> Node:
    """Find the value that begins at ``at``, or behind spaces; raises ``ValueError``."""
    at = _skip(text, at)
    sign = text[at : at + 1]
    if sign == '"':
        return Node(at, _string(text, at)[1], sign)
    if sign in {"{", "["} and sign:
        return _nested(text, at, sign)
    found = _BARE.match(text, at)
    if found is None:
        raise ValueError("no JSON")
    return Node(at, found.end(), sign)


def leaves(found: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Yield what isn't nested with its field, as :mod:`connectors.readers.nested` names it."""
    ahead = [(path, found)]
    while ahead:
        path, each = ahead.pop()
        if each.sign == "[":
            ahead += [(f"{path}[]", inner) for _, inner in reversed(each.inner)]
        elif each.sign == "{":
            ahead += [(f"{path}.{key}" if path else str(key), one) for key, one in each.inner][::-1]
        else:
            yield path or "value", each


def written(
    text: str, places: list[tuple[str, Node]], values: Mapping[str, str | None]
) -> Iterator[tuple[Node, str | None]]:
    """Yield the leaves to be written over with their new texts, ``None`` for null.

    Raises ``Hindered``. A field of several values takes as many lines.
    """
    for field, value in values.items():
        found = [each for path, each in places if path == field and each.sign != "n"]
        if not value:
            yield from ((each, None) for each in found)
            continue
        lines = value.split("\n") if len(found) != 1 else [value]
        if not found:
            raise Hindered(Why.NO_FIELD, NO_FIELD)
        if len(lines) != len(found):
            raise Hindered(Why.WRONG_TYPE, _SEVERAL.format(len(found)))
        for each, line in zip(found, lines, strict=True):
            _check(text[each.start : each.end], line)
            yield each, line


def shown(value: str | None, old: Node, *, ascii_only: bool) -> str:
    """Write a value as JSON, of the kind the old one was."""
    if value is None:
        return "null"
    return json.dumps(value, ensure_ascii=ascii_only) if old.sign == '"' else value


def _check(old: str, new: str) -> None:
    """Raise ``Hindered`` where a number or a truth value would become something else."""
    if old.startswith('"'):
        return
    if old in {"true", "false"}:
        if new in {"true", "false"}:
            return
    elif _NUMBER.fullmatch(new):
        return
    raise Hindered(Why.WRONG_TYPE, _KIND)


def _nested(text: str, start: int, sign: str) -> Node:
    inner: list[tuple[str | None, Node]] = []
    close = "}" if sign == "{" else "]"
    at = _skip(text, start + 1)
    while text[at : at + 1] != close:
        key = None
        if sign == "{":
            key, at = _string(text, at)
            at = _taken(text, at, ":")
        found = node(text, at)
        inner.append((key, found))
        at = _skip(text, found.end)
        if text[at : at + 1] != close:
            at = _skip(text, _taken(text, at, ","))
    return Node(start, at + 1, sign, tuple(inner))


def _string(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        raise ValueError("no string")
    value, end = _DECODER.raw_decode(text, at)
    return str(value), end


def _taken(text: str, at: int, sign: str) -> int:
    at = _skip(text, at)
    if text[at : at + 1] != sign:
        raise ValueError("not as expected")
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
