"""Progress of long work, told to whoever watches: a bar, plain lines, or nobody.

The work says what it has done in rows and bytes; how that is shown is no matter of its own.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Protocol, Self

from rich.console import Console
from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

_EVERY_SECONDS = 10.0


def counted(number: int, what: str) -> str:
    """Word a count of things whose plural ends in -s.

    >>> counted(1, "dataset"), counted(1927, "dataset")
    ('1 dataset', '1,927 datasets')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


class Watcher(Protocol):
    """Whoever watches a scan. ``expect`` may be called again as more becomes known."""

    def stage(self, what: str) -> None:
        """Say what is being done now."""

    def expect(self, units: int) -> None:
        """Say how much there is to do, in bytes or what stands for them."""

    def advance(self, units: int, rows: int = 0, nbytes: int = 0) -> None:
        """Say that so much of it is done."""


@dataclass(slots=True)
class _Tally:
    """What has been done so far, and how fast."""

    units: int = 0
    expected: int = 0
    rows: int = 0
    nbytes: int = 0
    started: float = 0.0

    def add(self, units: int, rows: int, nbytes: int) -> None:
        self.started = self.started or time.monotonic()
        self.units, self.rows, self.nbytes = (
            self.units + units,
            self.rows + rows,
            self.nbytes + nbytes,
        )

    def __str__(self) -> str:
        rate = self.rows / max(time.monotonic() - self.started, 0.001)
        return f"{counted(self.rows, 'row')}  {decimal(self.nbytes)}  {rate:,.0f} rows/s"


class Silent:
    """Nobody watches."""

    def stage(self, what: str) -> None:
        """Nothing to do."""

    def expect(self, units: int) -> None:
        """Nothing to do."""

    def advance(self, units: int, rows: int = 0, nbytes: int = 0) -> None:
        """Nothing to do."""


class Lines:
    """Plain lines on standard error, at most one every ten seconds, where there is no terminal."""

    def __init__(self) -> None:
        self._tally, self._said, self._stage = _Tally(), 0.0, ""

    def stage(self, what: str) -> None:
        """Write what is being done now, once; of steps that follow quickly only some."""
        if what != self._stage and not (_is_counted(what) and self._early()):
            self._said = time.monotonic()
            print(what, file=sys.stderr, flush=True)
        self._stage = what

    def expect(self, units: int) -> None:
        """Remember how much there is to do."""
        self._tally.expected += units

    def advance(self, units: int, rows: int = 0, nbytes: int = 0) -> None:
        """Count, and write a line when it is time."""
        self._tally.add(units, rows, nbytes)
        if not self._early():
            self._said = time.monotonic()
            share = 100 * self._tally.units // max(self._tally.expected, 1)
            print(f"{self._stage}: {min(share, 100)} %  {self._tally}", file=sys.stderr, flush=True)

    def _early(self) -> bool:
        return time.monotonic() - self._said < _EVERY_SECONDS


def _is_counted(what: str) -> bool:
    """Tell whether a stage is a step of many: one that counts itself, behind a source's name."""
    return any(letter.isdigit() for letter in what.rpartition(": ")[2])


class Bar:
    """A bar on standard error: rows, bytes, rate and the time left."""

    def __init__(self) -> None:
        self._tally = _Tally()
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[tally]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID = self._progress.add_task("", total=None, tally="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def stage(self, what: str) -> None:
        """Show what is being done now."""
        self._progress.update(self._task, description=what)

    def expect(self, units: int) -> None:
        """Lengthen the bar."""
        self._tally.expected += units
        self._progress.update(self._task, total=self._tally.expected)

    def advance(self, units: int, rows: int = 0, nbytes: int = 0) -> None:
        """Fill the bar."""
        self._tally.add(units, rows, nbytes)
        self._progress.update(self._task, completed=self._tally.units, tally=str(self._tally))
