"""What schemas call their columns: for each role Japanese, English and romaji names.

Written from what tables of real systems look like, not from the words that the detector knows.
``{s}`` stands for whom the table is about (顧客, ``customer``, ``kokyaku``). Each name belongs to
one half by its hash, so that rules are tuned on names other than those that are reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

#: role: Japanese / English / romaji, each separated by spaces (a real space is written ~).
_LISTED = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")

HEADERS: Mapping[str, tuple[Sequence[str], ...]] = {
    role.strip(): tuple(
        tuple(part.replace("~", " ") for part in names.split() if part != "-")
        for names in rest.split(" / ")
    )
    for role, rest in (line.split(":", 1) for line in _LISTED.strip().splitlines())
}


def half(text: str) -> bool:
    """Tell whether something belongs to the half that is held out, by its hash."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def names(role: str, register: int, *, held_out: bool) -> Sequence[str]:
    """Return a role's names in a register, of one half; of both where that half has none."""
    all_ = HEADERS[role][register] or HEADERS[role][0]
    return [name for name in all_ if half(name) is held_out] or all_
