"""A step: one task of a flow as Prefect runs and shows it.

It is tried again where an outage stopped it, what it gives back is kept nowhere, and what it fails
with holds no value of anyone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import pyarrow as pa
from prefect import State, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from connectors.errors import Unreachable
from flows.discreet import discreet

P = ParamSpec("P")
R = TypeVar("R")


def step(name: str, run_name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a function a step; ``run_name`` may name its parameters in braces."""
    as_task = task(
        name=name,
        task_run_name=run_name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=3,
        retry_delay_seconds=exponential_backoff(backoff_factor=2),
        retry_condition_fn=_is_outage,
    )
    return lambda function: as_task(discreet()(_frugal()(function)))


@contextmanager
def _frugal() -> Iterator[None]:
    """Give back to the system what a step leaves; the next runs in another thread's memory."""
    try:
        yield
    finally:
        pa.default_memory_pool().release_unused()


def _is_outage(_task: object, _run: object, state: State[object]) -> bool:
    """Tell whether an outage was met; everything else would only fail again."""
    return isinstance(state.result(raise_on_failure=False), Unreachable)
