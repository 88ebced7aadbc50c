"""Gathering: what the readings of all partitions say together becomes the rows of the inventory.

The counts over a whole dataset decide which findings are believed; the rest are left out with
their locations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from flows import coverage
from flows.contents import Contents, Row
from flows.described import described
from flows.holding import Holding, holdings
from flows.job import Job
from flows.plan import Surveyed
from flows.reading import Reading
from flows.seen import Found, Seen, rows
from reports.keys import Sketches
from reports.links import declared, subject_keys
from scanners.belief import Belief


def gather(job: Job, readings: Sequence[Reading]) -> Contents:
    """Join the readings of all partitions, dataset by dataset."""
    datasets = _by_dataset(job, readings)
    by_dataset = [(one, list(holdings(job, one, parts))) for one, parts in datasets]
    held = [holding for _, found in by_dataset for holding in found]
    units = [row for one, parts in datasets for row in coverage.of_dataset(job, one, parts)]
    units += coverage.of_listing(job)
    records = _records(job, readings)
    return Contents(
        scan_id=job.scan.id,
        datasets=tuple(described(job, records)),
        fields=tuple(holding.row(job) for holding in held if holding.belief is not Belief.NOTHING),
        keys=tuple(row for one, parts in datasets for row in _keys(job, one, parts)),
        links=tuple(_links(job)),
        profiles=tuple(row for one, found in by_dataset for row in _seen(job, one, found)),
        coverage=tuple(units),
        unread=tuple(coverage.unread(job, units)),
        doubted={one.id(job): one.belief.least for one in held if one.belief is not Belief.ALL},
        rows=sum(records.values()),
        bytes_read=sum(reading.bytes for reading in readings),
        settings_hash=job.settings_hash,
        one_moment=job.one_moment,
        as_of=job.as_of,
    )


def _by_dataset(job: Job, readings: Sequence[Reading]) -> list[tuple[Surveyed, list[Reading]]]:
    parts: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        parts[reading.dataset].append(reading)
    return [(surveyed, parts[surveyed.name]) for surveyed in job.plan.read]


def _records(job: Job, readings: Iterable[Reading]) -> dict[str, int]:
    """Return how many records each dataset has."""
    rows = {one.name: 0 for one in job.plan.datasets}
    for reading in readings:
        rows[reading.dataset] += reading.rows
    return rows | {name: one.rows for name, one in job.plan.staying.items()}


def _seen(job: Job, surveyed: Surveyed, held: Sequence[Holding]) -> Iterator[Row]:
    """Yield what a replay needs of a dataset."""
    found: dict[str, tuple[Found, ...]] = {}
    for one in held:
        whole = one.verdict.score if one.verdict.whole else None
        counted = Found(one.verdict.entity, one.counts, one.belief, whole)
        found[one.field] = (*found.get(one.field, ()), counted)
    seen = Seen(surveyed.heads, found=found).treated(surveyed.verdict)
    return rows(seen, surveyed, job.kept)


def _keys(job: Job, surveyed: Surveyed, readings: Sequence[Reading]) -> list[Row]:
    joined = Sketches()
    for reading in readings:
        joined.join(reading.sketches)
    personal = surveyed.sealed.fields
    rows = joined.rows(job.kept(surveyed.name, surveyed.sealed.dataset))
    return [{**row, "field": job.kept(str(row["field"]), row["field"] in personal)} for row in rows]


def _links(job: Job) -> list[Row]:
    datasets = [surveyed.dataset for surveyed in job.plan.datasets]
    verdicts = {one.name: one.verdict for one in job.plan.datasets if one.verdict}
    keys = subject_keys(datasets, verdicts)
    return declared(job.source.name, datasets, job.inventory.tokens, keys)
