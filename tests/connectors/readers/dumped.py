"""What tests of SQL dumps share: a dump read to its end, table by table."""

from __future__ import annotations

import io
from dataclasses import dataclass

from connectors.readers.base import Gap
from connectors.readers.media import media_type
from connectors.readers.sql_dump import SqlReader, rows
from connectors.readers.sql_index import Index, index

Row = tuple[str | None, ...]

#: Texts that a dump must bring through, whatever its dialect.
HOSTILE = (
    "山田 太郎",
    'O\'Reilly "quoted" `back`',
    "two\nlines\r\nand\ttabs",
    "C:\\new\\table \\' \\\\",
    "\\N",
    "NULL",
    "\\.",
    "a),(1,'b');\nINSERT INTO t VALUES ('x');--",
    "/* no comment */ $$ $x$ # -- ;",
    "",
    " spaces ",
    "ソ表予 ～－",
    "trailing \\",
    "'",
)
EMOJI = "😀 𠮷野家"
#: Names that a table and a column may have.
TABLE = 'x"; drop table "y'
COLUMN = "氏名 `'),("


@dataclass(frozen=True)
class Dump:
    """A dump's tables by name, each with its rows; lines of text by number; gaps by table."""

    index: Index
    tables: dict[str, list[Row]]
    columns: dict[str, list[str]]
    text: dict[str, str]
    gaps: dict[str, list[Gap]]


def dump(data: bytes, hint: str = "dump.sql") -> Dump:
    """Read a dump to its end, checking what holds for every one."""
    assert media_type(io.BytesIO(data), hint) == "application/sql"
    found = index(io.BytesIO(data))
    made = Dump(found, {}, {}, _text(data), {})
    for name, table in found.tables.items():
        made.tables[name], made.gaps[name], made.columns[name] = [], [], []
        for piece in rows(io.BytesIO(data), found, table):
            if isinstance(piece, Gap):
                made.gaps[name].append(piece)
                continue
            first = len(made.tables[name]) + 1
            numbers = range(first, first + len(piece.records))
            assert piece.records.to_pylist() == [f'{{"row":{number}}}' for number in numbers]
            made.columns[name] = piece.values.schema.names
            made.tables[name] += [tuple(row.values()) for row in piece.values.to_pylist()]
    return made


def _text(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in SqlReader().read(io.BytesIO(data), "dump.sql"):
        if not isinstance(piece, Gap):
            texts = piece.values.column("text").to_pylist()
            found |= dict(zip(piece.records.to_pylist(), texts, strict=True))
    return found
