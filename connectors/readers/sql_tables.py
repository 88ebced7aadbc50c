"""The tables of an SQL dump, wherever it lies, by an index made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO

from connectors.place import Status
from connectors.readers.base import Gap, Piece
from connectors.readers.sql_dump import rows
from connectors.readers.sql_index import Index
from connectors.readers.tables import TableLayout


class DumpTables:
    """The tables of a dump; ``opened`` gives its bytes anew, at their start."""

    def __init__(
        self,
        index: Index,
        opened: Callable[[], AbstractContextManager[BinaryIO]],
        close: Callable[[], None] | None = None,
    ) -> None:
        self._index, self._opened, self._close = index, opened, close

    def layouts(self) -> Iterator[TableLayout]:
        """List tables in the order in which they are met."""
        guess = self._index.head.guess
        for table in self._index.tables.values():
            yield TableLayout(
                table.name,
                fields=table.fields,
                primary_key=table.key,
                foreign_keys=table.references,
                rows=None if table.stretches else 0,
                encoding=guess.codec,
                encoding_evidence=guess.evidence,
            )

    def has(self, table: str) -> bool:
        """Tell whether there is a table of the name."""
        return table in self._index.tables

    def read(self, table: str) -> Iterator[Piece | Gap]:
        """Read a table's rows."""
        found = self._index.tables[table]
        if found.stretches:
            with self._opened() as file:
                yield from rows(file, self._index, found)

    def gap(self) -> Gap | None:
        """Tell whether the dump breaks off."""
        return Gap(Status.PARTIAL, self._index.cut) if self._index.cut else None

    def close(self) -> None:
        """Let go of a copy that was made for it."""
        if self._close is not None:
            self._close()
