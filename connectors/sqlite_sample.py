"""A sample of an SQLite table: so many of its rows, drawn alike, the same ones in every scan.

Of rows that have numbers, numbers are drawn with a key and looked up until enough of them are
rows, which reads little of a large table; where they lie too far apart for that, and in tables
without such numbers, the rows are taken whose number or key has the least keyed hash. What holds
no key at all, and a view, gives its first rows, which bound nothing.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from connectors.place import Partition, Status, Unread
from connectors.sql import Table, quoted

_LOT = "shozai_lot"
_PIECE = 1_000
# How many numbers are tried for each row wanted.
_TRIES = 50


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    """At most ``most`` of a table's rows that meet ``where``; no ``repr``: it holds the key."""

    table: Table
    where: str
    most: int
    key: bytes

    @property
    def is_fair(self) -> bool:
        """Whether every row is as likely to be drawn."""
        return bool(self.table.rowid or self.table.key)

    def leaves_out(self, connection: sqlite3.Connection) -> bool:
        """Whether there are more rows than may be read."""
        some = f"SELECT 1 FROM {self._source} LIMIT {self.most + 1}"  # noqa: S608 (quoted)
        (count,) = connection.execute(f"SELECT count(*) FROM ({some})").fetchone()  # noqa: S608 (quoted)
        return bool(count > self.most)

    def conditions(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Give conditions that together the rows meet, in order: the drawn ones, else the first."""
        if not self.is_fair:
            yield self.where
            return
        numbers = self._numbers(connection) if self.table.rowid else None
        if numbers is None:
            yield self._least(connection)
            return
        for piece in _pieces(iter(sorted(numbers))):
            yield f"{self.table.rowid} IN ({_listed(piece)})"

    def missed(self, partition: Partition) -> Unread:
        """Say what it may miss: with 95 %, less than 3 / n of what none of n rows drawn has."""
        words = f"only a sample of {self.most:,} rows was read, as the settings ask"
        bound = min(1.0, 3 / self.most) if self.is_fair else None
        return Unread(
            self.table.dataset, Status.PARTIAL, words, partition.number, missed_at_most=bound
        )

    @property
    def _source(self) -> str:
        return f"{quoted(self.table.name)} WHERE {self.where}"

    def _numbers(self, connection: sqlite3.Connection) -> list[int] | None:
        """Draw rows' numbers; ``None`` where too few of the numbers tried are rows."""
        one, name = self.table.rowid, quoted(self.table.name)
        ends = (f"(SELECT {end}({one}) FROM {self._source})" for end in ("min", "max"))  # noqa: S608 (quoted)
        low, high = connection.execute(f"SELECT {', '.join(ends)}").fetchone()
        tried = islice(self._tried(low, high), _TRIES * self.most)
        found: list[int] = []
        for piece in _pieces(tried):
            query = f"SELECT {one} FROM {name} WHERE {one} IN ({_listed(piece)})"  # noqa: S608 (quoted)
            there = {number for (number,) in connection.execute(query)}
            found += [number for number in piece if number in there]
            if len(found) >= self.most:
                return found[: self.most]
        return None

    def _tried(self, low: int, high: int) -> Iterator[int]:
        """Give every number from ``low`` to ``high`` once, in an order that the key decides."""
        chance = random.Random(self._digest(self.table.name.encode()))  # noqa: S311 (no secret)
        seen: set[int] = set()
        while len(seen) <= high - low:
            number = chance.randint(low, high)
            if number not in seen:
                seen.add(number)
                yield number

    def _least(self, connection: sqlite3.Connection) -> str:
        """Return the condition of the rows with the least hash."""
        connection.create_function(_LOT, 1, self._digest, deterministic=True)
        names = [self.table.rowid] if self.table.rowid else [*map(quoted, self.table.key)]
        text = "||','||".join(f"quote({name})" for name in names)
        lot = f"{_LOT}(CAST({text} AS BLOB))"
        listed = ", ".join(names)
        drawn = f"SELECT {listed} FROM {self._source} ORDER BY {lot} LIMIT {self.most}"  # noqa: S608 (quoted)
        return f"({listed}) IN ({drawn})"

    def _digest(self, raw: bytes) -> bytes:
        return blake2b(raw, digest_size=16, key=self.key).digest()


def _pieces(numbers: Iterator[int]) -> Iterator[list[int]]:
    while piece := list(islice(numbers, _PIECE)):
        yield piece


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
