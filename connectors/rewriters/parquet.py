"""Parquet, written again without some rows or with other values in them.

Row groups in which nothing changes are copied byte for byte. One that changes keeps its place,
types, codecs, encodings and order; a group of which nothing stays is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import parquet as pq

from connectors.change import Why
from connectors.rewriters.base import Edit, Hindrance, Rewritten
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.named import gone_of, merged, numbers
from connectors.rewriters.parquet_file import (
    COLUMNS,
    CRYPTO,
    ENCRYPTION,
    FILE_PATH,
    GROUP_ROWS,
    ROW_GROUPS,
    Group,
    assemble,
    footer,
    integer,
    structs,
)
from connectors.rewriters.parquet_group import again, has_filter
from connectors.rewriters.parquet_value import replaced
from connectors.rewriters.thrift import Struct

_CLOSED = "It is encrypted, or parts of it lie in other files; change it where it was made."
_DAMAGED = "Its footer or a row group can't be read; restore it."
_NO_FILTER = "a row group was written again without its bloom filters"


class ParquetRewriter:
    """Cuts rows, and writes values."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the table again."""
        wanted = numbers(edits, "row")
        work = _Work(file, wanted)
        known = {edit.record for edit in wanted.values()}
        work.refused += [gone_of(record) for record in merged(edits) if record not in known]
        try:
            groups = list(work.groups())
        except Hindered as hindered:
            work.refuse(edits, hindered)
        except (ValueError, IndexError, pa.ArrowException):
            work.refuse(edits, Hindered(Why.BY_HAND, _DAMAGED))
        if work.refused:
            return Rewritten(0, tuple(work.refused))
        return Rewritten(assemble(work.footer, groups, out), (), work.sentence)


class _Work:
    """One rewriting, and what is refused."""

    def __init__(self, file: BinaryIO, wanted: Mapping[int, Edit]) -> None:
        self._file = file
        self._wanted = wanted
        self.footer: Struct = {}
        self.refused: list[Hindrance] = []
        self.sentence = ""

    def refuse(self, edits: Sequence[Edit], why: Hindered) -> None:
        """Refuse all that isn't refused already."""
        told = {each.record for each in self.refused}
        self.refused += [
            Hindrance(record, why.why, str(why)) for record in merged(edits) if record not in told
        ]

    def groups(self) -> Iterator[Group]:
        """Yield the row groups of the new file; raises ``Hindered``."""
        self.footer = footer(self._file)
        found = structs(self.footer, ROW_GROUPS)
        if ENCRYPTION in self.footer or any(map(_is_elsewhere, found)):
            raise Hindered(Why.BY_HAND, _CLOSED)
        self._file.seek(0)
        table = pq.ParquetFile(self._file)
        first = 1
        for number, fields in enumerate(found):
            rows = integer(fields, GROUP_ROWS)
            some = {at - first: one for at, one in self._wanted.items() if 0 <= at - first < rows}
            group = Group(self._file, fields)
            yield from self._changed(table, group, number, some) if some else iter([group])
            first += rows
        self.refused += [
            gone_of(edit.record) for at, edit in self._wanted.items() if not 0 < at < first
        ]

    def _changed(
        self, file: pq.ParquetFile, group: Group, number: int, edits: Mapping[int, Edit]
    ) -> Iterator[Group]:
        table = file.read_row_group(number)
        for at, edit in edits.items():
            try:
                table = replaced(table, at, edit.values) if edit.values else table
            except Hindered as hindered:
                self.refused.append(Hindrance(edit.record, hindered.why, str(hindered)))
        kept = np.ones(table.num_rows, np.bool_)
        kept[[at for at, edit in edits.items() if edit.values is None]] = False
        if not kept.all():
            table = table.filter(pa.array(kept))
        if has_filter(group):
            self.sentence = _NO_FILTER
        if table.num_rows and not self.refused:
            yield again(file, group, number, table, self.footer)


def _is_elsewhere(group: Struct) -> bool:
    return any(FILE_PATH in column or CRYPTO in column for column in structs(group, COLUMNS))
