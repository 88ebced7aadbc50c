"""Runs scans: sources are surveyed while Prefect starts, then read one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

import pyarrow as pa

from connectors.errors import SourceError
from flows import wiring
from flows.contents import Contents
from flows.discreet import discreet
from flows.faults import ShozaiError
from flows.job import Job, prepare
from flows.progress import Watcher
from flows.server import NoServer, Starting
from flows.settings import Settings
from flows.source_settings import SourceSettings
from reports.errors import InventoryError, NotAnInventory, WrongKey

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one scan did."""

    source: str
    contents: Contents
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """What stopped a source; the inventory keeps what it had of it."""

    source: str
    error: Exception

    @property
    def reason(self) -> str:
        """The failure in one sentence."""
        return str(self.error)


def scan(
    settings: Settings, names: Sequence[str], watcher: Watcher, *, full: bool = False
) -> tuple[list[Scanned], list[Failed]]:
    """Scan the sources named, or all; one that fails doesn't stop the others.

    What hasn't changed since it was last read is read again only in a ``full`` scan. Where
    there is one source alone, its failure is raised.
    """
    sources = wiring.chosen(settings, names)
    # Arrow's own allocator keeps what a batch no longer needs; the system's gives it back.
    pa.set_memory_pool(pa.system_memory_pool())
    server = Starting()
    server.begin()
    jobs = [_job(settings, source, watcher, full=full) for source in sources]
    refuse_two_keys(jobs)
    surveyed = [_told(job, _survey) for job in jobs]
    if any(isinstance(one, Job) for one in surveyed):
        watcher.stage("starting Prefect")
        server.wait()
    done = [_told(one, _scan) if isinstance(one, Job) else one for one in surveyed]
    failed = [one for one in done if isinstance(one, Failed)]
    if failed and len(jobs) == 1:
        raise failed[0].error
    return [one for one in done if isinstance(one, Scanned)], failed


def refuse_two_keys(jobs: Sequence[Job]) -> None:
    """Raise ``WrongKey`` before a part of an inventory is written anew under another key."""
    inventory = jobs[0].inventory
    try:
        last = inventory.view().last_scans
    except NotAnInventory:
        return
    ours, anew = inventory.tokens.fingerprint, {job.source.name for job in jobs}
    others = {name for name, row in last.items() if row["key_fingerprint"] != ours} - anew
    if others:
        raise WrongKey(
            f"{', '.join(sorted(others))} was scanned under another key than {ours}: "
            "use that key, or scan all sources anew."
        )


def _told(job: Job, act: Callable[[Job], T]) -> T | Failed:
    """Return what an act on a job gives, or what stopped it."""
    try:
        with discreet():
            return act(job)
    except (ShozaiError, SourceError, InventoryError) as error:
        return Failed(job.source.name, error)


def _survey(job: Job) -> Job:
    job.pace.begin(job.source.name)
    job.source.check()
    job.survey()
    return job


def _job(settings: Settings, one: SourceSettings, watcher: Watcher, *, full: bool) -> Job:
    inventory = wiring.inventory(settings)
    source = wiring.source(settings, one, inventory.tokens.digest_key)
    job = Job(
        source,
        inventory,
        wiring.settings_hash(one),
        one.accept_unread,
        wiring.pace(one),
        watcher=watcher,
        full=full,
    )
    prepare(job)
    return job


def _scan(job: Job) -> Scanned:
    import httpx

    from flows.inventory import inventory

    started = monotonic()
    try:
        with job.source:
            inventory(job.source.name)
    except httpx.HTTPError as error:
        raise NoServer(
            f"Prefect's server stopped answering ({type(error).__name__}): start it and scan again."
        ) from None
    return Scanned(job.source.name, job.contents, monotonic() - started)
