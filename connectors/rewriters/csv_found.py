"""Records of a table in text as found in its bytes, whichever way they were looked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """A record's bytes from ``start`` to before ``end``, its last line's end included.

    ``quoted`` is false where a quote in it was left open and is a character. ``row`` are its cells
    where they were read. No ``repr``: it holds a person's data.
    """

    start: int
    end: int
    quoted: bool = True
    row: tuple[str, ...] | None = None


@dataclass(slots=True, repr=False)
class Found:
    """``spans`` of the records wanted by number, and how many ``records`` there are in all.

    ``is_compared``: the reader was asked, and a record without ``row`` is another to it.
    ``unclosed``: somewhere a quote is left open, so that a new one might close it.
    """

    wanted: Collection[int]
    spans: dict[int, Record] = field(default_factory=dict)
    records: int = 0
    is_compared: bool = False
    unclosed: bool = False
