"""Finding in many texts at once, without doing twice what was dear.

Short texts come again in the next batch; what was found in them is remembered, up to a bound, where
finding it took cutting them into words.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from cachetools import LRUCache

from scanners.finding import Finding
from scanners.normalize import fold
from scanners.overlap import strongest
from scanners.recognizers.base import Recognizer
from scanners.things.text import somebodys

#: Texts remembered, and the length up to which they are.
_REMEMBERED, _SHORT = 16_384, 200

#: The numbers of the recognizers that are asked of a text.
Asked = frozenset[int]
Question = tuple[str, Asked]
Findings = tuple[Finding, ...]


class Finder:
    """Asks recognizers, each of many texts at once; safe to share between threads."""

    def __init__(self, known: Sequence[Recognizer]) -> None:
        self._known = tuple(known)
        self._dear = frozenset(at for at, one in enumerate(known) if one.NEEDS_TOKENS)
        self._memory: LRUCache[Question, Findings] = LRUCache(_REMEMBERED)
        self._lock = threading.Lock()

    def find(self, asked: Sequence[Question]) -> list[Findings]:
        """Return what is found in each text by those asked of it; overlaps are settled."""
        with self._lock:
            known = {one: self._memory[one] for one in asked if one in self._memory}
        new = [one for one in dict.fromkeys(asked) if one not in known]
        known.update(zip(new, self._found(new), strict=True))
        self._remember(new, known)
        return [known[one] for one in asked]

    def _found(self, asked: Sequence[Question]) -> list[Findings]:
        texts = [fold(text) for text, _ in asked]
        found: list[list[Finding]] = [[] for _ in asked]
        for number, recognizer in enumerate(self._known):
            chosen = [at for at, (_, whom) in enumerate(asked) if number in whom]
            answers = recognizer.find_each([texts[at] for at in chosen]) if chosen else []
            for at, some in zip(chosen, answers, strict=True):
                found[at] += some
        return [
            tuple(strongest(somebodys(some, text, lambda one: one.entity)))
            for some, text in zip(found, texts, strict=True)
        ]

    def _remember(self, new: Sequence[Question], known: dict[Question, Findings]) -> None:
        with self._lock:
            for one in new:
                if len(one[0]) <= _SHORT and not self._dear.isdisjoint(one[1]):
                    self._memory[one] = known[one]
