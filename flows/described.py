"""The rows of ``datasets``: what the source tells of each, and about whom it was judged to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import islice

from flows.contents import Row
from flows.holding import evidence_rows
from flows.job import Job
from flows.plan import Surveyed
from flows.unchanged import judged
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


def described(job: Job, rows: Mapping[str, int]) -> Iterator[Row]:
    """Yield the rows of all datasets as they are listed now; of each it is told how many it has."""
    return (_dataset(job, one, rows[one.name]) for one in job.plan.datasets)


def _dataset(job: Job, surveyed: Surveyed, rows: int) -> Row:
    dataset, verdict = surveyed.dataset, surveyed.verdict
    return {
        **{name: getattr(dataset, name) for name in _AS_LISTED},
        "dataset": job.kept(dataset.name, surveyed.sealed.dataset),
        "about": (verdict.about if verdict else About.UNKNOWN).value,
        "about_evidence": evidence_rows(_reasons(surveyed)),
        "rows": rows,
        "files": len(dataset.partitions) if dataset.kind == "file" else None,
        "primary_key": list(dataset.primary_key),
        "foreign_keys": [asdict(key) for key in dataset.foreign_keys],
        "access": asdict(dataset.access),
        "judged": judged(job, dataset, surveyed.heads, verdict),
    }


def _reasons(surveyed: Surveyed) -> Iterator[Evidence]:
    """Yield why the dataset is about whom it is, then which of its numbers are nobody's."""
    if surveyed.verdict:
        yield from surveyed.verdict.evidence
        for name, thing in islice(surveyed.verdict.things.items(), _THINGS):
            shown = "…" if name in surveyed.sealed.fields else name
            yield Evidence("thing", f"{thing}: {shown}")
