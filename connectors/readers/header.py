"""見出し行: which of a table's first rows name its columns, and how the columns are then called.

A table written by people may have a title above it, no header at all, or two or three header rows
with merged cells (``連絡先`` over ``電話``, ``メール``). A header row differs from the rows below:
it holds words that name things, not dates, numbers and addresses, and its words don't recur.
Every column votes; a row of data taken for a header would leak a value as a field's name. So a form
filled in on a sheet (``氏名 | 山田 太郎``, below it ``生年月日 | 昭和60年4月1日``) has no header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from connectors.readers.cell import Shape, is_known_word, shape

Row = Sequence[str | None]

#: Rows looked at, and the most header rows a table can have.
HEAD_ROWS = 60
_MOST = 3
#: A form has at least so many lines; its labels aren't names of companies, which are words too.
_LINES = 3
_COMPANY = re.compile(r"(?:株式|有限|合同|合資|合名)会社")


@dataclass(frozen=True, slots=True)
class Header:
    """``names`` of the columns; ``titles`` rows come above the ``rows`` header rows (0: none)."""

    names: tuple[str, ...]
    titles: int
    rows: int


def find(grid: Sequence[Row], *, merged: bool = False) -> Header:
    """Find the header in a table's first rows, blank rows left out.

    ``merged`` says that merged cells were already filled in, so that an empty cell in an upper
    header row isn't one that the cell to its left spans.
    """
    grid = grid[:HEAD_ROWS]
    if _is_form(grid):
        return Header(names((), _width(grid, ()), merged=merged), 0, 0)
    titles = _titles(grid, merged=merged)
    rows = _depth(grid[titles:], merged=merged)
    if not rows and titles:
        titles, rows = 0, _depth(grid, merged=merged)
    width = _width(grid[titles + rows :], grid[titles : titles + rows])
    return Header(names(grid[titles : titles + rows], width, merged=merged), titles, rows)


def names(rows: Sequence[Row], width: int, *, merged: bool = False) -> tuple[str, ...]:
    """Join header rows with ``/``, call an empty one ``c3`` and number those that recur.

    >>> names([["番号", "連絡先", None], [None, "電話", "電話"]], 3)
    ('番号', '連絡先/電話', '連絡先/電話#2')
    """
    upper = [row if merged else _spread(row) for row in rows[:-1]]
    columns = zip(*(_padded(row, width) for row in (*upper, *rows[-1:])), strict=True)
    joined = ["/".join(_distinct(column)) for column in columns] or [""] * width
    return tuple(numbered_names(name or f"c{at}" for at, name in enumerate(joined, 1)))


def _is_form(grid: Sequence[Row]) -> bool:
    """Tell whether the words stand at the left, and beside them values of all kinds."""
    lines = [cells for row in grid if len(cells := _told_apart(row)) > 1]
    if len(lines) < _LINES or is_known_word(lines[0][1]):
        return False
    labels = {label for label, *_ in lines if is_known_word(label) and not _COMPANY.search(label)}
    kinds = Counter(shape(value) for _, value, *_ in lines)
    _, usual = kinds.most_common(1)[0]
    return len(labels) * 5 >= len(lines) * 3 and usual * 5 <= len(lines) * 3


def _told_apart(row: Row) -> list[str]:
    """Return the filled cells, one that several cells were merged into once."""
    return list(dict.fromkeys(_filled(row)))


def _titles(grid: Sequence[Row], *, merged: bool) -> int:
    """Count rows above the table: one or two cells at the left, or one text across it."""
    fullest = max((len(_filled(row)) for row in grid), default=0)
    left = min((at for row in grid for at, cell in enumerate(row) if cell), default=0)
    above = takewhile(lambda row: _is_title(row[left:], fullest, merged=merged), grid)
    number = sum(1 for _ in above)
    if number == len(grid) or (number and not _stands_apart(grid[number - 1], grid[number])):
        return 0
    return number


def _is_title(row: Row, fullest: int, *, merged: bool) -> bool:
    filled = _filled(row)
    if merged and _is_one_text(filled):
        return True
    if fullest < 3 or not filled:  # noqa: PLR2004  # a narrow table's rows are all short
        return not filled
    at_left = all(cell for cell in row[: len(filled)])
    return at_left and len(filled) <= 2 and len(filled) * 2 <= fullest  # noqa: PLR2004  # label: value


def _stands_apart(title: Row, header: Row) -> bool:
    """Tell a title from a group of columns: the header below has texts of its own there."""
    return len(set(_filled(title))) == 1 or all(
        at < len(header) and header[at] for at, cell in enumerate(title) if cell
    )


def _is_one_text(filled: Sequence[str]) -> bool:
    return len(filled) > 1 and len(set(filled)) == 1


def _depth(grid: Sequence[Row], *, merged: bool) -> int:
    """Count the header rows at the top of ``grid``."""
    depth = 0
    for number in range(min(_MOST, len(grid))):
        upper, row, body = grid[:number], grid[number], grid[number + 1 :]
        if not _names_columns(row, body, merged=merged):
            break
        if number and not _continues(upper[-1], row):
            break
        depth = number + 1
    return depth


def _continues(upper: Row, row: Row) -> bool:
    """Tell whether ``row`` divides what ``upper`` groups, or repeats it in another language."""
    groups = len(set(_filled(upper))) < max(len(upper), len(row))
    known = [cell for cell in _filled(row) if is_known_word(cell)]
    return bool(known) and (groups or len(known) * 5 >= len(_filled(row)) * 3)


def _names_columns(row: Row, body: Sequence[Row], *, merged: bool) -> bool:
    """Let every cell of ``row`` vote on whether it names the column below it."""
    filled = _filled(row)
    if not filled or (merged and _is_one_text(filled)):
        return False  # nothing, or a title across the table
    data = [cell for cell in filled if shape(cell).is_data]
    if len(data) * 10 >= len(filled) * 3:
        return False
    if not body:
        return any(map(is_known_word, filled))
    columns = ((cell, _column(body, at)) for at, cell in enumerate(row) if cell)
    return sum(_vote(cell, _under(cell, below) if merged else below) for cell, below in columns) > 0


def _vote(cell: str, below: Sequence[str]) -> float:
    """Tell how far ``cell`` names what stands ``below`` it: above zero for, under zero against."""
    own = shape(cell)
    if cell in below:
        return -2.0
    word = 2.0 if is_known_word(cell) else 0.0
    if not below:
        return word / 4
    kinds = Counter(map(shape, below))
    usual, times = kinds.most_common(1)[0]
    if own.is_data:
        return -2.0 if usual == own else -0.5
    if usual.is_data:
        recurs = own is not Shape.MIXED and kinds[own] * 4 >= len(below)
        return word + (0.0 if recurs else 2.0)
    if own == usual and own is not Shape.MIXED:
        return word - (0.5 if times * 10 >= len(below) * 9 else 0.0)
    return word + 0.5


def _under(cell: str, below: list[str]) -> list[str]:
    """Leave out the cells that were merged with ``cell``."""
    spanned = sum(1 for _ in takewhile(lambda each: each == cell, below[: _MOST - 1]))
    return below[spanned:]


def _column(rows: Sequence[Row], at: int) -> list[str]:
    return [cell for row in rows if at < len(row) and (cell := row[at])]


def _filled(row: Row) -> list[str]:
    return [cell for cell in row if cell]


def _width(body: Sequence[Row], header: Sequence[Row]) -> int:
    """Take the header's width, or the body's where most rows are longer or there is no header."""
    widths = Counter(map(len, body))
    named = max(map(len, header), default=0)
    if not header:
        return max(widths, default=0)
    return max(named, widths.most_common(1)[0][0] if widths else 0)


def _spread(row: Row) -> list[str | None]:
    """Give an empty cell the text to its left: on screen that cell spans it."""
    filled: list[str | None] = []
    for cell in row:
        filled.append(cell or (filled[-1] if filled else None))
    return filled


def _padded(row: Row, width: int) -> list[str | None]:
    return [*row, *[None] * (width - len(row))]


def _distinct(column: Sequence[str | None]) -> Iterator[str]:
    last = None
    for cell in column:
        text = " ".join((cell or "").split())
        if text and text != last:
            yield text
        last = text or last


def numbered_names(texts: Iterable[str]) -> Iterator[str]:
    """Number names that recur: the second ``name`` is ``name#2``."""
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    for text in texts:
        seen[text] += 1
        name = text if seen[text] == 1 else f"{text}#{seen[text]}"
        while name in taken:
            seen[text] += 1
            name = f"{text}#{seen[text]}"
        taken.add(name)
        yield name
