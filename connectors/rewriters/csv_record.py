"""One record of a table in text, ready to be written in: its cells and where their bytes are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from connectors.change import Why
from connectors.encoding import Codec, decode
from connectors.readers.csv_plan import Plan
from connectors.readers.csv_rows import unused
from connectors.readers.dialect import Dialect
from connectors.rewriters.csv_cells import Cell, cells, written
from connectors.rewriters.csv_found import Record
from connectors.rewriters.hindered import NO_FIELD, TWO_WAYS, Hindered, lacking
from connectors.rewriters.splice import Patch
from connectors.rewriters.written_in import encoded, offsets


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A record's text, ``places`` of its characters in the file, its cells. No ``repr``."""

    text: str
    places: Sequence[int]
    cells: Sequence[Cell]
    names: Sequence[str]
    dialect: Dialect
    unclosed: bool

    def patches(self, values: Mapping[str, str | None], codec: str) -> list[Patch]:
        """Write new values; raises ``Hindered``."""
        new = {}
        for field, value in values.items():
            at = self._column(field, value)
            if at is not None:
                new[at] = self._written(value or "", self.cells[at])
        if len(self.cells) == 1 and new.get(0) == "":
            new[0] = self.dialect.quote * 2  # an empty line would be no record any more
        return [self._patch(at, text, codec) for at, text in new.items()]

    def _column(self, field: str, value: str | None) -> int | None:
        if field in self.names[: len(self.cells)]:
            return self.names.index(field)
        if field in self.names and not value:
            return None
        raise Hindered(Why.NO_FIELD, NO_FIELD)

    def _written(self, value: str, cell: Cell) -> str:
        text = written(value, self.dialect, quoted=cell.quoted)
        if value and self.unclosed and self.dialect.quote in text:
            raise Hindered(Why.BY_HAND, TWO_WAYS)
        return text

    def _patch(self, at: int, text: str, codec: str) -> Patch:
        data = encoded(text, codec)
        if not text.isascii() and not self._is_in(codec):
            raise Hindered(Why.BY_HAND, TWO_WAYS)
        if data is None:
            raise lacking(codec)
        cell = self.cells[at]
        return Patch(self.places[cell.start], self.places[cell.end], data)

    def _is_in(self, codec: str) -> bool:
        """Say whether the record, seen byte by byte, is in this encoding, as its file is."""
        return not isinstance(self.places, range) or not decode(self._bytes(), codec)[1]

    def _bytes(self) -> bytes:
        return self.text.encode("latin-1")


def opened(file: BinaryIO, plan: Plan, record: Record, *, unclosed: bool) -> Opened:
    """Read a record and find its cells; raises ``Hindered`` where they aren't the reader's.

    ``unclosed``: a quote is left open in the file, so a new one could close it.
    """
    file.seek(record.start)
    raw = file.read(record.end - record.start)
    text, places = _view(raw, plan)
    found = cells(text, plan.dialect, quoted=record.quoted)
    if record.row is not None and len(found) != len(record.row):
        raise Hindered(Why.BY_HAND, TWO_WAYS)
    width = len(plan.names)
    extra = [f"c{at}" for at in range(width + 1, len(found) + 1)]
    names = unused(plan.names, extra)
    there = _moved(places, record.start)
    return Opened(text, there, found, names, plan.dialect, unclosed)


def _moved(places: Sequence[int], by: int) -> Sequence[int]:
    if isinstance(places, range):
        return range(by, by + len(places))
    return [by + place for place in places]


def _view(raw: bytes, plan: Plan) -> tuple[str, Sequence[int]]:
    """Decode a record, or take each byte for a character where that can't mislead."""
    codec = plan.guess.codec
    if codec == Codec.ASCII and b"\x1b" in raw:
        codec = Codec.ISO_2022_JP
    by_byte = plan.dialect.delimiter in ",\t;" and not plan.dialect.escape
    if codec in {Codec.UTF_8, Codec.EUC_JP} or (by_byte and codec in {Codec.ASCII, Codec.CP932}):
        return raw.decode("latin-1"), range(len(raw) + 1)
    view = offsets(raw, codec)
    if view is None:
        raise Hindered(Why.BY_HAND, TWO_WAYS)
    return view
