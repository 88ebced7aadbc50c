"""Coverage: a row for every unit, read or not, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from connectors.place import Status, Unread
from flows import names
from flows.contents import Row
from flows.job import Job
from flows.plan import Surveyed
from flows.reading import Reading


def of_dataset(job: Job, surveyed: Surveyed, readings: Iterable[Reading]) -> Iterator[Row]:
    """Yield the rows of a dataset's partitions: that one was read, or each thing that wasn't."""
    personal = surveyed.sealed.dataset
    for reading in readings:
        for gap in reading.unread:
            yield _not_read(job, gap, reading.partition.name, personal=personal)
        if not reading.unread:
            yield _read(job, reading, personal=personal)


def of_listing(job: Job) -> Iterator[Row]:
    """Yield the rows of what could not even be listed."""
    for gap in job.plan.unread:
        yield _not_read(job, gap, personal=bool(names.in_path(gap.dataset)))


def unread(job: Job, coverage: Iterable[Row]) -> Iterator[Row]:
    """Yield what was not read, and whether the settings accept the reason."""
    for row in coverage:
        if row["status"] != Status.READ:
            accepted = any(reason in str(row["reason"]) for reason in job.accept_unread)
            yield {**row, "accepted": accepted}


def _read(job: Job, reading: Reading, *, personal: bool) -> Row:
    return {
        "dataset": job.kept(reading.dataset, personal),
        "partition": reading.partition.number,
        "partition_name": job.kept(reading.partition.name, personal),
        "status": Status.READ.value,
        "reason": "",
        "units": 0,
        "missed_at_most": 0.0,
        "rows": reading.rows,
        "read_at": job.as_of,
        "fingerprint": job.fingerprint(reading.partition),
        "doubt": None,
    }


def _not_read(job: Job, gap: Unread, partition: str = "", *, personal: bool) -> Row:
    """Return the row of what was not, or not wholly, read.

    ``missed_at_most`` is null but for a sample: nothing bounds what nobody saw.
    """
    return {
        "dataset": job.kept(gap.dataset, personal),
        "partition": gap.partition,
        "partition_name": job.kept(partition, personal),
        "status": gap.status.value,
        "reason": gap.reason,
        "units": gap.units,
        "missed_at_most": gap.missed_at_most,
        "rows": None,
        "read_at": None,
        "fingerprint": None,
        "doubt": None,
    }
