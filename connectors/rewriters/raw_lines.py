"""Lines of a file as bytes: where each begins and ends, in an encoding of any width.

The same lines as a reader of text sees: in an encoding of single bytes and more (CP932, EUC-JP,
UTF-8, ISO-2022-JP) neither LF nor CR is ever part of a character; in UTF-16 and UTF-32 they are
whole units.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from connectors.encoding import Guess

_Codes = np.ndarray[tuple[int], np.dtype[np.unsignedinteger]]
_Places = np.ndarray[tuple[int], np.dtype[np.intp]]

_BLOCK = 1 << 20
_LF, _CR = 10, 13
_WIDTHS = {"utf-16-le": "<u2", "utf-16-be": ">u2", "utf-32-le": "<u4", "utf-32-be": ">u4"}


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from ``start`` to before ``end``."""

    start: int
    end: int


def spans(file: BinaryIO, guess: Guess, *, only_lf: bool = False) -> Iterator[Span]:
    """Yield every line, from the first character on; ``only_lf``: a CR alone ends none."""
    start = guess.bom
    for end in _line_ends(file, guess, only_lf=only_lf):
        yield Span(start, end)
        start = end


def _line_ends(file: BinaryIO, guess: Guess, *, only_lf: bool) -> Iterator[int]:
    unit = np.dtype(_WIDTHS.get(guess.codec, "u1"))
    at = guess.bom
    file.seek(at)
    last = at
    for block in _blocks(file, unit):
        codes = np.frombuffer(block, unit, count=len(block) // unit.itemsize)
        for end in _ends(codes, only_lf=only_lf).tolist():
            last = at + (end + 1) * unit.itemsize
            yield last
        at += len(block)
    if last < at:
        yield at


def _blocks(file: BinaryIO, unit: np.dtype[np.unsignedinteger]) -> Iterator[bytes]:
    """Yield blocks of whole units that end with no CR whose LF may follow."""
    cr = np.array([_CR], unit).tobytes()
    while block := file.read(_BLOCK):
        while len(block) % unit.itemsize or block.endswith(cr):
            more = file.read(unit.itemsize - len(block) % unit.itemsize)
            if not more:
                break
            block += more
        yield block


def _ends(codes: _Codes, *, only_lf: bool) -> _Places:
    feeds = codes == _LF
    if only_lf:
        return np.flatnonzero(feeds)
    returns = codes == _CR
    returns[:-1] &= ~feeds[1:]
    return np.flatnonzero(feeds | returns)
