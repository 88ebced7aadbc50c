"""The rows of datasets that stay, beside those of datasets that were read again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from flows import coverage
from flows.contents import Contents, Row
from flows.job import Job
from flows.relabel import Labels, Relabelled
from flows.replay.kept import Kept
from flows.replay.known import unlisted
from flows.unchanged import STAYS, judged
from reports.links import SubjectKey, declared
from reports.view import View


def joined(
    job: Job,
    view: View,
    new: Contents,
    stays: Sequence[Kept],
    gone: Collection[str],
    keys: Mapping[str, Sequence[SubjectKey]],
    last: Row,
) -> Contents:
    """Join the contents of what was read with what stays, and stage the latter's locations."""
    labels = {id_: label for one in stays for id_, label in one.labels.items()}
    scores = _stage(job, view, labels, gone) if labels or gone else {}
    units = [*new.coverage, *(row for one in stays for row in one.known.coverage)]
    units += unlisted(view, job.source.name)
    datasets = (*new.datasets, *(_dataset(job, one) for one in stays))
    return replace(
        new,
        datasets=datasets,
        fields=(*new.fields, *(_scored(row, scores) for one in stays for row in one.fields)),
        keys=(*new.keys, *(row for one in stays for row in one.known.keys)),
        links=tuple(_links(job, stays, keys)),
        profiles=(*new.profiles, *(row for one in stays for row in one.profiles(job))),
        coverage=tuple(units),
        unread=tuple(coverage.unread(job, units)),
        rows=sum(rows for row in datasets if isinstance(rows := row["rows"], int)),
        bytes_read=cast("int", last["bytes"]),
        as_of=cast("datetime", last["started"]),
        one_moment=bool(last["one_moment"]) and not gone,
        located=bool(labels or gone),
    )


def _stage(job: Job, view: View, labels: Labels, gone: Collection[str]) -> dict[str, float]:
    stays = Relabelled(view, job.source.name, labels, gone)
    job.scan.stage(STAYS, 0, stays)
    return stays.scores


def _dataset(job: Job, one: Kept) -> Row:
    known = one.known
    return {**one.dataset, "judged": judged(job, known.dataset, known.seen.heads, one.verdict)}


def _scored(row: Row, scores: Mapping[str, float]) -> Row:
    return {**row, "score": scores.get(str(row["id"]), row["score"])}


def _links(job: Job, stays: Sequence[Kept], keys: Mapping[str, Sequence[SubjectKey]]) -> list[Row]:
    datasets = [one.dataset for one in job.plan.datasets]
    datasets += [one.known.dataset for one in stays]
    return declared(job.source.name, datasets, job.inventory.tokens, keys)
