"""What lies where in a dump: its tables with the places of their rows, found in one pass.

The pass looks at every byte, for a dump has no table of contents, but makes no values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from connectors.place import ForeignKey
from connectors.readers.sql_create import declared
from connectors.readers.sql_grammar import names
from connectors.readers.sql_head import Head, head
from connectors.readers.sql_scan import CUT, Broken, Part, Rest, scan
from connectors.readers.sql_table import DumpTable, Scope
from connectors.readers.sql_window import Window

#: What complete dumps end with, by what they begin with.
_TRAILERS = (
    (re.compile(rb"-- PostgreSQL database dump\b"), b"-- PostgreSQL database dump complete"),
    (re.compile(rb"-- (?:MySQL|MariaDB) dump\b"), b"-- Dump completed"),
)
_LOOKED_AT = 4096
_TABLES = re.compile(rb"\s*+(?:CREATE|ALTER)\s", re.IGNORECASE)


@dataclass(slots=True)
class Index:
    """The tables of a dump by name, in the order they are met; ``cut`` says what it lacks."""

    head: Head
    tables: dict[str, DumpTable] = field(default_factory=dict)
    cut: str = ""


def index(file: BinaryIO) -> Index:
    """Pass through a dump; raises ``OSError``."""
    told = head(file)
    window = told.opened(file)
    found = _Pass(told)
    for part in scan(window, told.grammar):
        found.take(part, window.at)
    return found.ended(window)


class _Pass:
    """What has been met so far."""

    def __init__(self, told: Head) -> None:
        self._index = Index(told)
        self._scope = Scope()
        self._last = ""
        self._first = self._tail = b""

    def take(self, part: Part, end: int) -> None:
        """Note one part, which ends at ``end``."""
        if isinstance(part, Rest):
            self._heed(part.body)
        elif part.table is not None:
            table = self._table(names(part.table))
            if isinstance(part, Broken):
                table.broken = part.reason
            else:
                table.meet(part.at, end, self._scope, self._last)
                self._last = table.name
        else:
            self._index.cut = CUT

    def ended(self, window: Window) -> Index:
        """Return what was met."""
        found, guess = self._index, self._index.head.guess
        for start, end in _TRAILERS:
            if start.search(self._first) and end not in self._tail:
                found.cut = CUT
        if window.damage is not None:
            found.cut = str(window.damage)
        if window.codec != guess.codec:
            guess = replace(guess, codec=window.codec, evidence="its first bytes above ASCII")
            found.head = replace(found.head, guess=guess)
        for table in found.tables.values():
            table.references = tuple(map(self._whole, table.references))
        return found

    def _heed(self, body: bytes) -> None:
        self._first = self._first or body[:_LOOKED_AT]
        if len(self._first) < _LOOKED_AT:
            self._first += body[:_LOOKED_AT]
        self._tail = (self._tail + body[-_LOOKED_AT:])[-_LOOKED_AT:]
        self._scope = self._scope.after(body)
        told = declared(body, self._index.head.grammar) if _TABLES.match(body) else None
        if told is not None:
            self._table(told.table).declare(told, self._scope)

    def _table(self, name: tuple[str, ...]) -> DumpTable:
        full = self._scope.named(name)
        return self._index.tables.setdefault(full, DumpTable(full))

    def _whole(self, key: ForeignKey) -> ForeignKey:
        """Let a reference that names no columns mean the primary key."""
        target = self._index.tables.get(key.dataset)
        return key if key.refers_to or not target else replace(key, refers_to=target.key)
