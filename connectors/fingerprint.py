"""Fingerprints: what tells that a partition is as it was, so that it needn't be read again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Signal(StrEnum):
    """What a fingerprint rests on: the cheapest honest thing that the store tells."""

    CONTENT = "content"
    ETAG = "etag"
    SIZE_TIME = "size-time"
    COUNTERS = "counters"
    UPDATE_TIME = "update-time"

    @property
    def doubt(self) -> str:
        """What it can't see, in a few words; "" where it sees everything."""
        return _DOUBTS.get(self, "")


_DOUBTS = {
    Signal.SIZE_TIME: "a change that keeps size and time isn't seen",
    Signal.COUNTERS: "counters may come seconds late, and are lost when the server crashes",
    Signal.UPDATE_TIME: "forgotten when the server starts again; told to the second",
}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Equal means unchanged, as far as the signal sees; ``value`` is opaque."""

    signal: Signal
    value: str

    def __str__(self) -> str:
        return f"{self.signal}:{self.value}"


def doubt(fingerprint: str) -> str | None:
    """Return what the signal of a written fingerprint can't see; ``None`` if it is no fingerprint.

    >>> doubt("counters:7") == Signal.COUNTERS.doubt
    True
    """
    signal = fingerprint.partition(":")[0]
    return Signal(signal).doubt if signal in set(Signal) else None
