"""What `scan` answers: what was done, the data map, and what was not read."""

from __future__ import annotations

from pathlib import Path

from rich.filesize import decimal

from flows import show
from flows.answers import print_json
from flows.asking import opened
from flows.reporting import data_map
from flows.run import Scanned
from flows.scanning import Done
from flows.unread import unread_table
from flows.wiring import tokens


def answer(done: Done, *, allow_unread: bool, json: bool) -> int:
    """Show what scans did and what they did not read; the exit code says the same."""
    unread = [row for one in done.scans for row in _unread_rows(done, one)]
    if json:
        print_json({**_scan_json(done), "unread": unread})
    else:
        _scan_table(done)
        unread_table(unread)
        _hint(done)
    complete = all(row["accepted"] for row in unread)
    return show.DONE if complete or allow_unread else show.INCOMPLETE


def _unread_rows(done: Done, one: Scanned) -> list[dict[str, object]]:
    """Return what a scan did not read, names masked where they hold an identifier."""
    seal = tokens(done.settings).seal
    keys = ("partition", "status", "reason", "units", "missed_at_most", "accepted")
    return [
        {
            "source": one.source,
            "dataset": seal.shown(str(row["dataset"])),
            **{key: row[key] for key in keys},
        }
        for row in one.contents.unread
    ]


def _scan_json(done: Done) -> dict[str, object]:
    whole = all(one.contents.status == "complete" for one in done.scans)
    return {
        "scan_id": done.scans[-1].contents.scan_id,
        "status": "complete" if whole else "incomplete",
        "sources": [
            {
                "source": one.source,
                "scan_id": one.contents.scan_id,
                "datasets": len(one.contents.datasets),
                "rows": one.contents.rows,
                "bytes": one.contents.bytes_read,
                "findings": one.contents.findings,
                "seconds": round(one.seconds, 3),
            }
            for one in done.scans
        ],
    }


def _scan_table(done: Done) -> None:
    for one in done.scans:
        found = one.contents
        show.say(
            f"{one.source}: {len(found.datasets):,} datasets, {found.rows:,} rows, "
            f"{decimal(found.bytes_read)}, {found.findings:,} findings in {one.seconds:.1f} s"
        )
    data_map(opened(done.config))


def _hint(done: Done) -> None:
    option = "" if done.config == Path("shozai.toml") else f" --config {done.config}"
    show.say(f"Next: shozai find{option} · shozai report{option} · shozai inventory fields{option}")
