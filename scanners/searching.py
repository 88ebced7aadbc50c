"""Searching: what recognizers find inside values, once RE2 has seen which could hold anything.

All prefilters go over a column as one pattern; only where it matches, each recognizer's own is
asked, and only then ``find``. Short texts come again in the next batch, so what was found in them
is remembered, up to a bound, where finding it took cutting them into words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanners.finding import Entity, Finding
from scanners.normalize import fold
from scanners.overlap import strongest
from scanners.placing import Chunk, inside
from scanners.recognizers.base import Recognizer

#: Texts remembered, and the length up to which they are.
_REMEMBERED, _SHORT = 16_384, 200

Asked = frozenset[int]


class Search:
    """Searches values with a set of recognizers."""

    def __init__(self, known: Sequence[Recognizer]) -> None:
        self._known = tuple(known)
        self._dear = frozenset(at for at, one in enumerate(known) if one.NEEDS_TOKENS)
        self._remembered = lru_cache(_REMEMBERED)(self._find)

    def search(
        self,
        given: pa.StringArray,
        folded: pa.StringArray,
        open_: pa.BooleanArray,
        closed: frozenset[Entity],
    ) -> Chunk:
        """Search the values of ``given`` that are open, for every entity that isn't closed."""
        asked = [at for at, one in enumerate(self._known) if one.ENTITY not in closed]
        chosen = pc.indices_nonzero(pc.fill_null(open_, False))
        chosen = chosen.filter(self._any(folded.take(chosen), asked))
        texts = given.take(chosen).to_pylist()
        askings = self._askings(folded.take(chosen), asked)
        found = (
            (owner, one)
            for owner, text, whom in zip(chosen.to_pylist(), texts, askings, strict=True)
            for one in self._in(text, whom)
        )
        return inside(list(found))

    def _any(self, folded: pa.StringArray, asked: Iterable[int]) -> pa.BooleanArray:
        filters = [self._known[at].PREFILTER for at in asked]
        if not all(filters):
            return pa.repeat(pa.scalar(bool(filters)), len(folded))
        return pc.match_substring_regex(folded, "|".join(f"(?:{one})" for one in filters) or "$.")

    def _askings(self, folded: pa.StringArray, asked: Sequence[int]) -> list[Asked]:
        """Tell for each value which recognizers' prefilters it matches."""
        masks = [self._mask(folded, at) for at in asked]
        # A row of bits, packed, is hashed in a fraction of the time that sorting rows takes.
        packed = np.packbits(np.array(masks, bool).reshape(len(asked), len(folded)), axis=0)
        rows = [row.tobytes() for row in np.ascontiguousarray(packed.T)]
        known = {row: _chosen(asked, row) for row in set(rows)}
        return [known[row] for row in rows]

    def _mask(self, folded: pa.StringArray, at: int) -> npt.NDArray[np.bool_]:
        pattern = self._known[at].PREFILTER
        if not pattern:
            return np.ones(len(folded), bool)
        matched = pc.match_substring_regex(folded, pattern)
        return np.asarray(matched.to_numpy(zero_copy_only=False), bool)

    def _in(self, text: str, asked: Asked) -> tuple[Finding, ...]:
        worthwhile = len(text) <= _SHORT and not self._dear.isdisjoint(asked)
        return (self._remembered if worthwhile else self._find)(text, asked)

    def _find(self, text: str, asked: Asked) -> tuple[Finding, ...]:
        folded = fold(text)
        found = (one for at in sorted(asked) for one in self._known[at].find(folded))
        return tuple(strongest(found))


def _chosen(asked: Sequence[int], row: bytes) -> Asked:
    bits = np.unpackbits(np.frombuffer(row, np.uint8), count=len(asked))
    return frozenset(at for at, bit in zip(asked, bits, strict=True) if bit)
