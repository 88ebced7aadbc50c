"""Read this first: from a source to its inventory, in a straight line.

A source's datasets are surveyed, their partitions read as batches, batches scanned into findings,
findings located, and the locations committed as the source's part of the inventory. Until the
commit, readers see the inventory as it was; a scan that stops before it leaves no trace.

Prefect gives order, retries and a page to look at. It is told a source's name and numbers, and
nothing else: it keeps parameters in clear.
"""

from __future__ import annotations

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from connectors.errors import Unreachable
from flows.contents import Contents
from flows.discreet import discreet
from flows.gather import gather
from flows.job import Job, job
from flows.reading import Reading, read
from flows.survey import survey


def _passes(_task: object, _run: object, state: State[object]) -> bool:
    """Try again what an outage stopped; everything else would only fail again."""
    return isinstance(state.result(raise_on_failure=False), Unreachable)


@flow(name="inventory", flow_run_name="inventory of {source}", persist_result=False)
def inventory(source: str) -> Contents:
    """Make the inventory of one source anew."""
    known = job(source)
    with discreet(), known.begun():
        look(source)
        slices = known.planned.tasks()
        pending = [read_units.submit(source, first, last) for first, last in slices]
        contents = gather(known, [reading for part in pending for reading in part.result()])
        commit(source, contents)
        return contents


@task(
    name="survey",
    task_run_name="survey {source}",
    cache_policy=NO_CACHE,
    retries=3,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_condition_fn=_passes,
)
def look(source: str) -> None:
    """List the datasets and judge their heads; done already where that was the wait for Prefect."""
    with discreet():
        known = job(source)
        known.plan = known.plan or survey(known.source, known.watcher)
        known.watcher.stage(f"{source}: reading")
        known.watcher.expect(sum(unit.cost for unit in known.planned.units))


@task(
    name="read",
    task_run_name="read {source}, units {first} to {last}",
    cache_policy=NO_CACHE,
    retries=3,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_condition_fn=_passes,
)
def read_units(source: str, first: int, last: int) -> list[Reading]:
    """Read, scan and stage the plan's units ``[first, last)``."""
    with discreet():
        known: Job = job(source)
        return [read(known, unit) for unit in known.planned.units[first:last]]


@task(name="commit", task_run_name="commit {source}", cache_policy=NO_CACHE, persist_result=False)
def commit(source: str, contents: Contents) -> None:
    """Replace what the inventory holds of the source, all of it or nothing."""
    with discreet():
        job(source).watcher.stage(f"{source}: committing")
        contents.commit(job(source).running)
