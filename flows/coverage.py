"""Coverage: a row for every unit, read or not, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from connectors.place import Status, Unread
from flows import names
from flows.contents import Row
from flows.job import Job, Surveyed
from flows.reading import Reading


def covered(job: Job, known: Surveyed, reading: Reading) -> Iterator[Row]:
    """Yield the rows of one partition: that it was read, or each thing that wasn't."""
    for one in reading.unread:
        yield not_read(job, one, reading.partition.name, known)
    if not reading.unread:
        personal = known.sealed.dataset
        yield {
            "dataset": job.sealed(known.dataset.name, personal),
            "partition": reading.partition.number,
            "partition_name": job.sealed(reading.partition.name, personal),
            "status": Status.READ.value,
            "reason": "",
            "units": 0,
            "missed_at_most": 0.0,
            "rows": reading.rows,
        }


def not_read(job: Job, one: Unread, partition: str = "", known: Surveyed | None = None) -> Row:
    """Return the row of what was not, or not wholly, read.

    ``missed_at_most`` is null: nothing bounds what nobody saw.
    """
    personal = known.sealed.dataset if known else bool(names.in_path(one.dataset))
    return {
        "dataset": job.sealed(one.dataset, personal),
        "partition": one.partition,
        "partition_name": job.sealed(partition, personal),
        "status": one.status.value,
        "reason": one.reason,
        "units": one.units,
        "missed_at_most": None,
        "rows": None,
    }


def unread(job: Job, coverage: Iterable[Row]) -> Iterator[Row]:
    """Yield what was not read, and whether the settings accept the reason."""
    for row in coverage:
        if row["status"] != Status.READ:
            accepted = any(reason in str(row["reason"]) for reason in job.accept_unread)
            yield {**row, "accepted": accepted}
