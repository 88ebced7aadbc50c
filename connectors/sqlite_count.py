"""How many rows an SQLite table has: counted, or of a large one estimated from a few thousand.

SQLite keeps no count, and counting reads the whole table, which may be the file. So short
stretches of a large table are read instead, and how far the rows' numbers go there tells how dense
they lie; where two neighbouring stretches disagree, what is between them is looked at closer. The
same rows give the same estimate, and numbers without holes their exact count.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from connectors.sql import Table, quoted
from connectors.sql_ranges import LEAST_ROWS

_STRETCH = 500
_LEAST_PARTS = 8
_MOST_STRETCHES = 400
_ALIKE = 1.25


class _Uneven(Exception):
    """Too many stretches disagree: counting is cheaper."""


def rows(connection: sqlite3.Connection, table: Table) -> int | None:
    """Return how many there are, about so many where the table is large; ``None`` of a view."""
    if table.kind == "view":
        return None  # counting a view is reading it
    try:
        lowest, highest = ends(connection, table) if table.rowid else (None, None)
        if lowest is None or highest is None or highest - lowest < LEAST_ROWS:
            return _counted(connection, table)
        return _Estimate(connection, table).rows(lowest, highest)
    except _Uneven:
        return _counted(connection, table)
    except sqlite3.DatabaseError:
        return None  # reading it will tell why


def ends(connection: sqlite3.Connection, table: Table) -> tuple[int | None, int | None]:
    """Return the least and the greatest number of a row."""
    one, name = table.rowid, quoted(table.name)
    # Each alone is found at one end of the table; asked for together, both take all of it.
    query = f"SELECT (SELECT min({one}) FROM {name}), (SELECT max({one}) FROM {name})"  # noqa: S608 (quoted)
    lowest, highest = connection.execute(query).fetchone()
    return lowest, highest


def _counted(connection: sqlite3.Connection, table: Table) -> int:
    query = f"SELECT count(*) FROM {quoted(table.name)}"  # noqa: S608 (quoted)
    return int(connection.execute(query).fetchone()[0])


@dataclass(slots=True)
class _Estimate:
    connection: sqlite3.Connection
    table: Table
    left: int = _MOST_STRETCHES

    def rows(self, low: int, high: int) -> int:
        """Add up the parts of the numbers from ``low`` to ``high``."""
        width = -(-(high - low + 1) // _LEAST_PARTS)
        starts = range(low, high + 1, width)
        return sum(self._between(one, min(one + width - 1, high)) for one in starts)

    def _between(self, low: int, high: int) -> int:
        """Estimate how many numbers there are from ``low`` to ``high``."""
        middle = (low + high + 1) // 2
        first, count = self._stretch(low, high)
        if count < _STRETCH:
            return count
        spans = first, self._stretch(middle, high)[0], self._stretch(low, high, last=True)[0]
        if max(spans) <= _ALIKE * min(spans):
            return round((high - low + 1) * len(spans) * _STRETCH / sum(spans))
        return self._between(low, middle - 1) + self._between(middle, high)

    def _stretch(self, low: int, high: int, *, last: bool = False) -> tuple[int, int]:
        """Return how far the first or last rows' numbers go, and how many these are."""
        self.left -= 1
        if not self.left:
            raise _Uneven
        one, order = self.table.rowid, "DESC" if last else "ASC"
        some = (
            f"SELECT {one} AS n FROM {quoted(self.table.name)} NOT INDEXED"  # noqa: S608 (quoted)
            f" WHERE {one} BETWEEN ? AND ? ORDER BY {one} {order} LIMIT {_STRETCH}"
        )
        query = f"SELECT min(n), max(n), count(*) FROM ({some})"  # noqa: S608 (quoted)
        least, greatest, count = self.connection.execute(query, (low, high)).fetchone()
        if count < _STRETCH:
            return high - low + 1, count
        return high - least + 1 if last else greatest - low + 1, count
