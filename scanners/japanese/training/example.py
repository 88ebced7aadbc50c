"""例文 (an example): a text and where in it persons are named.

A span covers the name alone: surname, given name and what joins them (a space, ・), numerals of
rulers (ルイ15世), no honorific and no post.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A text; ``persons`` are spans ``[start, end)`` in characters, in order, apart."""

    text: str
    persons: tuple[tuple[int, int], ...]
    source: str

    @property
    def names(self) -> tuple[str, ...]:
        """The persons as written."""
        return tuple(self.text[start:end] for start, end in self.persons)
