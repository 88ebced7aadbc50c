"""Gathering: what the readings of all partitions say together becomes the rows of the inventory.

The counts over a whole dataset decide which findings are believed; the rest are left out with
their locations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from flows.contents import Contents, Row
from flows.coverage import covered, not_read, unread
from flows.holding import evidence_rows, holdings, in_names
from flows.job import Job, Surveyed
from flows.reading import Reading
from reports.keys import Sketches
from reports.links import declared, subject_keys
from scanners.finding import About

_AS_LISTED = ("kind", "media_type", "encoding", "bytes", "fingerprint", "modified_at", "encrypted")


def gather(job: Job, readings: Sequence[Reading]) -> Contents:
    """Join the readings of all partitions, dataset by dataset; stage what names of places hold."""
    by_dataset: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_dataset[reading.dataset].append(reading)
    read = [(known, by_dataset[known.dataset.name]) for known in job.planned.datasets]
    held = [(known, one) for known, parts in read for one in holdings(job, known, parts)]
    held += [(known, one) for known, _ in read for one in in_names(job, known)]
    coverage = [row for known, parts in read for one in parts for row in covered(job, known, one)]
    coverage += [not_read(job, one) for one in job.planned.unread]
    return Contents(
        scan_id=job.running.id,
        datasets=tuple(_dataset(job, known, parts) for known, parts in read),
        fields=tuple(one.row(job, known) for known, one in held if one.is_believed),
        keys=tuple(row for known, parts in read for row in _keys(job, known, parts)),
        links=tuple(_links(job)),
        coverage=tuple(coverage),
        unread=tuple(unread(job, coverage)),
        rejected_fields=frozenset(one.id(job, known) for known, one in held if not one.is_believed),
        rows=sum(reading.rows for reading in readings),
        bytes_read=sum(reading.bytes for reading in readings),
        settings_hash=job.settings_hash,
    )


def _dataset(job: Job, known: Surveyed, readings: Sequence[Reading]) -> Row:
    dataset, verdict = known.dataset, known.verdict
    return {
        **{name: getattr(dataset, name) for name in _AS_LISTED},
        "dataset": job.sealed(dataset.name, known.sealed.dataset),
        "about": (verdict.about if verdict else About.UNKNOWN).value,
        "about_evidence": evidence_rows(verdict.evidence if verdict else ()),
        "rows": sum(reading.rows for reading in readings),
        "files": len(dataset.partitions) if dataset.kind == "file" else None,
        "primary_key": list(dataset.primary_key),
        "foreign_keys": [asdict(key) for key in dataset.foreign_keys],
        "access": asdict(dataset.access),
    }


def _keys(job: Job, known: Surveyed, readings: Sequence[Reading]) -> list[Row]:
    joined = Sketches()
    for reading in readings:
        joined.join(reading.sketches)
    sealed = known.sealed.fields
    rows = joined.rows(job.sealed(known.dataset.name, known.sealed.dataset))
    return [{**row, "field": job.sealed(str(row["field"]), row["field"] in sealed)} for row in rows]


def _links(job: Job) -> list[Row]:
    datasets = [known.dataset for known in job.planned.datasets]
    verdicts = {one.dataset.name: one.verdict for one in job.planned.datasets if one.verdict}
    keys = subject_keys(datasets, verdicts)
    return declared(job.source.name, datasets, job.inventory.tokens, keys)
