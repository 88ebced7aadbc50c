"""JSON lines and JSON (RFC 8259): one record a line, an element of an array, or a place inside.

JSON lines and arrays have ``{"row":n}``, from 1, blank lines not counted. Any other JSON has
``{"pointer":"/users/3"}`` (RFC 6901) for each object in a list and ``{"pointer":""}`` for what lies
outside lists. Numbers stay as written. Nested fields: :mod:`connectors.readers.nested`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO

import pyarrow as pa

from connectors.errors import Damaged
from connectors.place import Field, Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.head import head
from connectors.readers.json_stream import Kind, parse, places, values
from connectors.readers.nested import MOST_FIELDS, Columns, flatten
from connectors.readers.record import numbered, pointed
from connectors.readers.transcode import Utf8

_ROWS = 5_000
_CHARACTERS = 1 << 22
_LONGEST_LINE = 1 << 26
_SHOWN_LINES = 5


class JsonlReader:
    """Reads one JSON value a line."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Tell the fields of the first lines; others may follow."""
        guess, lines, _ = head(file)
        columns = Columns()
        columns.batch(flatten(value) for value in map(_value, lines) if value is not None)
        return Layout("application/jsonl", _fields(columns), guess.codec, guess.evidence)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read all lines; one that isn't JSON is left out, told and counted as a record."""
        stream = Utf8(file, head(file).guess)
        lines = _Lines(io.TextIOWrapper(io.BufferedReader(stream, 1 << 20), "utf-8", newline="\n"))
        columns = Columns()
        while some := list(lines.some()):
            numbers, rows = zip(*some, strict=True)
            yield Piece(numbered("row", pa.array(numbers, pa.int64())), columns.batch(rows))
        yield from stream.gaps()
        yield from lines.gaps()
        yield from _crowd(columns)


class JsonReader:
    """Reads one JSON document, or several one after the other."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Tell the fields as far as the head shows them."""
        guess, lines, _ = head(file)
        columns = Columns()
        text = io.StringIO("".join(lines))
        try:
            for kind, value in values(text):
                rows = places(value) if kind is Kind.DOCUMENT else iter([("", flatten(value))])
                columns.batch(row for _, row in rows)
        except Damaged:
            pass  # cut by the head; if it really is damaged, the reading tells
        return Layout("application/json", _fields(columns), guess.codec, guess.evidence)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read elements one by one; a single document is held in memory."""
        stream = Utf8(file, head(file).guess)
        text = io.TextIOWrapper(io.BufferedReader(stream, 1 << 20), "utf-8", newline="")
        columns = Columns()
        yield from _documents(text, columns)
        yield from stream.gaps()
        yield from _crowd(columns)


@dataclass(slots=True, repr=False)
class _Some:
    """Rows that wait to become a piece; ``first`` is the number of the first."""

    first: int = 1
    rows: list[dict[str, str]] = field(default_factory=list)
    size: int = 0

    def add(self, row: dict[str, str]) -> bool:
        """Add a row; say whether it is time to make a piece."""
        self.rows.append(row)
        self.size += sum(map(len, row.values()))
        return len(self.rows) >= _ROWS or self.size >= _CHARACTERS

    def piece(self, columns: Columns) -> Piece:
        numbers = pa.array(range(self.first, self.first + len(self.rows)), pa.int64())
        return Piece(numbered("row", numbers), columns.batch(self.rows))


class _Lines:
    """Lines as flat rows with their numbers among those that aren't blank; bad ones apart."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._record = 0
        self._line = 0
        self._bad: list[int] = []
        self._bad_lines = 0

    def some(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the next rows, a bounded amount of them."""
        rows = size = 0
        while rows < _ROWS and size < _CHARACTERS and (line := self._text.readline(_LONGEST_LINE)):
            self._line += 1
            if not line.strip():
                continue
            self._record += 1
            value = self._parsed(line)
            if value is not None:
                rows += 1
                size += len(line)
                yield self._record, flatten(value)

    def gaps(self) -> Iterator[Gap]:
        """Tell the lines that aren't JSON."""
        if self._bad_lines:
            shown = ", ".join(map(str, self._bad)) + ("…" if self._bad_lines > _SHOWN_LINES else "")
            yield Gap(Status.PARTIAL, f"lines {shown} aren't valid JSON", self._bad_lines)

    def _parsed(self, line: str) -> object | None:
        while len(line) == _LONGEST_LINE and not line.endswith("\n"):
            line = self._text.readline(_LONGEST_LINE)  # let go of a line no memory should hold
        value = _value(line)
        if value is None:
            self._bad_lines += 1
            self._bad += [self._line][: _SHOWN_LINES - len(self._bad)]
        return value


def _value(line: str) -> object | None:
    """Parse a line; ``None`` where it isn't JSON or too deep. ``null`` is an empty record."""
    try:
        value = parse(line)
    except (ValueError, RecursionError):
        return None
    return {} if value is None else value


def _documents(text: TextIO, columns: Columns) -> Iterator[Piece | Gap]:
    """Read values until the end or the first damage; what came before it is kept."""
    some = _Some()
    damage = None
    try:
        for kind, value in values(text):
            if kind is Kind.DOCUMENT:
                yield from _document(value)
            elif some.add(flatten(value)):
                yield some.piece(columns)
                some = _Some(some.first + len(some.rows))
    except Damaged as broken:
        damage = broken
    if some.rows:
        yield some.piece(columns)
    if damage:
        read_some = some.first + len(some.rows) > 1
        yield Gap(Status.PARTIAL if read_some else Status.FAILED, str(damage))


def _document(value: object) -> Iterator[Piece]:
    """Give the records of one list after the other, each with its own columns."""
    pending: list[tuple[str, dict[str, str]]] = []
    for place, row in places(value):
        if pending and (_parent(pending[-1][0]) != _parent(place) or len(pending) >= _ROWS):
            yield _places_piece(pending)
            pending = []
        pending.append((place, row))
    if pending:
        yield _places_piece(pending)


def _places_piece(pending: list[tuple[str, dict[str, str]]]) -> Piece:
    names, rows = zip(*pending, strict=True)
    return Piece(pointed(names), Columns().batch(rows))


def _parent(place: str) -> str:
    return place.rpartition("/")[0]


def _fields(columns: Columns) -> tuple[Field, ...]:
    return tuple(Field(name, "string") for name in columns.names)


def _crowd(columns: Columns) -> Iterator[Gap]:
    if columns.crowded:
        reason = (
            f"more than {MOST_FIELDS} different fields; the values of the others were read as *"
        )
        yield Gap(Status.PARTIAL, reason)
