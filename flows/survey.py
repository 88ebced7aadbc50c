"""The survey: what a source has, and what the heads of its tables tell, before it is read.

Whom a table is about decides what its keys mean, also in the tables that refer to it; so all
heads are judged before the first partition is scanned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import pyarrow as pa

from connectors.base import Source
from connectors.place import Batch, Dataset, Unread
from flows import bodies, names
from flows.plan import Heads, Plan, Surveyed
from flows.progress import Watcher, counted
from reports.links import SubjectKey, subject_keys
from scanners.columns import HEAD, profiles
from scanners.finding import About, Entity
from scanners.replay import replay
from scanners.verdict import Column, FieldVerdict, TableVerdict, join

#: Batches looked at where a dataset's batches differ in their columns (the sheets of a workbook).
_BATCHES = 50


def survey(source: Source, watcher: Watcher) -> Plan:
    """List a source's datasets and judge their heads; nothing beyond the heads is read."""
    datasets, unread = listed(source, watcher)
    heads = profiled(source, datasets, watcher)
    verdicts = {dataset.name: judged(heads[dataset.name], dataset.name) for dataset in datasets}
    keys = subject_keys(datasets, {name: one for name, one in verdicts.items() if one})
    keyed = {name: with_keys(one, keys.get(name, ())) for name, one in verdicts.items()}
    looks = (look(one, heads[one.name], keyed[one.name]) for one in datasets)
    surveyed = (bodies.beside(source, one) for one in looks)
    return Plan((*surveyed, *bodies.unread(unread)), tuple(unread))


def listed(source: Source, watcher: Watcher) -> tuple[list[Dataset], list[Unread]]:
    """Return what a source has, and what of it could not be looked at."""
    datasets: list[Dataset] = []
    unread: list[Unread] = []
    watcher.stage(f"{source.name}: listing datasets")
    for item in source.datasets():
        if isinstance(item, Dataset):
            datasets.append(item)
            watcher.stage(f"{source.name}: {counted(len(datasets), 'dataset')} listed")
        else:
            unread.append(item)
    return datasets, unread


def profiled(source: Source, datasets: Sequence[Dataset], watcher: Watcher) -> dict[str, Heads]:
    """Return the profiles of each dataset's heads; none for text without fields."""
    found: dict[str, Heads] = {}
    for number, dataset in enumerate(datasets, 1):
        watcher.stage(
            f"{source.name}: looking at {number:,} of {counted(len(datasets), 'dataset')}"
        )
        found[dataset.name] = _profiled(source, dataset) if dataset.fields else ()
    return found


def judged(heads: Heads, name: str) -> TableVerdict | None:
    """Judge each set of columns that a dataset's batches have, and join the verdicts."""
    return join([replay(head, name=name) for head in heads]) if heads else None


def look(dataset: Dataset, heads: Heads, verdict: TableVerdict | None) -> Surveyed:
    """Return a dataset with what its names hold."""
    found = names.in_dataset(dataset)
    return Surveyed(dataset, verdict, heads, names.sealed(dataset, verdict, found), found)


def with_keys(verdict: TableVerdict | None, keys: Sequence[SubjectKey]) -> TableVerdict | None:
    """Say of each field that refers to people's keys that its values stand for people."""
    if verdict is None:
        return None
    fields = dict(verdict.fields)
    for key in keys:
        held = [one for one in fields.get(key.field, ()) if one.entity is not Entity.SUBJECT_KEY]
        fields[key.field] = (_key_verdict(key), *held)
    not_text = verdict.not_text - {key.field for key in keys}
    return replace(verdict, fields=fields, not_text=not_text)


def _profiled(source: Source, dataset: Dataset) -> Heads:
    columns = [
        Column(field.name, field.type, field.name in dataset.primary_key)
        for field in dataset.fields
    ]
    return [profiles(head, columns) for head in _heads(source, dataset)]


def _heads(source: Source, dataset: Dataset) -> list[pa.RecordBatch]:
    found: dict[tuple[str, ...], pa.RecordBatch] = {}
    wanted = {field.name for field in dataset.fields}
    for item in islice(source.read(dataset.partitions[0]), _BATCHES):
        if isinstance(item, Batch) and item.values.num_rows:
            found.setdefault(tuple(item.values.schema.names), item.values.slice(0, HEAD))
        if wanted <= {name for columns in found for name in columns}:
            break
    return list(found.values())


def _key_verdict(key: SubjectKey) -> FieldVerdict:
    return FieldVerdict(Entity.SUBJECT_KEY, True, 1.0, About.PERSON, key.role, (key.evidence,))
