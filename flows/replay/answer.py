"""What ``scan --replay`` answers: which fields changed, and what had to be read for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from flows import scanning, show
from flows.answers import print_json
from flows.progress import counted
from flows.replay.run import Replayed, replay
from flows.run import Failed
from flows.unread import unread_table
from flows.wiring import tokens
from reports.seal import Seal


def answer(what: Sequence[str], config: Path, *, allow_unread: bool, json: bool) -> int:
    """Replay sources by name, or a place scanned before, and show what changed."""
    _, settings, names = scanning.chosen(what, config)
    with show.watching() as watcher:
        done, failed = replay(settings, names, watcher)
    seal = tokens(settings).seal
    unread = list(_unread(done, seal))
    for one in failed:
        show.warn(f"{one.source}: {one.reason}")
    if json:
        print_json(_json(done, failed, seal) | {"unread": unread})
    else:
        _tables(done, seal)
        unread_table(unread)
    complete = allow_unread or all(row["accepted"] for row in unread)
    return show.FAILED if failed else show.DONE if complete else show.INCOMPLETE


def _json(done: Sequence[Replayed], failed: Sequence[Failed], seal: Seal) -> dict[str, object]:
    return {
        "status": "failed" if failed else "done",
        "sources": [
            {
                "source": one.source,
                "scan_id": one.scan_id,
                "datasets": one.datasets,
                "read": [
                    {"dataset": seal.shown(name), "why": why} for name, why in one.again.items()
                ],
                "seconds": round(one.seconds, 3),
            }
            for one in done
        ],
        "changes": [
            {
                "source": one.source,
                "dataset": seal.shown(change.dataset),
                "field": seal.shown(change.field),
                "before": [asdict(verdict) for verdict in change.before],
                "after": [asdict(verdict) for verdict in change.after],
                "why": change.why,
            }
            for one in done
            for change in one.changes
        ],
    }


def _tables(done: Sequence[Replayed], seal: Seal) -> None:
    for one in done:
        names = ", ".join(f"{seal.shown(name)} ({why})" for name, why in one.again.items())
        read = f"read again: {names}" if names else "nothing read"
        show.say(f"{one.source}: {counted(one.datasets, 'dataset')} judged again; {read}.")
    rows = [
        (
            one.source,
            seal.shown(change.dataset),
            seal.shown(change.field),
            _shown(change.before),
            _shown(change.after),
            change.why,
        )
        for one in done
        for change in one.changes
    ]
    if rows:
        show.table("", ("source", "dataset", "field", "before", "after", "why"), rows)
    elif done:
        show.say("No verdict changed.")


def _shown(verdicts: Sequence[object]) -> str:
    return ", ".join(map(str, verdicts)) or "–"


def _unread(done: Sequence[Replayed], seal: Seal) -> Iterator[dict[str, object]]:
    keys = ("partition", "status", "reason", "units", "missed_at_most", "accepted")
    for one in done:
        for row in one.unread:
            dataset = seal.shown(str(row["dataset"]))
            yield {"source": one.source, "dataset": dataset, **{key: row[key] for key in keys}}
