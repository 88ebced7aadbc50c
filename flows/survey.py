"""The survey: what a source has, and what the heads of its tables tell, before it is read.

Whom a table is about decides what its keys mean, also in the tables that refer to it; so all
heads are judged before the first partition is scanned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import pyarrow as pa

from connectors.base import Source
from connectors.place import Batch, Dataset, Unread
from flows import names
from flows.plan import Plan, Surveyed
from flows.progress import Watcher
from reports.links import SubjectKey, subject_keys
from scanners.columns import HEAD, judge
from scanners.finding import About, Entity
from scanners.verdict import Column, FieldVerdict, TableVerdict, join

#: Batches looked at where a dataset's batches differ in their columns (the sheets of a workbook).
_BATCHES = 50


def survey(source: Source, watcher: Watcher) -> Plan:
    """List a source's datasets and judge their heads; nothing beyond the heads is read."""
    listed: list[Dataset | Unread] = []
    for item in source.datasets():
        listed.append(item)
        watcher.stage(f"{source.name}: {len(listed):,} datasets listed")
    datasets = [item for item in listed if isinstance(item, Dataset)]
    verdicts = dict(_verdicts(source, datasets, watcher))
    keys = subject_keys(datasets, verdicts)
    surveyed = [_surveyed(dataset, verdicts.get(dataset.name), keys) for dataset in datasets]
    return Plan(tuple(surveyed), tuple(item for item in listed if isinstance(item, Unread)))


def _verdicts(
    source: Source, datasets: Sequence[Dataset], watcher: Watcher
) -> Iterator[tuple[str, TableVerdict]]:
    for number, dataset in enumerate(datasets, 1):
        watcher.stage(f"{source.name}: looking at {number:,} of {len(datasets):,} datasets")
        if dataset.fields and (verdict := _judged(source, dataset)):
            yield dataset.name, verdict


def _judged(source: Source, dataset: Dataset) -> TableVerdict | None:
    """Judge each set of columns that the dataset's batches have, and join the verdicts."""
    columns = [
        Column(field.name, field.type, field.name in dataset.primary_key)
        for field in dataset.fields
    ]
    verdicts = [judge(head, columns, dataset.name) for head in _heads(source, dataset)]
    return join(verdicts) if verdicts else None


def _heads(source: Source, dataset: Dataset) -> list[pa.RecordBatch]:
    found: dict[tuple[str, ...], pa.RecordBatch] = {}
    wanted = {field.name for field in dataset.fields}
    for item in islice(source.read(dataset.partitions[0]), _BATCHES):
        if isinstance(item, Batch) and item.values.num_rows:
            found.setdefault(tuple(item.values.schema.names), item.values.slice(0, HEAD))
        if wanted <= {name for columns in found for name in columns}:
            break
    return list(found.values())


def _surveyed(
    dataset: Dataset,
    verdict: TableVerdict | None,
    keys: Mapping[str, Sequence[SubjectKey]],
) -> Surveyed:
    if verdict is not None:
        verdict = _with_keys(verdict, keys.get(dataset.name, ()))
    found = names.in_dataset(dataset)
    return Surveyed(dataset, verdict, names.sealed(dataset, verdict, found), found)


def _with_keys(verdict: TableVerdict, keys: Sequence[SubjectKey]) -> TableVerdict:
    """Say of each field that refers to people's keys that its values stand for people."""
    fields = dict(verdict.fields)
    for key in keys:
        held = [one for one in fields.get(key.field, ()) if one.entity is not Entity.SUBJECT_KEY]
        fields[key.field] = (_key_verdict(key), *held)
    not_text = verdict.not_text - {key.field for key in keys}
    return replace(verdict, fields=fields, not_text=not_text)


def _key_verdict(key: SubjectKey) -> FieldVerdict:
    return FieldVerdict(Entity.SUBJECT_KEY, True, 1.0, About.PERSON, key.role, (key.evidence,))
