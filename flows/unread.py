"""What was not read, as a table: the first units one by one, the rest counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows import show

#: Units that are listed one by one.
_LISTED = 8
_COLUMNS = ("source", "dataset", "status", "reason")


def unread_table(rows: Sequence[Mapping[str, object]]) -> None:
    """Show what was not read, if anything wasn't."""
    if not rows:
        return
    listed = [[row[name] for name in _COLUMNS] for row in rows[:_LISTED]]
    show.table(f"Not read: {len(rows):,}", _COLUMNS, listed)
    if len(rows) > _LISTED:
        show.say(f"… and {len(rows) - _LISTED:,} more: `shozai inventory coverage`.")
