"""Read this first: from a source to its inventory, in a straight line.

A source's datasets are surveyed, their partitions read as batches, batches scanned into findings,
findings located, and the locations committed as the source's part of the inventory. Until the
commit, readers see the inventory as it was; a scan that stops before it leaves no trace.

Prefect gives order, retries and a page to look at. It keeps parameters in clear and looks into
everything it is handed, so it is told a source's name and numbers, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from prefect import State, Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from connectors.errors import Unreachable
from flows.discreet import discreet
from flows.gather import gather
from flows.job import job_of
from flows.reading import Reading, read, read_names

P = ParamSpec("P")
R = TypeVar("R")


def _passes(_task: object, _run: object, state: State[object]) -> bool:
    """Try again what an outage stopped; everything else would only fail again."""
    return isinstance(state.result(raise_on_failure=False), Unreachable)


def _step(name: str, run_name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a function a task of the flow: tried again after an outage, its result kept nowhere."""
    return task(
        name=name,
        task_run_name=run_name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=3,
        retry_delay_seconds=exponential_backoff(backoff_factor=2),
        retry_condition_fn=_passes,
    )


@flow(name="inventory", flow_run_name="inventory of {source}", persist_result=False)
def inventory(source: str) -> None:
    """Make the inventory of one source anew."""
    job = job_of(source)
    with discreet(), job.begun():
        survey(source)
        pending = [read_units.submit(source, first, last) for first, last in job.plan.tasks()]
        readings = [reading for part in pending for reading in part.result()]
        job.contents = gather(job, readings)
        commit(source)


@_step("survey", "survey {source}")
def survey(source: str) -> None:
    """List the datasets, judge their heads, and stage what their names hold."""
    with discreet():
        job = job_of(source)
        job.survey()
        for surveyed in job.plan.datasets:
            read_names(job, surveyed)
        job.watcher.stage(f"{source}: reading")
        job.watcher.expect(job.plan.cost)


@_step("read", "read {source}, units {first} to {last}")
def read_units(source: str, first: int, last: int) -> list[Reading]:
    """Read, scan and stage the plan's units ``[first, last)``."""
    with discreet():
        job = job_of(source)
        return [read(job, unit) for unit in job.plan.units[first:last]]


@_step("commit", "commit {source}")
def commit(source: str) -> None:
    """Replace what the inventory holds of the source, all of it or nothing."""
    with discreet():
        job = job_of(source)
        job.watcher.stage(f"{source}: committing")
        job.contents.commit(job.scan)
