"""A Parquet file put together from row groups of other files, their bytes copied as they are.

Only what says where something lies is written anew: the footer and the offset indexes. So what
isn't changed keeps its encoding, pages, statistics and filters.
Source: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from connectors.rewriters.thrift import Many, Reading, Struct, Type, written

MAGIC = b"PAR1"
_BLOCK = 1 << 22
_FOOTER = 8
# Numbers of fields in parquet.thrift.
NUM_ROWS, ROW_GROUPS, ENCRYPTION = 3, 4, 8
COLUMNS, GROUP_ROWS, SORTING, GROUP_OFFSET, ORDINAL = 1, 3, 4, 5, 7
FILE_PATH, FILE_OFFSET, META = 1, 2, 3
_OFFSET_INDEX, _COLUMN_INDEX, CRYPTO = (4, 5), (6, 7), 8
CODEC, SIZE, DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE = 4, 7, 9, 10, 11
BLOOM, BLOOM_LENGTH = 14, 15


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """A row group and the file its bytes are in."""

    file: BinaryIO
    fields: Struct


def footer(file: BinaryIO) -> Struct:
    """Read the footer; raises ``ValueError`` where there is none."""
    size = file.seek(0, 2)
    file.seek(max(size - _FOOTER, 0))
    tail = file.read(_FOOTER)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or length + _FOOTER > size:
        raise ValueError("no footer")
    file.seek(size - _FOOTER - length)
    return Reading(file.read(length)).struct()


def structs(fields: Struct, number: int) -> list[Struct]:
    """Return the structures in a list."""
    return cast("list[Struct]", cast(Many, fields[number][1]).values) if number in fields else []


def struct(fields: Struct, number: int) -> Struct:
    """Return an inner structure, empty where there is none."""
    return cast("Struct", fields[number][1]) if number in fields else {}


def integer(fields: Struct, number: int) -> int:
    """Return a number, 0 where there is none."""
    return int(cast(int, fields[number][1])) if number in fields else 0


def assemble(old: Struct, groups: Iterable[Group], out: BinaryIO) -> int:
    """Write a file of ``groups`` with all else that the footer ``old`` says; return its rows."""
    place = _Out(out)
    place.write(MAGIC)
    copied = [(group, list(_copied(group, at, place))) for at, group in enumerate(groups)]
    for group, moved in copied:
        for column, shift in moved:
            _beside(group.file, column, shift, place)
    fields = [group.fields for group, _ in copied]
    rows = sum(integer(each, GROUP_ROWS) for each in fields)
    listed = Many(Type.STRUCT, list(fields))
    new = {**old, NUM_ROWS: (Type.I64, rows), ROW_GROUPS: (Type.LIST, listed)}
    data = written(new)
    place.write(data + len(data).to_bytes(4, "little") + MAGIC)
    return rows


class _Out:
    """Where is written, and how far it is."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.at = 0

    def write(self, data: bytes) -> int:
        """Write, and return where it begins."""
        at = self.at
        self._out.write(data)
        self.at += len(data)
        return at


def _copied(group: Group, ordinal: int, out: _Out) -> Iterator[tuple[Struct, int]]:
    """Copy the pages of each column; yield it and by how much it moved."""
    if ORDINAL in group.fields:
        group.fields[ORDINAL] = (Type.I16, ordinal)
    if GROUP_OFFSET in group.fields:
        group.fields[GROUP_OFFSET] = (Type.I64, out.at)
    for column in structs(group.fields, COLUMNS):
        meta = struct(column, META)
        pages = [integer(meta, each) for each in (DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE)]
        start = min(each for each in pages if each > 0)
        shift = out.at - start
        _copy(group.file, start, integer(meta, SIZE), out)
        for number in (DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE):
            _move(meta, number, shift)
        _move(column, FILE_OFFSET, shift)
        yield column, shift


def _move(fields: Struct, number: int, shift: int) -> None:
    if integer(fields, number) > 0:
        fields[number] = (Type.I64, integer(fields, number) + shift)


def _beside(file: BinaryIO, column: Struct, shift: int, out: _Out) -> None:
    """Copy what lies beside a column's pages: its indexes and its filter."""
    at, length = _COLUMN_INDEX
    if at in column:
        column[at] = (Type.I64, out.write(_read(file, column, at, length)))
    at, length = _OFFSET_INDEX
    if at in column:
        index = Reading(_read(file, column, at, length)).struct()
        for page in structs(index, 1):
            _move(page, 1, shift)
        data = written(index)
        column[at], column[length] = (Type.I64, out.write(data)), (Type.I32, len(data))
    meta = struct(column, META)
    if BLOOM in meta:
        size = integer(meta, BLOOM_LENGTH) or _bloom_size(file, integer(meta, BLOOM))
        start, meta[BLOOM] = integer(meta, BLOOM), (Type.I64, out.at)
        _copy(file, start, size, out)


def _bloom_size(file: BinaryIO, at: int) -> int:
    """Measure a filter of which the footer doesn't say how long it is."""
    file.seek(at)
    reading = Reading(file.read(256))
    return integer(reading.struct(), 1) + reading.at


def _read(file: BinaryIO, column: Struct, at: int, length: int) -> bytes:
    file.seek(integer(column, at))
    return file.read(integer(column, length))


def _copy(file: BinaryIO, start: int, size: int, out: _Out) -> None:
    file.seek(start)
    while size > 0 and (block := file.read(min(size, _BLOCK))):
        out.write(block)
        size -= len(block)
