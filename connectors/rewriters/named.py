"""Records as readers name them, ``{"row":12}``, taken apart into numbers.

Two edits of one record are one: cutting wins, later values win.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from connectors.change import Why
from connectors.rewriters.base import Edit, Hindrance

GONE = "The file has no such record any more; scan it again."


def merged(edits: Iterable[Edit]) -> dict[str, Edit]:
    """Return one edit a record."""
    found: dict[str, Edit] = {}
    for edit in edits:
        known = found.get(edit.record)
        if known is None or edit.values is None:
            found[edit.record] = edit
        elif known.values is not None:
            found[edit.record] = Edit(edit.record, {**known.values, **edit.values})
    return found


def numbers(edits: Sequence[Edit], key: str) -> dict[int, Edit]:
    """Return those edits whose records are named by a number under ``key`` alone, by it."""
    found = {}
    for edit in merged(edits).values():
        number = _parts(edit.record).get(key)
        if isinstance(number, int) and edit.record == f'{{"{key}":{number}}}':
            found[number] = edit
    return found


def gone(edits: Iterable[Edit], known: Iterable[Edit]) -> list[Hindrance]:
    """Return a hindrance for each of ``edits`` that isn't among the ``known`` ones."""
    there = {each.record for each in known}
    return [gone_of(record) for record in merged(edits) if record not in there]


def gone_of(record: str) -> Hindrance:
    """Return the hindrance of a record that isn't in the file."""
    return Hindrance(record, Why.GONE, GONE)


def _parts(record: str) -> dict[str, object]:
    try:
        parts = json.loads(record)
    except ValueError:
        return {}
    return parts if isinstance(parts, dict) else {}
