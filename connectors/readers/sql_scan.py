"""The parts of a dump in their order: rows of tables, and the statements around them.

Of a table's rows as many are told at once as the window holds, whether one statement gives
thousands or each gives one; a statement of any length takes no more memory than a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.readers.sql_grammar import (
    AFTER_ROWS,
    COPY,
    DELIMITER,
    DELIMITER_BACK,
    INSERT,
    LINE,
    ROUTINE,
    Grammar,
)
from connectors.readers.sql_window import MOST, Window

#: A statement's head, with the names of all its columns, is shorter.
_HEAD = 1 << 18
#: Why a dump is read in part.
CUT = "the dump breaks off before its end; make it anew"
ODD = "some of its rows aren't understood; they were read as text, with the dump's other lines"
#: No line of values begins so.
_END = b"\n\\."


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """Whole rows in parentheses of a table, as bytes from the place ``at`` on; no ``repr``.

    ``head`` is what stands before the rows of each statement.
    """

    head: bytes
    table: bytes
    columns: bytes | None
    body: bytes
    at: int


@dataclass(frozen=True, slots=True, repr=False)
class Lines:
    """Whole lines of a ``COPY`` block; no ``repr``."""

    table: bytes
    columns: bytes | None
    body: bytes
    at: int


@dataclass(frozen=True, slots=True, repr=False)
class Rest:
    """What is no row: a statement or comments, from ``line`` on; no ``repr``."""

    body: bytes
    at: int
    line: int


@dataclass(frozen=True, slots=True)
class Broken:
    """The dump breaks off or isn't understood, within rows of ``table`` or elsewhere."""

    table: bytes | None
    at: int
    reason: str


Part = Rows | Lines | Rest | Broken


def scan(window: Window, grammar: Grammar) -> Iterator[Part]:
    """Go through a dump from where the window stands to its end."""
    while window.has(_HEAD):
        data, pos = window.data, window.pos
        if space := grammar.space.match(data, pos):
            yield _rest(window, space.end())
        elif head := INSERT.match(data, pos):
            yield from _inserted(window, grammar, head)
        elif head := COPY.match(data, pos):
            yield from _copied(window, head)
        elif line := LINE.match(data, pos):
            yield _rest(window, line.end())
        else:
            yield from _other(window, grammar)


def _rest(window: Window, end: int) -> Rest:
    at, line = window.at, window.line()
    return Rest(window.take(end), at, line)


def _inserted(window: Window, grammar: Grammar, head: re.Match[bytes]) -> Iterator[Part]:
    rows, at = grammar.rows(head[0]), window.at
    window.pos = head.end()
    while True:
        found = rows.match(window.data, window.pos)
        end = found.end() if found else window.pos
        if end > window.pos:
            yield Rows(head[0], head[1], head[2], window.take(end), at)
        at = window.at
        after = AFTER_ROWS.match(window.data, end)
        if after:
            window.pos = after.end()
            return
        is_whole = grammar.statement.match(window.data, end)  # a row that can't be understood
        if is_whole or window.left > MOST or not window.more():
            break
    if window.left and not window.data[window.pos :].isspace():
        yield Broken(head[1], at, ODD if is_whole else CUT)
        yield from _other(window, grammar)


def _copied(window: Window, head: re.Match[bytes]) -> Iterator[Part]:
    at, start = window.at, head.end() - 1
    window.pos = start
    while True:
        end = window.data.find(_END, window.pos)
        last = end if end >= 0 else window.data.rfind(b"\n")
        if last > window.pos:
            body = window.take(last)[1:] + b"\n"
            yield Lines(head[1], head[2], body, at)
            at = window.at
        if end >= 0:
            line = window.data.find(b"\n", end + 1)
            window.pos = line + 1 if line >= 0 else len(window.data)
            return
        if window.left > MOST:
            yield Broken(head[1], window.at, CUT)
            yield _rest(window, len(window.data) - 1)
        if not window.more():
            yield Broken(head[1], window.at, CUT)
            yield _rest(window, len(window.data))
            return


def _other(window: Window, grammar: Grammar) -> Iterator[Part]:
    """Pass one statement, or all that is left where nothing ends it."""
    while True:
        end = _end(window, grammar)
        if end is not None:
            yield _rest(window, end)
            return
        if window.left > MOST or not window.more():
            break
    if not grammar.statement.fullmatch(window.data[window.pos :] + b";"):
        yield Broken(None, window.at, CUT)
    while window.has(1):
        yield _rest(window, len(window.data))


def _end(window: Window, grammar: Grammar) -> int | None:
    """Find where a statement ends; ``None`` where the window doesn't hold it whole."""
    data, pos = window.data, window.pos
    if head := DELIMITER.match(data, pos):
        return _delimited(window, head)
    found = grammar.statement.match(data, pos)
    if found and ROUTINE.match(data, pos, found.end()):
        depth = _depth(grammar, found[0])
        while found and depth > 0:
            found = grammar.statement.match(data, found.end())
            depth += _depth(grammar, found[0]) if found else 0
    return found.end() if found else None


def _delimited(window: Window, head: re.Match[bytes]) -> int | None:
    """Pass what stands between a client's changes of what ends a statement."""
    if head[1] == b";":
        return head.end()
    back = DELIMITER_BACK.search(window.data, head.end())
    return back.end() if back else None


def _depth(grammar: Grammar, statement: bytes) -> int:
    """Tell how many more blocks a part of a routine opens than it closes."""
    found = grammar.blocks.finditer(statement)
    return sum(bool(one[1]) - bool(one[2]) for one in found)
