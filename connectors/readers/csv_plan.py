"""What the head of a table in text tells: its encoding, its dialect and its header.

Both the layout and the reading begin with it, so that they can't disagree.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from connectors.encoding import Guess
from connectors.readers import dialect as dialects
from connectors.readers.dialect import Dialect
from connectors.readers.head import head
from connectors.readers.header import HEAD_ROWS, Header, find


@dataclass(frozen=True, slots=True, repr=False)
class Title:
    """A line above the table, which belongs to no column. No ``repr``: it may name a person."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read a table in text; ``skip`` bytes of its UTF-8 form precede its records.

    ``is_small`` says that the head was all of it.
    """

    guess: Guess
    dialect: Dialect
    names: tuple[str, ...]
    skip: int
    titles: tuple[Title, ...]
    is_small: bool


def plan(file: BinaryIO, hint: str) -> Plan:
    """Look at the head of ``file``, whose name is ``hint``."""
    guess, lines, is_whole = head(file)
    dialect = dialects.find(lines, hint)
    rows, ends = _rows(lines, dialect)
    header = find(rows)
    before = ends[header.titles + header.rows - 1] if header.titles + header.rows else 0
    skip = sum(len(line.encode()) for line in lines[:before])
    return Plan(guess, dialect, header.names, skip, _titles(lines, ends, header), is_whole)


def _rows(lines: Sequence[str], dialect: Dialect) -> tuple[list[list[str]], list[int]]:
    """Read the first rows that aren't blank, and the number of the line that ends each."""
    rows, ends = [], []
    reader = dialect.rows(lines)
    try:
        for row in reader:
            if row:
                rows.append([cell.strip() for cell in row])
                ends.append(reader.line_num)
            if len(rows) == HEAD_ROWS:
                break
    except csv.Error:
        pass  # what follows is for the reading to tell
    return rows, ends


def _titles(lines: Sequence[str], ends: Sequence[int], header: Header) -> tuple[Title, ...]:
    last = ends[header.titles - 1] if header.titles else 0
    texts = (line.strip() for line in lines[:last])
    return tuple(Title(number, text) for number, text in enumerate(texts, 1) if text)
