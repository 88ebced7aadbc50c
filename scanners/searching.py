"""Searching: what recognizers find inside values, once RE2 has seen which could hold anything.

All prefilters go over a column as one pattern; only where it matches, each recognizer's own is
asked, and only then ``find``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanners.finding import Entity
from scanners.placing import Chunk, inside
from scanners.recognizers.base import Recognizer
from scanners.remembered import Asked, Finder


class Search:
    """Searches values with a set of recognizers."""

    def __init__(self, known: Sequence[Recognizer]) -> None:
        self._known = tuple(known)
        self._finder = Finder(self._known)

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
        found = self._finder.find(list(zip(texts, askings, strict=True)))
        owners = chosen.to_pylist()
        return inside(
            [(owner, one) for owner, ones in zip(owners, found, strict=True) for one in ones]
        )

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


def _chosen(asked: Sequence[int], row: bytes) -> Asked:
    bits = np.unpackbits(np.frombuffer(row, np.uint8), count=len(asked))
    return frozenset(at for at, bit in zip(asked, bits, strict=True) if bit)
