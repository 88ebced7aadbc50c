"""Tables in a file: a database that holds several, each with rows of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from connectors.place import Field, ForeignKey
from connectors.readers.base import Gap, Piece


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What is declared of a table, or of a view; ``gap`` says why it can't be read, if it can't."""

    name: str
    kind: str = "table"
    fields: tuple[Field, ...] = ()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rows: int | None = None
    encoding: str | None = None
    encoding_evidence: str = ""
    gap: Gap | None = None


class Tables(Protocol):
    """An open file of tables. Several may be read at once, each in a thread of its own."""

    def layouts(self) -> Iterator[TableLayout]:
        """List its tables."""
        ...

    def has(self, table: str) -> bool:
        """Tell whether there is a table of the name."""
        ...

    def read(self, table: str) -> Iterator[Piece | Gap]:
        """Read one table."""
        ...

    def gap(self) -> Gap | None:
        """Tell what is wrong with the file as a whole, if anything is."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
