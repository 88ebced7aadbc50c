"""Gathering: what the readings of all partitions say together becomes the rows of the inventory.

The counts over a whole dataset decide which findings are believed; the rest are left out with
their locations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice

from flows import coverage
from flows.contents import Contents, Row
from flows.holding import Holding, evidence_rows, holdings
from flows.job import Job
from flows.plan import Surveyed
from flows.reading import Reading
from flows.seen import Found, Seen, rows
from reports.keys import Sketches
from reports.links import declared, subject_keys
from scanners.belief import Belief
from scanners.finding import About
from scanners.verdict import Evidence

#: Fields named to a reviewer because their numbers are nobody's.
_THINGS = 50
#: Columns of ``datasets`` that the source tells.
_AS_LISTED = (
    "kind",
    "media_type",
    "encoding",
    "encoding_evidence",
    "bytes",
    "fingerprint",
    "modified_at",
    "encrypted",
)


def gather(job: Job, readings: Sequence[Reading]) -> Contents:
    """Join the readings of all partitions, dataset by dataset."""
    datasets = _by_dataset(job, readings)
    by_dataset = [(one, list(holdings(job, one, parts))) for one, parts in datasets]
    held = [holding for _, found in by_dataset for holding in found]
    units = [row for one, parts in datasets for row in coverage.of_dataset(job, one, parts)]
    units += coverage.of_listing(job)
    return Contents(
        scan_id=job.scan.id,
        datasets=tuple(_dataset(job, one, parts) for one, parts in datasets),
        fields=tuple(holding.row(job) for holding in held if holding.belief is not Belief.NOTHING),
        keys=tuple(row for one, parts in datasets for row in _keys(job, one, parts)),
        links=tuple(_links(job)),
        profiles=tuple(row for one, found in by_dataset for row in _seen(job, one, found)),
        coverage=tuple(units),
        unread=tuple(coverage.unread(job, units)),
        doubted={one.id(job): one.belief.least for one in held if one.belief is not Belief.ALL},
        rows=sum(reading.rows for reading in readings),
        bytes_read=sum(reading.bytes for reading in readings),
        settings_hash=job.settings_hash,
        one_moment=job.one_moment,
    )


def _by_dataset(job: Job, readings: Sequence[Reading]) -> list[tuple[Surveyed, list[Reading]]]:
    parts: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        parts[reading.dataset].append(reading)
    return [(surveyed, parts[surveyed.name]) for surveyed in job.plan.datasets]


def _dataset(job: Job, surveyed: Surveyed, readings: Sequence[Reading]) -> Row:
    dataset, verdict = surveyed.dataset, surveyed.verdict
    return {
        **{name: getattr(dataset, name) for name in _AS_LISTED},
        "dataset": job.kept(dataset.name, surveyed.sealed.dataset),
        "about": (verdict.about if verdict else About.UNKNOWN).value,
        "about_evidence": evidence_rows(_reasons(surveyed)),
        "rows": sum(reading.rows for reading in readings),
        "files": len(dataset.partitions) if dataset.kind == "file" else None,
        "primary_key": list(dataset.primary_key),
        "foreign_keys": [asdict(key) for key in dataset.foreign_keys],
        "access": asdict(dataset.access),
    }


def _reasons(surveyed: Surveyed) -> Iterator[Evidence]:
    """Yield why the dataset is about whom it is, then which of its numbers are nobody's."""
    if surveyed.verdict:
        yield from surveyed.verdict.evidence
        for name, thing in islice(surveyed.verdict.things.items(), _THINGS):
            shown = "…" if name in surveyed.sealed.fields else name
            yield Evidence("thing", f"{thing}: {shown}")


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
