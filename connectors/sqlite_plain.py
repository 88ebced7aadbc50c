"""Columns of SQLite whose values are plainly of one kind, and how they are asked for through Arrow.

A column here may hold values of any kind, but what it declares makes some kinds impossible
(https://www.sqlite.org/datatype3.html#type_affinity): text in a column of text is never a number.
The driver (ADBC) types a column by the first rows it sees, so a row of our own goes first; in a
column that begins with text it writes numbers as text, and those are told by their looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_FIRST = {"INTEGER": "0", "REAL": "0.0", "TEXT": "''"}
_TYPES = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string(), "SPELLED": pa.string()}
# How SQLite writes a number: https://www.sqlite.org/printf.html ("%!.15g").
_NUMBER = r"^-?(?:[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?|Inf)$"
_SPACE, _DELETE = 32, 127
_Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
_Edges = np.ndarray[tuple[int], np.dtype[np.int32]]


class Affinity(StrEnum):
    """What a column makes of the values put into it.

    ``SPELLED`` is no word of SQLite's: such a column could hold numbers, but begins with text.
    """

    INTEGER = "INTEGER"
    TEXT = "TEXT"
    NONE = "NONE"
    REAL = "REAL"
    NUMERIC = "NUMERIC"
    SPELLED = "SPELLED"

    @classmethod
    def of(cls, declared: str) -> Affinity:
        """Tell by the declared type: https://www.sqlite.org/datatype3.html#determination_of_column_affinity."""
        upper = declared.upper()
        for words, affinity in _AFFINITIES:
            if any(word in upper for word in words):
                return affinity
        return cls.NUMERIC if upper else cls.NONE


_AFFINITIES = (
    (("INT",), Affinity.INTEGER),
    (("CHAR", "CLOB", "TEXT"), Affinity.TEXT),
    (("BLOB",), Affinity.NONE),
    (("REAL", "FLOA", "DOUB"), Affinity.REAL),
)
# What ``met`` adds up to where only one kind was met.
_MET = {1: Affinity.INTEGER, 4: Affinity.SPELLED}


def met(name: str) -> str:
    """Return SQL for the kinds that a column's values have: 1 whole, 2 half, 4 text or bytes."""
    return (
        f"max(typeof({name}) = 'integer') + 2 * max(typeof({name}) = 'real')"
        f" + 4 * max(typeof({name}) IN ('text', 'blob'))"
    )


def narrowed(kind: Affinity, seen: int | None) -> Affinity:
    """Expect of a column of any numbers what its first rows hold, if that is of one kind."""
    return _MET.get(seen or 0, kind) if kind is Affinity.NUMERIC else kind


def items(name: str, kind: Affinity) -> list[tuple[str, str]]:
    """Return what is asked for a column, with the value that types it."""
    if kind is Affinity.NUMERIC:
        return [
            (f"CASE typeof({name}) WHEN 'integer' THEN {name} END", "0"),
            (f"CASE typeof({name}) WHEN 'real' THEN {name} END", "0.0"),
            (f"CASE WHEN typeof({name}) IN ('text', 'blob') THEN {name} END", "''"),
        ]
    return [(name, _FIRST["TEXT" if kind is Affinity.SPELLED else kind])]


def column(kind: Affinity, answers: Iterator[pa.Array]) -> pa.Array | None:
    """Take a column from the answers to its ``items`` as the patient way would give it.

    ``None`` in any doubt.
    """
    if kind is Affinity.NUMERIC:
        return _number(*[_checked(Affinity(one), next(answers)) for one in _FIRST])
    return _checked(kind, next(answers))


def _number(
    whole: pa.Array | None, half: pa.Array | None, text: pa.Array | None
) -> pa.Array | None:
    """Take the one kind that there is; mixed ones are left."""
    if whole is None or half is None or text is None:
        return None
    there = [one for one in (whole, half, text) if one.null_count < len(one)]
    return None if len(there) > 1 else (there or [text])[0]


def _checked(kind: Affinity, column: pa.Array) -> pa.Array | None:
    if column.type != _TYPES[kind]:
        return None
    if not pa.types.is_string(column.type):
        return column.cast(pa.string()) if column.null_count == len(column) else column
    edges, raw = _bytes(column)
    if raw.size and not _is_text(column, raw):
        return None
    if kind is Affinity.SPELLED and not _are_dates(edges, raw) and _holds_numbers(column):
        return None
    return column


def _bytes(column: pa.StringArray) -> tuple[_Edges, _Bytes]:
    """Return where each value begins and ends, from 0 on, and all their bytes."""
    _, offsets, data = column.buffers()
    if data is None or not len(column):
        return np.zeros(1, np.int32), np.empty(0, np.uint8)
    edges = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return edges - edges[0], np.frombuffer(data, np.uint8)[edges[0] : edges[-1]]


def _is_text(column: pa.StringArray, raw: _Bytes) -> bool:
    """Whether it is UTF-8 without control characters, which make the patient way write hex."""
    if raw.min() < _SPACE and ((raw < 9).any() or (raw - np.uint8(14) < _SPACE - 14).any()):  # noqa: PLR2004 (tab to carriage return are text)
        return False
    if raw.max() < _DELETE:
        return True
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return not (raw == _DELETE).any()


def _are_dates(edges: _Edges, raw: _Bytes) -> bool:
    """Whether all begin like 2024-01, as no number is written: quicker than looking at each."""
    widths = np.diff(edges)
    there = widths[widths > 0]
    if not there.size or there[0] < len("2024-") or (there != there[0]).any():
        return False
    heads = raw.reshape(-1, int(there[0]))[:, 3:5]
    return bool((heads[:, 0] - np.uint8(ord("0")) < 10).all() and (heads[:, 1] == ord("-")).all())  # noqa: PLR2004 (digits)


def _holds_numbers(column: pa.StringArray) -> bool:
    return bool(pc.any(pc.match_substring_regex(column, _NUMBER), min_count=0).as_py())
