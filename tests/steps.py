"""How many steps a regular expression takes over a text, counted without a clock.

CPython's matcher looks for signals every 4,096 steps (``SRE(match)``, ``Modules/_sre/sre_lib.h``).
A signal that is raised again each time it is handled is thus handled once per 4,096 steps, on every
machine alike. Two things would escape the count, and are made to enter it: a repetition of one
character runs in a loop of its own, so ``slowed`` gives each repeated body a second, empty item;
and between two statements Python handles signals too, so the signal is set, the pattern run and its
end told within one call of C (``list(starmap(call, …))``).
"""

from __future__ import annotations

import ctypes
import re
import signal
from collections.abc import Callable, Iterator
from functools import partial
from itertools import starmap
from operator import call
from re import _compiler, _constants, _parser
from typing import Any

#: Steps between two looks for signals.
EVERY = 4096
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}

_SIGNAL = signal.SIGUSR1
_set = ctypes.pythonapi.PyErr_SetInterruptEx
_set.argtypes = [ctypes.c_int]


def steps(run: Callable[[str], object], text: str, most: int) -> int:
    """Return how many times ``EVERY`` steps ``run(text)`` took; at ``most`` it is stopped."""
    seen: list[int] = []
    ended: list[bool] = []

    def count(_signal: int, _frame: object) -> None:
        if not ended:
            seen.append(1)
            again = _Again()  # sets the signal when this frame is gone, behind its last statement
            if len(seen) >= most:
                raise _Enough(again)

    before = signal.signal(_SIGNAL, count)
    try:
        list(starmap(call, [(_set, _SIGNAL), (run, text), (ended.append, True)]))
    except _Enough:
        ended.append(True)
    finally:
        signal.signal(_SIGNAL, before)
    return len(seen)


def slowed(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return a pattern that matches the same and counts each character that it repeats."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    for body in _repeated(tree):
        nothing = _parser.SubPattern(tree.state)
        body.append((_constants.SUBPATTERN, (None, 0, 0, nothing)))
    return _compiler.compile(tree, pattern.flags)


def within(op: object, what: Any) -> list[Any]:
    """Return the parts of one item of a parsed pattern."""
    if op in REPEATS:
        return [what[2]]
    if op is _constants.BRANCH:
        return list(what[1])
    if op is _constants.SUBPATTERN:
        return [what[3]]
    if op in {_constants.ASSERT, _constants.ASSERT_NOT}:
        return [what[1]]
    if op is _constants.ATOMIC_GROUP:
        return [what]
    return [part for part in what[1:] if part] if op is _constants.GROUPREF_EXISTS else []


def _repeated(tree: Any) -> Iterator[Any]:
    for op, what in tree:
        for part in within(op, what):
            yield from _repeated(part)
            if op in REPEATS:
                yield part


class _Enough(Exception):
    """So many steps that they need not be counted to the end."""


class _Again:
    """Sets the signal when it is dropped: by C alone, so that nothing handles it at once."""

    __del__ = staticmethod(partial(_set, _SIGNAL))
