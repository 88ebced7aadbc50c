"""Thrift's compact protocol, in which the footer of a Parquet file is written.

A structure is a table of fields, ``number: (type, value)``, in order; what isn't known here is
kept as it was. Source: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Type(IntEnum):
    """What a field holds."""

    STOP = 0
    TRUE = 1
    FALSE = 2
    BYTE = 3
    I16 = 4
    I32 = 5
    I64 = 6
    DOUBLE = 7
    BINARY = 8
    LIST = 9
    SET = 10
    MAP = 11
    STRUCT = 12
    UUID = 13


Struct = dict[int, tuple[Type, "Value"]]


@dataclass(slots=True, repr=False)
class Many:
    """A list or set of values of one type."""

    type: Type
    values: list[Value]


@dataclass(slots=True, repr=False)
class Map:
    """Pairs of values."""

    key: Type
    type: Type
    pairs: list[tuple[Value, Value]]


Value = bool | int | bytes | Many | Map | Struct

_INTEGERS = frozenset((Type.I16, Type.I32, Type.I64))
_FIXED = {Type.BYTE: 1, Type.DOUBLE: 8, Type.UUID: 16}
_LONG = 15


class Reading:
    """A structure read from ``data``; ``at`` tells how far. Raises ``ValueError`` on nonsense."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def struct(self) -> Struct:
        """Read one structure."""
        found: Struct = {}
        number = 0
        while True:
            head = self._bytes(1)[0]
            if head == Type.STOP:
                return found
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            type_ = Type(head & 15)
            found[number] = (type_, self._field(type_))

    def _field(self, type_: Type) -> Value:
        if type_ in {Type.TRUE, Type.FALSE}:
            return type_ is Type.TRUE
        return self._value(type_)

    def _value(self, type_: Type) -> Value:
        if type_ in _INTEGERS:
            return self._zigzag()
        if type_ in _FIXED:
            return self._bytes(_FIXED[type_])
        if type_ is Type.BINARY:
            return self._bytes(self._varint())
        if type_ in {Type.LIST, Type.SET}:
            return self._many()
        if type_ is Type.MAP:
            return self._map()
        return self.struct() if type_ is Type.STRUCT else self._bytes(1)

    def _many(self) -> Many:
        head = self._bytes(1)[0]
        size = self._varint() if head >> 4 == _LONG else head >> 4
        type_ = Type(head & 15)
        return Many(type_, [self._value(type_) for _ in range(size)])

    def _map(self) -> Map:
        size = self._varint()
        types = self._bytes(1)[0] if size else 0
        key, type_ = Type(types >> 4), Type(types & 15)
        return Map(key, type_, [(self._value(key), self._value(type_)) for _ in range(size)])

    def _zigzag(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._bytes(1)[0]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:  # noqa: PLR2004  # the high bit says that more follows
                return number

    def _bytes(self, size: int) -> bytes:
        found = self._data[self.at : self.at + size]
        if len(found) < size:
            raise ValueError("cut")
        self.at += size
        return found


def written(fields: Struct) -> bytes:
    """Write a structure."""
    out = bytearray()
    last = 0
    for number, (type_, value) in sorted(fields.items()):
        kind = (Type.TRUE if value else Type.FALSE) if isinstance(value, bool) else type_
        step = number - last
        out += bytes([step << 4 | kind]) if 0 < step <= _LONG else bytes([kind]) + _zigzag(number)
        if not isinstance(value, bool):
            out += _written(type_, value)
        last = number
    return bytes(out) + b"\0"


def _written(type_: Type, value: Value) -> bytes:
    if isinstance(value, int):
        return _zigzag(value)
    if isinstance(value, bytes):
        return (_varint(len(value)) if type_ is Type.BINARY else b"") + value
    if isinstance(value, Many):
        size = len(value.values)
        head = bytes([min(size, _LONG) << 4 | value.type]) + (
            _varint(size) if size >= _LONG else b""
        )
        return head + b"".join(_written(value.type, each) for each in value.values)
    if isinstance(value, Map):
        types = bytes([value.key << 4 | value.type]) if value.pairs else b""
        pairs = (_written(value.key, key) + _written(value.type, one) for key, one in value.pairs)
        return _varint(len(value.pairs)) + types + b"".join(pairs)
    return written(value)


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:  # noqa: PLR2004
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)
