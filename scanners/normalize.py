"""正規化 (folding): one form for the many ways in which one character is written.

NFKC (Unicode Standard Annex 15) makes ``ﾀﾞ`` ``ダ``, ``㍻`` ``平成`` and ``１`` ``1``. It changes
lengths, so a fold remembers where each character came from.

Rules of this module:

- ``fold(text).text == unicodedata.normalize("NFKC", text)``, always.
- A span of the folded text maps to a span inside the text as given; greater offsets never map to
  smaller ones; half of a character that folding made longer (``㈱``) maps to the whole of it.
- Hyphens are left as they are, since ー is a letter between kana: a pattern that allows a hyphen
  between digits says ``HYPHEN``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

#: What people type for a hyphen between digits, after folding, as a regular expression.
HYPHEN = "[-‐‑‒–—―−─ー]"


@dataclass(frozen=True, slots=True, repr=False)
class Folded:
    """A folded text that knows the text it came from; it has no ``repr``."""

    text: str
    source: str
    #: For each folded character the span of its origin; empty until first asked for.
    _origins: list[tuple[int, int]] = field(default_factory=list, compare=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map ``[start, end)`` of the folded text to ``[start, end)`` of the text as given."""
        if self.text == self.source:
            return start, end
        if not self._origins:
            self._origins.extend(_origins(self.source))
        if start >= len(self._origins):
            return len(self.source), len(self.source)
        first = self._origins[start][0]
        return first, (self._origins[end - 1][1] if end > start else first)


def fold(text: str) -> Folded:
    """Fold ``text``; text that is folded already costs one look."""
    if unicodedata.is_normalized("NFKC", text):
        return Folded(text, text)
    return Folded(unicodedata.normalize("NFKC", text), text)


def fold_values(values: pa.StringArray) -> pa.StringArray:
    """Fold a column; nulls stay null."""
    return pc.utf8_normalize(values, form="NFKC")


def _origins(source: str) -> Iterator[tuple[int, int]]:
    for start, end in _pieces(source):
        for _ in unicodedata.normalize("NFKC", source[start:end]):
            yield start, end


def _pieces(source: str) -> Iterator[tuple[int, int]]:
    """Cut where normalising the parts apart gives the same as normalising the whole."""
    start = 0
    for end in range(1, len(source)):
        if _begins_anew(source[end]):
            yield start, end
            start = end
    if source:
        yield start, len(source)


def _begins_anew(char: str) -> bool:
    if char.isascii():
        return True
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first)[0] != "M" and not _joins_as_letter(first)


def _joins_as_letter(char: str) -> bool:
    """Tell the few letters that compose with the one before: Hangul jamo and Kirat Rai vowels."""
    return "\u1160" <= char <= "\u11ff" or "\U00016d63" <= char <= "\U00016d6a"
