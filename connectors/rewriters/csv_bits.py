"""A block of a table in text as bits, one a byte: its records counted without looking for each.

Which bytes lie in quotes is the parity of the quotes before them: for 64 bytes at once by six
shifts. Only what is plain is counted: quotes that open at a cell's beginning, and no line end
within them. Source of the method: Langdale and Lemire, https://arxiv.org/abs/1902.08318, 3.1.1
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
_Words = np.ndarray[tuple[int], np.dtype[np.uint64]]

_LF, _CR = 10, 13
_WORD = 64
_SHIFTS = tuple(np.uint64(by) for by in (1, 2, 4, 8, 16, 32))
_ONE, _TOP = np.uint64(1), np.uint64(63)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many ``records`` end in a block, where the last does; if it ends ``within`` quotes."""

    records: int
    last: int
    within: bool


@dataclass(frozen=True, slots=True)
class Counting:
    """How a table's bytes are counted, given its delimiter and its quote."""

    delimiter: int
    quote: int

    def counted(self, block: bytes, before: int, *, within: bool, starts: bool) -> Counted | None:
        """Count a block's records; ``None`` where its bytes must be looked at one by one.

        ``before`` is the byte before it; it begins ``within`` quotes, or ``starts`` a record.
        """
        last = max(block.rfind(b"\n"), block.rfind(b"\r"))
        if last < 0:
            return None
        codes = np.frombuffer(block + bytes(-len(block) % _WORD), np.uint8)
        quotes, ends = _where(codes, self.quote), _where(codes, _LF)
        signs = ends if b"\r" not in block else ends | _where(codes, _CR)
        inside = _inside(quotes, within=within)
        if (signs & inside).any() or self._opens_oddly(codes, quotes, signs, inside, before):
            return None
        # Of CR and LF together the last one ends the record.
        breaks = signs if signs is ends else ends | (signs & ~_back(ends))
        blank = signs & _on(breaks, starts)
        records = int(np.bitwise_count(breaks).sum() - np.bitwise_count(blank).sum())
        return Counted(records, last, bool(inside[-1] >> _TOP))

    def _opens_oddly(
        self, codes: _Bytes, quotes: _Words, signs: _Words, inside: _Words, before: int
    ) -> bool:
        """Say whether a quote opens where no cell begins."""
        opening = quotes & inside
        if not opening.any():
            return False
        cell = quotes | signs | _where(codes, self.delimiter)
        return bool((opening & ~_on(cell, before in {_LF, _CR, self.quote, self.delimiter})).any())


def _where(codes: _Bytes, code: int) -> _Words:
    return np.packbits(codes == code, bitorder="little").view("<u8")


def _inside(quotes: _Words, *, within: bool) -> _Words:
    """Flag what lies in quotes, the opening one included."""
    bits = quotes.copy()
    for by in _SHIFTS:
        bits ^= bits << by
    odd = np.empty_like(bits)
    odd[0] = within
    np.bitwise_xor.accumulate(bits[:-1] >> _TOP, out=odd[1:])
    odd[1:] ^= odd[0]
    return bits ^ (~odd + _ONE)


def _on(bits: _Words, first: bool) -> _Words:  # one more bit
    """Move each bit one byte on; ``first`` comes before them."""
    moved = bits << _ONE
    moved[1:] |= bits[:-1] >> _TOP
    moved[0] |= np.uint64(first)
    return moved


def _back(bits: _Words) -> _Words:
    moved = bits >> _ONE
    moved[:-1] |= bits[1:] << _TOP
    return moved
