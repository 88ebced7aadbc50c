"""A rewriter writes a file again without some of its records, or with other values in them.

One module a format, beside its reader and counting records exactly as that does. What isn't named
stays as it was: to the byte, or where a format can't, to the value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from connectors.change import Why


@dataclass(frozen=True, slots=True, repr=False)
class Edit:
    """What is to be done to one record; no ``repr``: it holds a person's data.

    ``record`` is the reader's own name of it; without ``values`` it is cut, else they are written,
    by field (``None`` empties it).
    """

    record: str
    values: Mapping[str, str | None] | None


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an edit can't be made; ``sentence`` names no value."""

    record: str
    why: Why
    sentence: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a rewriting came to: the records in the new file, and what couldn't be done.

    ``sentence`` says what changed beside the values (recompressed, without bloom filters), if
    anything did.
    """

    rows: int
    refused: tuple[Hindrance, ...] = ()
    sentence: str = ""


class Rewriter(Protocol):
    """One file format. ``file`` is binary and seekable, at position 0, and the caller closes it."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the file to ``out`` with the edits made; after a hindrance ``out`` is worthless."""
        ...
