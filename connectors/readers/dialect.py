"""How a table in text is written: what stands between cells, and what around them.

RFC 4180 is what everybody means and nobody checks; tabs, semicolons and bars are as common, and
databases escape quotes with a backslash instead of doubling them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 50

# The library's limit of 131,072 characters a cell is for the whole process and refuses real memos.
csv.field_size_limit(1 << 27)


@dataclass(frozen=True, slots=True)
class Dialect:
    """``delimiter`` between cells, ``quote`` around one, ``escape`` before a quote within."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None

    def rows(self, lines: Iterable[str], *, quoted: bool = True) -> Any:  # csv's own reader
        """Read ``lines`` as rows of cells with Python's reader."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape,
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        )


def find(lines: Sequence[str], hint: str) -> Dialect:
    """Find the dialect of a table's first ``lines``; ``hint`` is the file's name."""
    quote = "'" if _uses_single_quotes(lines) else '"'
    escape = "\\" if _escapes(lines) else None
    usual = "\t" if hint.lower().endswith((".tsv", ".tab")) else ","
    candidates = (Dialect(delimiter, quote, escape) for delimiter in _DELIMITERS)
    return max(candidates, key=lambda each: (_regularity(each, lines), each.delimiter == usual))


def is_table(lines: Sequence[str], delimiter: str) -> bool:
    """Say whether all ``lines``, three or more, have the same number of cells, two or more."""
    widths = _widths(Dialect(delimiter), lines)
    return len(widths) == 1 and sum(widths.values()) > 2 and min(widths) > 1  # noqa: PLR2004


def _regularity(dialect: Dialect, lines: Sequence[str]) -> float:
    """Tell how many rows have the usual width, from 0; more than one column counts double."""
    widths = _widths(dialect, lines)
    width, rows = max(widths.items(), key=lambda item: item[1] * (item[0] > 1), default=(1, 0))
    return 0.0 if width < 2 else rows / sum(widths.values()) + min(width, 20) / 1000  # noqa: PLR2004


def _widths(dialect: Dialect, lines: Sequence[str]) -> Counter[int]:
    try:
        return Counter(len(row) for row in dialect.rows(lines[:_SAMPLE]) if row)
    except csv.Error:
        return Counter()


def _uses_single_quotes(lines: Sequence[str]) -> bool:
    head = [line.strip() for line in lines[:_SAMPLE] if line.strip()]
    quoted = sum(line[0] == line[-1] == "'" and len(line) > 1 for line in head)
    return bool(head) and quoted * 2 > len(head) and not any('"' in line for line in head)


def _escapes(lines: Sequence[str]) -> bool:
    head = "".join(lines[:_SAMPLE])
    return '\\"' in head and '""' not in head
