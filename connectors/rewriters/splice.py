"""Splicing: a file copied with a few stretches of bytes replaced, all others as they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True, repr=False)
class Patch:
    """Bytes from ``start`` to before ``end`` become ``new``. No ``repr``: it holds a value."""

    start: int
    end: int
    new: bytes = b""


def splice(file: BinaryIO, patches: Iterable[Patch], out: BinaryIO) -> None:
    """Copy ``file`` to ``out``, patched; patches don't overlap."""
    file.seek(0)
    at = 0
    for patch in sorted(patches, key=lambda each: (each.start, each.end)):
        _copy(file, patch.start - at, out)
        out.write(patch.new)
        file.seek(patch.end)
        at = patch.end
    _copy(file, None, out)


def _copy(file: BinaryIO, size: int | None, out: BinaryIO) -> None:
    left = size
    while left is None or left > 0:
        block = file.read(_BLOCK if left is None else min(left, _BLOCK))
        if not block:
            return
        out.write(block)
        left = None if left is None else left - len(block)
