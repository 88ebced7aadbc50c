"""Replays sources one after the other: verdicts anew, what must be read again read, one commit.

Nothing of a source is opened unless something of it must be read again; then only the datasets
concerned are listed and read. No Prefect: little or nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import cast

from connectors.errors import SourceError
from connectors.place import Unread
from flows import wiring
from flows.discreet import discreet
from flows.faults import ShozaiError, UsageError
from flows.gather import gather
from flows.job import Job
from flows.plan import Heads, Plan
from flows.progress import Watcher, counted
from flows.reading import read, read_names
from flows.replay.changes import Change, changes
from flows.replay.concern import changed, concerned, lacking
from flows.replay.join import joined
from flows.replay.kept import keep
from flows.replay.known import Known, known
from flows.run import Failed, refuse_two_keys
from flows.settings import Settings
from flows.source_settings import SourceSettings
from flows.survey import judged, listed, look, profiled, with_keys
from reports.errors import InventoryError
from reports.links import SubjectKey, subject_keys
from reports.view import Row, View
from scanners.verdict import TableVerdict
from scanners.versions import versions


@dataclass(frozen=True, slots=True)
class Replayed:
    """What replaying one source came to; ``again`` are the datasets read again, each with why."""

    source: str
    scan_id: str
    datasets: int
    again: dict[str, str]
    changes: tuple[Change, ...]
    unread: tuple[Row, ...]
    seconds: float


def replay(
    settings: Settings, names: Sequence[str], watcher: Watcher
) -> tuple[list[Replayed], list[Failed]]:
    """Replay the sources named, or all; one that fails doesn't stop the others.

    Where there is one source alone, its failure is raised.
    """
    sources = wiring.chosen(settings, names)
    found = [_told(settings, one, watcher) for one in sources]
    failed = [one for one in found if isinstance(one, Failed)]
    if failed and len(sources) == 1:
        raise failed[0].error
    return [one for one in found if isinstance(one, Replayed)], failed


def _told(settings: Settings, one: SourceSettings, watcher: Watcher) -> Replayed | Failed:
    try:
        with discreet():
            return _replayed(settings, one, watcher)
    except (ShozaiError, SourceError, InventoryError) as error:
        return Failed(one.name, error)


def _replayed(settings: Settings, one: SourceSettings, watcher: Watcher) -> Replayed:
    inventory = wiring.inventory(settings)
    last = _last(inventory.view(), one.name)
    source = wiring.source(settings, one, inventory.tokens.digest_key)
    job = Job(
        source,
        inventory,
        str(last["settings_hash"]),
        one.accept_unread,
        wiring.pace(one),
        watcher=watcher,
    )
    refuse_two_keys([job])
    with job.begun():
        return _under_lease(settings, one, job)


def _under_lease(settings: Settings, one: SourceSettings, job: Job) -> Replayed:
    """Judge what was last committed; nobody commits anything else of the source meanwhile."""
    started, view = monotonic(), job.inventory.view()
    last, kept = _last(view, one.name), known(view, one.name, job.inventory.tokens.seal)
    job.watcher.stage(f"{one.name}: judging {counted(len(kept), 'dataset')} again")
    course = _Course(settings, one, job, kept)
    then = dict(cast("list[tuple[str, str]]", last["rules_version"]))
    course.begin(changed(then, versions()))
    _finish(job, view, course, last)
    job.contents.commit(job.scan)
    return Replayed(
        one.name,
        job.scan.id,
        len(kept),
        {str(kept[name].row["dataset"]): why for name, why in course.again.items()},
        tuple(changes(job, kept, course.again)),
        job.contents.unread,
        monotonic() - started,
    )


def _last(view: View, source: str) -> Row:
    if source not in view.last_scans:
        raise UsageError(f"{source} has not been scanned: run `shozai scan {source}` first.")
    return view.last_scans[source]


@dataclass(slots=True)
class _Course:
    """The verdicts of all datasets as they are reached, and the datasets to read ``again``."""

    settings: Settings
    one: SourceSettings
    job: Job
    known: dict[str, Known]
    again: dict[str, str] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    keyed: dict[str, TableVerdict | None] = field(default_factory=dict)
    keys: dict[str, tuple[SubjectKey, ...]] = field(default_factory=dict)
    _heads: dict[str, Heads] = field(default_factory=dict)

    def begin(self, other: dict[str, str]) -> None:
        """Judge all anew; whatever must be read again may change what keys mean elsewhere."""
        self._judge()
        asked = {name: concerned(one, other) for name, one in self.known.items()}
        self.again |= {name: why for name, why in asked.items() if why}
        asked = self.again | self._lacking()
        while asked:
            self.again |= asked
            self._look()
            self._judge()
            asked = self._lacking()

    def _lacking(self) -> dict[str, str]:
        rest = ((name, one) for name, one in self.known.items() if name not in self.again)
        found = {name: lacking(one, self.keyed[name]) for name, one in rest}
        return {name: why for name, why in found.items() if why}

    def _look(self) -> None:
        """List the datasets to read again, and no others, and profile their heads."""
        wanted = [self.known[name] for name in self.again]
        include = tuple(pattern for one in wanted for pattern in one.patterns)
        job, key = self.job, self.job.inventory.tokens.digest_key
        job.source.close()
        job.source = wiring.source(
            self.settings, self.one.model_copy(update={"include": include}), key
        )
        datasets, unread = listed(job.source, job.watcher)
        datasets = [one for one in datasets if one.name in self.again]
        self._heads = profiled(job.source, datasets, job.watcher)
        surveyed = tuple(look(one, self._heads[one.name], None) for one in datasets)
        self.plan = Plan(surveyed, tuple(_of(unread, self.again)))

    def _judge(self) -> None:
        there = {one.name: one.dataset for one in self.plan.datasets}
        heads = {
            name: self._heads.get(name, ()) if name in self.again else one.seen.heads
            for name, one in self.known.items()
        }
        verdicts = {name: judged(head, name) for name, head in heads.items()}
        datasets = [there.get(name, one.dataset) for name, one in self.known.items()]
        self.keys = subject_keys(datasets, {name: one for name, one in verdicts.items() if one})
        self.keyed = {
            name: with_keys(one, self.keys.get(name, ())) for name, one in verdicts.items()
        }
        self.plan = replace(
            self.plan,
            datasets=tuple(look(one, heads[name], self.keyed[name]) for name, one in there.items()),
        )


def _of(unread: Sequence[Unread], again: dict[str, str]) -> Iterator[Unread]:
    return (one for one in unread if one.dataset in again)


def _finish(job: Job, view: View, course: _Course, last: Row) -> None:
    """Read what must be read again, and join it with what stays."""
    job.plan = course.plan
    for surveyed in job.plan.datasets:
        read_names(job, surveyed)
    with job.source:
        if job.plan.units:
            job.hold()
        readings = [read(job, unit) for unit in job.plan.units]
    rest = {name: one for name, one in course.known.items() if name not in course.again}
    stays = [keep(job, one, course.keyed[name]) for name, one in rest.items()]
    gone = [str(course.known[name].row["dataset"]) for name in course.again]
    job.contents = joined(job, view, gather(job, readings), stays, gone, course.keys, last)
