"""SQLダンプ (SQL dump): a database written out as the statements that make it again.

pg_dump's plain format (COPY or INSERT), mysqldump and mariadb-dump, SQLite's ``.dump`` and any
script of INSERTs. Each table's rows are named ``{"row":n}`` in the order they stand; what is no row
(declarations, routines, comments) is read as lines of text, ``{"line":n}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from connectors.place import Field, Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.sql_grammar import names
from connectors.readers.sql_head import MEDIA_TYPE, head
from connectors.readers.sql_index import Index
from connectors.readers.sql_rows import Table, gathered
from connectors.readers.sql_scan import Lines, Rest, Rows, scan
from connectors.readers.sql_table import DumpTable
from connectors.readers.sql_text import TextLines


class SqlReader:
    """Reads what in a dump is no row."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Tell the encoding; the only field is ``text``."""
        guess = head(file).guess
        return Layout(MEDIA_TYPE, (Field("text", "string"),), guess.codec, guess.evidence)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read the lines that hold statements other than rows, and comments."""
        told = head(file)
        window = told.opened(file)
        lines = TextLines(escapes=told.grammar.escapes)
        for part in scan(window, told.grammar):
            if isinstance(part, Rest):
                yield from lines.take(part)
        yield from lines.last()
        if window.damage is not None:
            yield Gap(Status.PARTIAL, str(window.damage))


def rows(file: BinaryIO, index: Index, table: DumpTable) -> Iterator[Piece | Gap]:
    """Read one table's rows."""
    reading = Table(index.head.grammar, table)
    for part in gathered(_parts(file, index, table)):
        yield from reading.pieces(part)
    yield from reading.gaps()


def _parts(file: BinaryIO, index: Index, table: DumpTable) -> Iterator[Rows | Lines]:
    for stretch in table.stretches:
        window, scope = index.head.opened(file, stretch.start), stretch.scope
        for part in scan(window, index.head.grammar):
            if part.at >= stretch.end:
                break
            if isinstance(part, Rest):
                scope = scope.after(part.body)
            elif isinstance(part, Rows | Lines) and scope.named(names(part.table)) == table.name:
                yield part
