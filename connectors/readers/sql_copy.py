r"""The lines of PostgreSQL's COPY: tabs between values, ``\N`` for NULL, a backslash before others.

https://www.postgresql.org/docs/current/sql-copy.html ("Text Format").
"""

from __future__ import annotations

import io
import re

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from connectors.readers.sql_literal import blob

#: No value of PostgreSQL holds it.
_NUL = b"\0"
_LETTERS = ((rb"\n", b"\n"), (rb"\t", b"\t"), (rb"\r", b"\r"), (rb"\b", b"\b"))
_RARE = ((rb"\f", b"\f"), (rb"\v", b"\v"))
_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_MEANT = {one[1:]: by for one, by in (*_LETTERS, *_RARE)}


def columns(body: bytes, width: int) -> list[pa.BinaryArray] | None:
    """Return the columns of whole lines, bytes as they were; ``None`` where widths differ."""
    body = body.replace(b"\r\n", b"\n") if b"\r" in body else body
    names = [str(at) for at in range(width)]
    try:
        table = csv.read_csv(
            io.BytesIO(body),
            csv.ReadOptions(use_threads=False, block_size=len(body) + 1, column_names=names),
            csv.ParseOptions(
                delimiter="\t", quote_char=False, escape_char=False, ignore_empty_lines=False
            ),
            csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(names, pa.binary()),
                null_values=["\\N"],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [_unescaped(one.combine_chunks()) for one in table.columns]


def rows(body: bytes) -> list[list[bytes | None]]:
    """Return the values of whole lines, however many each has."""
    lines = body.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n")
    return [[None if one == b"\\N" else _one(one) for one in line.split(b"\t")] for line in lines]


def bytea(column: pa.StringArray) -> pa.StringArray:
    r"""Show bytes, written as ``\x…``, as text where they are text, else as hex."""
    return pa.array([_shown(one) for one in column.to_pylist()], pa.string())


def _shown(text: str | None) -> str | None:
    if text is None or not text.startswith("\\x"):
        return text
    try:
        return blob(bytes.fromhex(text[2:]))
    except ValueError:
        return text


def _unescaped(column: pa.BinaryArray) -> pa.BinaryArray:
    data = column.buffers()[2]
    held = b"" if data is None else data.to_pybytes()
    if b"\\" not in held:
        return column
    if _NUL in held:
        return pa.array([one and _one(one) for one in column.to_pylist()], pa.binary())
    for what, by in ((rb"\\", _NUL), *_LETTERS, *_RARE):
        column = _replaced(column, what, by) if what in held else column
    if b"\\" in column.buffers()[2].to_pybytes():
        column = pa.array([one and _one(one) for one in column.to_pylist()], pa.binary())
    return _replaced(column, _NUL, b"\\")


def _replaced(column: pa.BinaryArray, what: bytes, by: bytes) -> pa.BinaryArray:
    return pc.replace_substring(column, pattern=what, replacement=by)


def _one(value: bytes) -> bytes:
    return _ESCAPE.sub(_meant, value)


def _meant(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code[:1] == b"x" and len(code) > 1:
        return bytes([int(code[1:], 16)])
    if code.isdigit() and not code.strip(b"01234567"):
        return bytes([int(code, 8) & 255])
    return _MEANT.get(code, code)
