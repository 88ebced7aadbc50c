"""``shozai status``: how things stand: every source's last scan, and what it did not read."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flows import show
from flows.answers import print_json
from flows.asking import Opened
from flows.unread import unread_table
from reports.scans import LastScan, last_scans

_SHOWN_IN = ZoneInfo("Asia/Tokyo")
_TOLD = ("source", "scan_id", "started", "ended", "status", "rows", "bytes", "one_moment")
_UNREAD = ("source", "dataset", "partition", "status", "reason", "units", "missed_at_most")


def status(known: Opened, *, json: bool) -> int:
    """Show the last scan of every source in the settings; 1 if one has none."""
    names = [source.name for source in known.settings.source]
    scans = last_scans(known.view["scans"].to_table(), names)
    unread = _unread(known)
    if json:
        told = [{name: getattr(one, name) for name in _TOLD} for one in scans]
        print_json({"sources": told, "unread": unread})
    else:
        columns = ("source", "as of", "status", "rows", "bytes")
        show.table("", columns, [_row(one) for one in scans])
        unread_table(unread)
    return show.DONE if all(one.scan_id for one in scans) else show.NO


def _unread(known: Opened) -> list[dict[str, object]]:
    seal = known.inventory.tokens.seal
    rows = (row for row in known.view.rows("coverage") if row["status"] != "read")
    return [
        {**{name: row[name] for name in _UNREAD}, "dataset": seal.shown(str(row["dataset"]))}
        for row in rows
    ]


def _row(one: LastScan) -> tuple[object, ...]:
    return one.source, _shown(one.started), one.status, one.rows, one.bytes


def _shown(when: datetime | None) -> str:
    """Return a time as people here read it, to the minute."""
    return when.astimezone(_SHOWN_IN).strftime("%Y-%m-%d %H:%M") if when else "never"
