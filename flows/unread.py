"""What was not read, as a table: the first units one by one, the rest counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from connectors.place import Status
from flows import show
from flows.asking import Opened

#: Units that are listed one by one.
_LISTED = 8
_COLUMNS = ("source", "dataset", "status", "reason")
#: The gravest first: nothing of it was read, or not all.
_GRAVITY = [Status.FAILED.value, Status.SKIPPED.value, Status.PARTIAL.value]


def never_scanned(known: Opened) -> list[dict[str, object]]:
    """Return the sources in the settings that no scan has read, each as not read at all."""
    missing = [one.name for one in known.settings.source if one.name not in known.view.last_scans]
    nothing = dict.fromkeys(("dataset", "partition", "units", "missed_at_most"))
    return [
        {
            "source": name,
            **nothing,
            "status": Status.SKIPPED.value,
            "reason": f"never scanned: run `shozai scan {name}`",
        }
        for name in missing
    ]


def gravest_first(rows: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Order what was not read: a source that nobody scanned, what failed, was skipped, was cut."""
    return sorted(rows, key=lambda row: (row["dataset"] is not None, _grade(row)))


def _grade(row: Mapping[str, object]) -> int:
    return _GRAVITY.index(str(row["status"])) if row["status"] in _GRAVITY else len(_GRAVITY)


def unread_table(rows: Sequence[Mapping[str, object]]) -> None:
    """Show what was not read, if anything wasn't."""
    if not rows:
        return
    listed = [[row[name] for name in _COLUMNS] for row in gravest_first(rows)[:_LISTED]]
    show.table(f"Not read: {len(rows):,}", _COLUMNS, listed)
    if len(rows) > _LISTED:
        show.say(f"… and {len(rows) - _LISTED:,} more: `shozai inventory coverage`.")
