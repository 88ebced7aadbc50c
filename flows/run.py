"""Runs scans: sources are surveyed while Prefect starts, then read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from flows import wiring
from flows.contents import Contents
from flows.discreet import discreet
from flows.job import Job, prepare
from flows.progress import Watcher
from flows.server import Starting
from flows.settings import Settings, SourceSettings


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one scan did."""

    source: str
    contents: Contents
    seconds: float


def scan(settings: Settings, names: Sequence[str], watcher: Watcher) -> list[Scanned]:
    """Scan the sources named (or all); raise what stops a source, after the others before it."""
    sources = wiring.chosen(settings, names)
    server = Starting()
    server.begin()
    jobs = [_job(settings, source, watcher) for source in sources]
    for job in jobs:
        with discreet():
            job.source.check()
            job.survey()
    watcher.stage("starting Prefect")
    server.wait()
    return [_scan(job) for job in jobs]


def _job(settings: Settings, one: SourceSettings, watcher: Watcher) -> Job:
    inventory = wiring.inventory(settings)
    source = wiring.source(settings, one, inventory.tokens.digest_key)
    job = Job(source, inventory, wiring.settings_hash(settings), one.accept_unread, watcher=watcher)
    prepare(job)
    return job


def _scan(job: Job) -> Scanned:
    from flows.inventory import inventory

    started = monotonic()
    with job.source:
        inventory(job.source.name)
    return Scanned(job.source.name, job.contents, monotonic() - started)
