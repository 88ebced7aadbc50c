r"""Values of a dump as columns: ``'it''s'``, ``NULL``, ``0x41``, ``_binary '…'``, ``\N``.

All become text: numbers as written, bytes as the text they are or else as hex. What is no plain
string, number or NULL is looked at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.kept import show_kept
from connectors.readers.sql_literal import ESCAPED, blob, literal, unescaped
from connectors.sql import read_text

_QUOTE = ord("'")
_NULLS = pa.array(["NULL", "null", "Null", "DEFAULT"], pa.string())
_ODD = r"['\"()]|^0[xX]"
#: Bytes that no UTF-8 holds stand for a backslash and a quote while the others are undone.
_SLASH, _MARK = b"\xff", b"\xfe"
_LETTERS = tuple((b"\\" + one, ESCAPED[one]) for one in (b"n", b"r", b"t", b"0", b"Z", b"b", b'"'))
_OTHER = re.compile(rb"\\([^%_])", re.DOTALL)

Read = Callable[[pa.BinaryArray], pa.StringArray]


# A string and the mark that ends it, by whether a backslash escapes in it.
_STRINGS = {
    False: r"(?s)^'(?:[^']|'')*'.$",
    True: r"(?s)^'(?:[^'\\]|\\.|'')*'.$",
}


class Values:
    """Makes columns; ``guessed`` and ``garbled`` count values that weren't in their encoding.

    ``odd`` counts those that aren't understood, and are given as they are written.
    """

    def __init__(self, *, escapes: bool) -> None:
        self.guessed = self.garbled = self.odd = 0
        self._escapes = escapes

    def cells(self, raw: pa.BinaryArray, *, is_binary: bool = False) -> pa.StringArray:
        """Make a column of values as an INSERT writes them, each with the mark that ends it.

        Strings of a column that ``is_binary`` are bytes.
        """
        read = _blobs if is_binary else self.text
        quoted = pa.array(_is_quoted(raw, _STRINGS[self._escapes]))
        if not pc.all(quoted, min_count=0).as_py():
            return self._mixed(raw, quoted, read)
        return read(self._strings(pc.binary_slice(raw, 1, -2)))

    def text(self, raw: pa.BinaryArray) -> pa.StringArray:
        """Read bytes as the text they are."""
        try:
            return raw.cast(pa.string())
        except pa.ArrowInvalid:
            return pa.array([self._read(one) for one in raw.to_pylist()], pa.string())

    def _mixed(self, raw: pa.BinaryArray, quoted: pa.BooleanArray, read: Read) -> pa.StringArray:
        strings = read(self._strings(pc.binary_slice(raw.filter(quoted), 1, -2)))
        bare = pc.binary_slice(raw.filter(pc.invert(quoted)), 0, -1)
        odd = pc.match_substring_regex(bare, _ODD)
        plain = pc.utf8_trim_whitespace(self.text(pc.if_else(odd, b"", bare)))
        plain = pc.if_else(pc.is_in(plain, _NULLS), None, plain)
        if pc.any(odd, min_count=0).as_py():
            triples = zip(bare.to_pylist(), plain.to_pylist(), odd.to_pylist(), strict=True)
            plain = pa.array([self._odd(one) if is_odd else it for one, it, is_odd in triples])
        order = np.argsort(~np.asarray(quoted), kind="stable")
        places = np.empty(len(raw), np.int64)
        places[order] = np.arange(len(raw))
        return pa.concat_arrays([strings, plain.cast(pa.string())]).take(places)

    def _strings(self, raw: pa.BinaryArray) -> pa.BinaryArray:
        """Undo what stands for a quote within quotes, and escapes."""
        held = _held(raw)
        if self._escapes and b"\\" in held:
            if _SLASH in held or _MARK in held:
                return _each(raw, unescaped)
            return _unescaped_all(raw, held)
        return _replaced(raw, b"''", b"'") if b"''" in held else raw

    def _odd(self, cell: bytes) -> str | None:
        cell = cell.strip()
        try:
            value = literal(cell, escapes=self._escapes)
        except (ValueError, OverflowError):
            self.odd += 1
            return self._read(cell)
        return blob(value.value) if value.is_binary else self._read(value.value)

    def _read(self, value: bytes | None) -> str | None:
        """Read a value that isn't UTF-8, and count it."""
        if value is None:
            return None
        try:
            text, bad = show_kept(value.decode("utf-8", "surrogatepass"))
        except UnicodeDecodeError:
            told, how = read_text(value)
            self.guessed += how == "cp932"
            self.garbled += how == "garbled"
            return told
        self.garbled += bool(bad)
        return text.encode("utf-8", "backslashreplace").decode()


def _blobs(raw: pa.BinaryArray) -> pa.StringArray:
    return pa.array([None if one is None else blob(one) for one in raw.to_pylist()], pa.string())


def _is_quoted(raw: pa.BinaryArray, string: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which cells are a string and the mark that ends them, and nothing else."""
    _, edges, data = raw.buffers()
    if data is None:
        return np.zeros(len(raw), np.bool_)
    ends = np.frombuffer(edges, np.int32)[raw.offset : raw.offset + len(raw) + 1]
    held = np.frombuffer(data, np.uint8)
    last = held[np.maximum(ends[1:] - 2, 0)]
    quoted: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
        (held[ends[:-1]] == _QUOTE) & (last == _QUOTE) & (np.diff(ends) > 2)  # noqa: PLR2004 - two quotes and a mark
    )
    # Most hold no other quotes; those that do may be an expression, of several strings.
    more = quoted & np.asarray(pc.match_substring(pc.binary_slice(raw, 1, -2), "'"))
    if more.any():
        quoted[more] = pc.match_substring_regex(raw.filter(pa.array(more)), string)
    return quoted


def _unescaped_all(raw: pa.BinaryArray, held: bytes) -> pa.BinaryArray:
    for text, by in ((b"\\\\", _SLASH), (b"\\'", _MARK), (b"''", b"'"), *_LETTERS):
        raw = _replaced(raw, text, by) if text in held else raw
    if b"\\" in _held(raw):
        raw = _each(raw, lambda value: _OTHER.sub(rb"\1", value))
    return _replaced(_replaced(raw, _MARK, b"'"), _SLASH, b"\\")


def _replaced(raw: pa.BinaryArray, what: bytes, by: bytes) -> pa.BinaryArray:
    return pc.replace_substring(raw, pattern=what, replacement=by)


def _each(raw: pa.BinaryArray, how: Callable[[bytes], bytes]) -> pa.BinaryArray:
    return pa.array([None if one is None else how(one) for one in raw.to_pylist()], pa.binary())


def _held(raw: pa.BinaryArray) -> bytes:
    data = raw.buffers()[2]
    return b"" if data is None else data.to_pybytes()
