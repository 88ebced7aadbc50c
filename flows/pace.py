"""Pace: how many rows a second a source may be asked for, and in which hours.

Both are time, so connectors know nothing of them: batches are held back on their way. Where the
window ends, reading stops between two batches, and what is left is told as not read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Self
from zoneinfo import ZoneInfo

from connectors.place import Batch, Partition, Status, Unread
from flows.faults import ShozaiError

ZONE = ZoneInfo("Asia/Tokyo")
#: A pause is slept in pieces, so that an interrupted scan doesn't sleep on.
_NAP = 0.5


class OutOfHours(ShozaiError):
    """A source may not be read at this hour."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A window of the day, minutes after midnight in Asia/Tokyo; it may go over midnight."""

    start: int
    end: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read ``22:00-06:00``.

        >>> Hours.of("22:00-06:00")
        Hours(start=1320, end=360)
        """
        start, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
        return cls(start, end)

    def has(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it; its end doesn't."""
        there = moment.astimezone(ZONE)
        minute = there.hour * 60 + there.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        bounds = (f"{one // 60:02}:{one % 60:02}" for one in (self.start, self.end))
        return "-".join(bounds) + " Asia/Tokyo"


def _now() -> datetime:
    return datetime.now(ZONE)


class Pace:
    """Holds back what all readers of one source are given, together."""

    def __init__(
        self,
        rows_per_second: float | None = None,
        hours: Hours | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._rate, self._hours, self._now = rows_per_second, hours, now
        self._due = 0.0
        self._lock = Lock()

    def begin(self, source: str) -> None:
        """Raise ``OutOfHours`` where the source may not be read now."""
        if not self._is_open():
            raise OutOfHours(f"{source} may be read only in {self._hours}: scan it then.")

    def held(
        self,
        partition: Partition,
        items: Iterator[Batch | Unread],
        alive: Callable[[], None] = lambda: None,
    ) -> Iterator[Batch | Unread]:
        """Give what a partition gives, no faster than allowed, until the hours are over.

        ``alive`` is called while it waits, and raises where nobody waits for it any more.
        """
        begun = False
        while self._is_open():
            item = next(items, None)
            if item is None:
                return
            if isinstance(item, Batch):
                begun = True
                self._wait(len(item.records), alive)
            yield item
        yield self._over(partition, Status.PARTIAL if begun else Status.SKIPPED)

    def _is_open(self) -> bool:
        return self._hours is None or self._hours.has(self._now())

    def _wait(self, rows: int, alive: Callable[[], None]) -> None:
        if self._rate is None:
            return
        with self._lock:
            due = self._due = max(self._due, time.monotonic()) + rows / self._rate
        while (left := due - time.monotonic()) > 0:
            alive()
            time.sleep(min(left, _NAP))

    def _over(self, partition: Partition, status: Status) -> Unread:
        reason = f"the hours of reading, {self._hours}, were over; scan it in the next"
        return Unread(partition.dataset, status, reason, partition.number)
