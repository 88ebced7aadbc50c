"""Faults in what a user wrote: where, what is wrong, and how to mend it, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; ``key`` is dotted, list items counted from 1."""

    key: str
    what: str
    mend: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [self.key, "; ".join(filter(None, [self.what, self.mend]))]))


class ShozaiError(Exception):
    """The root of what ``flows`` raises: a sentence for the user, and the exit code it means."""

    exit_code = 4


class UsageError(ShozaiError):
    """The command was given something it can't use."""

    exit_code = 2


class SettingsError(UsageError):
    """The settings can't be used; ``faults`` lists every reason."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{path}: {fault}" for fault in faults))
