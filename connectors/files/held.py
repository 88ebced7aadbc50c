"""A file held still: opened once, and hashed and read from the very same bytes.

What lies on another machine is copied to a file without a name first, so that it comes only once.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO

from connectors.files.beside import hashed
from connectors.files.swap import scratch
from connectors.files.unit import Unit

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A unit whose ``open`` gives the same bytes every time, and what waits for their hash."""

    unit: Unit
    told: Callable[[], str]

    @property
    def hash(self) -> str:
        """Their hash; what can be done without it should be done first."""
        return self.told()


@contextmanager
def held(unit: Unit, key: bytes, *, is_local: bool) -> Iterator[Held]:
    """Hold a file; raises what opening and reading it raise."""
    if is_local:
        with unit.open() as file, hashed(file, key) as told:
            yield _held(unit, file, told)
        return
    with scratch() as copy:
        # Let go of at once: a share would lock it against ourselves.
        with unit.open() as file:
            shutil.copyfileobj(file, copy, _CHUNK)
        copy.flush()
        with hashed(copy, key) as told:
            yield _held(unit, copy, told)


@contextmanager
def lent(file: BinaryIO) -> Iterator[BinaryIO]:
    """Give an open file at its start, and leave it open."""
    file.seek(0)
    yield file


def _held(unit: Unit, file: BinaryIO, told: Callable[[], str]) -> Held:
    return Held(replace(unit, open=lambda: lent(file)), told)
