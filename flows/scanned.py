"""What `scan` answers: what was done, the data map, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.filesize import decimal

from flows import scanning, show
from flows.answers import print_json
from flows.asking import opened
from flows.progress import counted
from flows.reporting import data_map
from flows.run import Failed, Scanned
from flows.scanning import Done
from flows.unread import unread_table
from flows.wiring import tokens


def command(
    what: Sequence[str], config: Path, *, full: bool, allow_unread: bool, replay: bool, json: bool
) -> int:
    """Scan, or judge anew what was scanned, and answer."""
    if replay:
        from flows.replay.answer import answer as replayed

        return replayed(what, config, allow_unread=allow_unread, json=json)
    with show.watching() as watcher:
        done = scanning.scan(what, config, watcher, full=full)
    return answer(done, allow_unread=allow_unread, json=json)


def answer(done: Done, *, allow_unread: bool, json: bool) -> int:
    """Show what scans did and what they did not read; the exit code says the same."""
    unread = [*_unread(done), *map(_whole, done.failed)]
    for one in done.failed:
        show.warn(f"{one.source}: {one.reason}")
    if json:
        print_json({**_scan_json(done), "unread": unread})
    else:
        _scan_table(done)
        unread_table(unread)
        _hint(done)
    complete = allow_unread or all(row["accepted"] for row in unread)
    return show.FAILED if done.failed else show.DONE if complete else show.INCOMPLETE


def _unread(done: Done) -> Iterator[dict[str, object]]:
    """Yield what the scans did not read, names masked where they hold an identifier."""
    seal = tokens(done.settings).seal
    keys = ("partition", "status", "reason", "units", "missed_at_most", "accepted")
    for one in done.scans:
        for row in one.contents.unread:
            dataset = seal.shown(str(row["dataset"]))
            yield {"source": one.source, "dataset": dataset, **{key: row[key] for key in keys}}


def _whole(failed: Failed) -> dict[str, object]:
    """Return a source that failed as what was not read of it: all."""
    nothing = dict.fromkeys(("dataset", "partition", "units", "missed_at_most"))
    told = {"status": "failed", "reason": failed.reason, "accepted": False}
    return {"source": failed.source, **nothing, **told}


def _scan_json(done: Done) -> dict[str, object]:
    return {
        "scan_id": done.scans[-1].contents.scan_id if done.scans else None,
        "status": _status(done),
        "sources": [
            {
                "source": one.source,
                "scan_id": one.contents.scan_id,
                "datasets": len(one.contents.datasets),
                "unchanged": one.contents.unchanged,
                "rows": one.contents.rows,
                "bytes": one.contents.bytes_read,
                "findings": one.contents.findings,
                "seconds": round(one.seconds, 3),
            }
            for one in done.scans
        ],
    }


def _status(done: Done) -> str:
    if done.failed:
        return "failed"
    whole = all(one.contents.status == "complete" for one in done.scans)
    return "complete" if whole else "incomplete"


def _scan_table(done: Done) -> None:
    for one in done.scans:
        show.say(f"{one.source}: {_counts(one)}")
    if done.scans:
        data_map(opened(done.config))


def _counts(one: Scanned) -> str:
    read = one.contents
    if not read.datasets:
        return "nothing there that can be read."
    found, others = counted(read.findings - read.others, "finding"), read.others
    beside = f" (+{others:,} of organisations or things)" if others else ""
    same = f" ({read.unchanged:,} unchanged, not read again)" if read.unchanged else ""
    return (
        f"{counted(len(read.datasets), 'dataset')}{same}, {counted(read.rows, 'row')}, "
        f"{decimal(read.bytes_read)}, {found}{beside} in {one.seconds:.1f} s"
    )


def _hint(done: Done) -> None:
    option = "" if done.config == Path("shozai.toml") else f" --config {done.config}"
    show.say(f"Next: shozai find{option} · shozai report{option} · shozai inventory fields{option}")
