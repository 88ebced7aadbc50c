"""A file held still: opened once, hashed, and then read from the very same bytes.

What lies on another machine is copied to a file without a name first, so that it comes only once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO

from connectors.files.hashing import file_hash
from connectors.files.swap import scratch
from connectors.files.unit import Unit

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A unit whose ``open`` gives the same bytes every time, and their hash."""

    unit: Unit
    hash: str


@contextmanager
def held(unit: Unit, key: bytes, *, is_local: bool) -> Iterator[Held]:
    """Hold a file; raises what opening and reading it raise."""
    if is_local:
        with unit.open() as file:
            yield _held(unit, file, key)
        return
    with scratch() as copy:
        # Let go of at once: a share would lock it against ourselves.
        with unit.open() as file:
            shutil.copyfileobj(file, copy, _CHUNK)
        yield _held(unit, copy, key)


@contextmanager
def lent(file: BinaryIO) -> Iterator[BinaryIO]:
    """Give an open file at its start, and leave it open."""
    file.seek(0)
    yield file


def _held(unit: Unit, file: BinaryIO, key: bytes) -> Held:
    return Held(replace(unit, open=lambda: lent(file)), file_hash(file, key))
