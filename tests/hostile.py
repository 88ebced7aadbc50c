"""Texts made from a pattern itself to keep its matcher busy: a beginning, a pump, and no good end.

Whatever the pattern repeats often is repeated behind a sample of what comes before it (each way of
the repeated body, each kind of character that it takes), and so is the sample together with it,
since a search begins anew at each place where the pattern could begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _compiler, _constants, _parser
from typing import Any

from tests.steps import REPEATS, within

#: Of each kind of character that patterns here tell apart, one.
KINDS = " 1aAあア漢ー-,.@/:;_~\n\t()[]<\"'|=年第〒+\0"
#: Ends that patterns rarely wait for.
ENDS = "\0a漢"
#: A repetition of fewer than these adds no more than a constant.
OFTEN = 50


class Hostile:
    """What can be made of one pattern."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._flags = pattern.flags
        self._tree = _parser.parse(pattern.pattern, pattern.flags)
        self._kinds = dict.fromkeys(KINDS + pattern.pattern)
        self._known: dict[str, list[str]] = {}

    def texts(self, length: int) -> Iterator[str]:
        """Yield the texts, each of about ``length`` characters; the same ones in the same order."""
        for before, pump in self._attacks():
            for end in ENDS:
                yield before + pump * (length // len(pump)) + end

    def _attacks(self) -> dict[tuple[str, str], None]:
        found = {("", self._sample(self._tree)): None}
        for before, body in self._repeats(self._tree):
            for pump in (self._sample(body), self._sample(body, last=True), *self._taken(body)):
                found |= {(before, pump): None, ("", before + pump): None}
        return {attack: None for attack in found if attack[1]}

    def _repeats(self, tree: Any, before: str = "") -> Iterator[tuple[str, Any]]:
        for at, (op, what) in enumerate(tree):
            here = before + self._sample(tree[:at])
            if op in REPEATS and what[1] > OFTEN:
                yield here, what[2]
            for part in within(op, what):
                yield from self._repeats(part, here)

    def _sample(self, tree: Any, *, last: bool = False) -> str:
        return "".join(self._one(op, what, last) for op, what in tree)

    def _one(self, op: object, what: Any, last: bool) -> str:
        if op in REPEATS:
            return self._sample(what[2], last=last) * max(what[0], min(1, what[1]) - last)
        if op in {_constants.ASSERT, _constants.ASSERT_NOT}:
            return ""
        if parts := within(op, what):
            return self._sample(parts[-1 if last else 0], last=last)
        return self._characters(op, what)[-1 if last else 0]

    def _taken(self, body: Any) -> list[str]:
        """Return the characters that a body of one character takes, one of each kind."""
        if len(body) != 1:
            return []
        ((op, what),) = body
        return self._taken(what[3]) if op is _constants.SUBPATTERN else self._characters(op, what)

    def _characters(self, op: object, what: Any) -> list[str]:
        if op is _constants.LITERAL:
            return [chr(what)]
        if op not in {_constants.IN, _constants.ANY, _constants.NOT_LITERAL}:
            return [""]
        return self._known.setdefault(repr(what), self._matching(op, what))

    def _matching(self, op: object, what: Any) -> list[str]:
        one = _parser.SubPattern(self._tree.state, [(op, what)])
        kind = _compiler.compile(one, self._flags)
        everywhere = (chr(code) for code in range(0x30000))
        return [c for c in self._kinds if kind.fullmatch(c)] or [
            next(c for c in everywhere if kind.fullmatch(c))
        ]
