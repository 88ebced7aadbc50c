"""Read this first: from a source to its inventory, in a straight line.

A source's datasets are surveyed and compared with what is known of them; the partitions of those
that changed are read as batches, batches scanned into findings, findings located, and the locations
committed as the source's part of the inventory. Until the commit, readers see the inventory as it
was; a scan that stops before it leaves no trace.

Prefect gives order, retries and a page to look at. It keeps parameters in clear and looks into
everything it is handed, so it is told a source's name and numbers, and nothing else.
"""

from __future__ import annotations

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from flows.discreet import discreet
from flows.gather import gather
from flows.job import job_of
from flows.reading import Reading, read, read_names
from flows.step import step
from flows.unchanged import compared, with_staying

#: Tasks that read at a time: one waits for the source while the other scans, and each holds a
#: batch. Prefect's own default is all of them.
_AT_ONCE = 2


@flow(
    name="inventory",
    flow_run_name="inventory of {source}",
    persist_result=False,
    # Prefect's generics for futures don't meet.
    task_runner=ThreadPoolTaskRunner(max_workers=_AT_ONCE),  # type: ignore[arg-type]
)
def inventory(source: str) -> None:
    """Make the inventory of one source anew."""
    job = job_of(source)
    with discreet(), job.begun():
        survey(source)
        compare(source)
        pending = [read_units.submit(source, first, last) for first, last in job.plan.tasks()]
        readings = [reading for part in pending for reading in part.result()]
        job.contents = with_staying(job, gather(job, readings))
        commit(source)


@step("survey", "survey {source}")
def survey(source: str) -> None:
    """List the datasets, judge their heads, and hold the moment that all is read of."""
    job = job_of(source)
    job.survey()
    job.hold()


@step("compare", "compare {source}")
def compare(source: str) -> None:
    """Leave out what is as the last scan read it; stage what the names of the rest hold."""
    job = job_of(source)
    job.plan = compared(job)
    for surveyed in job.plan.read:
        read_names(job, surveyed)
    job.watcher.stage(f"{source}: reading")
    job.watcher.expect(job.plan.cost)


@step("read", "read {source}, units {first} to {last}")
def read_units(source: str, first: int, last: int) -> list[Reading]:
    """Read, scan and stage the plan's units ``[first, last)``."""
    job = job_of(source)
    return [read(job, unit) for unit in job.plan.units[first:last]]


@step("commit", "commit {source}")
def commit(source: str) -> None:
    """Replace what the inventory holds of the source, all of it or nothing."""
    job = job_of(source)
    job.watcher.stage(f"{source}: committing")
    job.contents.commit(job.scan)
