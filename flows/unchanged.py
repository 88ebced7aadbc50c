"""What hasn't changed isn't read again: datasets that stay as the last scan left them.

A dataset stays if the last scan read all of it, under the same settings, rules and key; if it is
listed and judged now as it was then; and if every partition's fingerprint is what it was. Whatever
was not read, or not wholly, is tried again. A dataset stays as a whole or not at all: its counts
decide together which findings are believed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from hashlib import blake2b
from typing import cast

import pyarrow.compute as pc

from connectors.fingerprint import doubt
from connectors.place import Dataset, Status
from flows.contents import Contents, Row
from flows.job import Job
from flows.plan import Heads, Plan, Staying, Surveyed
from flows.relabel import Relabelled
from flows.url import shown
from reports.tables import FORMAT_VERSION
from reports.view import View
from scanners.verdict import TableVerdict
from scanners.versions import versions

#: No dataset's name: where locations that stay are staged.
STAYS = "\0"
_TABLES = ("fields", "keys", "profiles", "coverage")

#: The rows of a table by the name of their dataset, as kept.
Rows = Mapping[str, list[Row]]


def compared(job: Job) -> Plan:
    """Return the plan without reading what is as the last scan of the source read it."""
    view = job.inventory.view()
    if job.full or not _comparable(job, view):
        return job.plan
    job.watcher.stage(f"{job.source.name}: looking for what has changed")
    known = {str(row["dataset"]): row for row in _rows(view, "datasets", job.source.name)}
    tables = {name: _by_dataset(view, name, job.source.name) for name in _TABLES}
    found = {one.name: _staying(job, one, known, tables) for one in job.plan.datasets}
    return replace(job.plan, staying={name: one for name, one in found.items() if one})


def judged(job: Job, dataset: Dataset, heads: Heads, verdict: TableVerdict | None) -> str:
    """Return a keyed digest of all that is known of a dataset before it is read, but its parts."""
    told = [
        shown(job.source.url),
        [[asdict(one.column) for one in head] for head in heads],
        dataset.primary_key,
        [(key.fields, key.dataset, key.refers_to) for key in dataset.foreign_keys],
        asdict(verdict) if verdict else None,
    ]
    text = json.dumps(told, sort_keys=True, default=sorted)
    key = job.inventory.tokens.id_key
    return blake2b(text.encode(), digest_size=16, key=key).hexdigest()


def with_staying(job: Job, read: Contents) -> Contents:
    """Put what stays beside what was read, staging its locations unless all may stay in place."""
    stays = job.plan.staying.values()
    return replace(
        read,
        fields=(*read.fields, *(row for one in stays for row in one.fields)),
        keys=(*read.keys, *(row for one in stays for row in one.keys)),
        profiles=(*read.profiles, *(row for one in stays for row in one.profiles)),
        coverage=(*read.coverage, *(row for one in stays for row in one.coverage)),
        unchanged=len(stays),
        located=_stage(job, read),
    )


def _stage(job: Job, read: Contents) -> bool:
    """Stage the locations that stay beside those read; tell whether any are new or gone."""
    view, source = job.inventory.view(), job.source.name
    stays = {_kept(job, one) for one in job.plan.datasets if one.name in job.plan.staying}
    gone = {str(row["dataset"]) for row in _rows(view, "fields", source)} - stays
    if stays and (gone or read.fields):
        job.scan.stage(STAYS, 0, Relabelled(view, source, {}, gone))
    return bool(gone or read.fields)


def _comparable(job: Job, view: View) -> bool:
    """Tell whether the last scan would do with the same data as this one will."""
    if not (last := view.last_scans.get(job.source.name)):
        return False
    now = {
        "settings_hash": job.settings_hash,
        "key_fingerprint": job.inventory.tokens.fingerprint,
        "format_version": FORMAT_VERSION,
    }
    rules = dict(cast("list[tuple[str, str]]", last["rules_version"]))
    return all(last[name] == value for name, value in now.items()) and rules == dict(versions())


def _staying(
    job: Job, one: Surveyed, known: Mapping[str, Row], tables: Mapping[str, Rows]
) -> Staying | None:
    name = _kept(job, one)
    row, units = known.get(name), tables["coverage"][name]
    if row is None or row["judged"] != judged(job, one.dataset, one.heads, one.verdict):
        return None
    if not _is_unchanged(job, one, units):
        return None
    return Staying(
        rows=cast("int", row["rows"]),
        fields=tuple(map(_as_found, tables["fields"][name])),
        keys=tuple(tables["keys"][name]),
        profiles=tuple(tables["profiles"][name]),
        coverage=tuple({**unit, "doubt": doubt(str(unit["fingerprint"]))} for unit in units),
    )


def _is_unchanged(job: Job, one: Surveyed, units: list[Row]) -> bool:
    """Tell whether all of a dataset was read, and each of its parts is what it was."""
    partitions = one.dataset.partitions
    if not partitions or any(unit["status"] != Status.READ for unit in units):
        return False
    personal = one.sealed.dataset
    names = {part.number: job.kept(part.name, personal) for part in partitions}
    if names != {unit["partition"]: unit["partition_name"] for unit in units}:
        return False
    then = {unit["partition"]: unit["fingerprint"] for unit in units}
    now = ((part.number, job.fingerprint(part)) for part in partitions)
    return all(value is not None and value == then[number] for number, value in now)


def _kept(job: Job, one: Surveyed) -> str:
    return job.kept(one.name, one.sealed.dataset)


def _as_found(row: Row) -> Row:
    """Return a field as its scan left it; reviewers' decisions lie over it anew."""
    return {**row, "entity": row["detected"], "decision": ""}


def _by_dataset(view: View, table: str, source: str) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rows(view, table, source):
        found[str(row["dataset"])].append(row)
    return found


def _rows(view: View, table: str, source: str) -> Iterator[Row]:
    found = view[table].to_table(filter=pc.field("source") == source)
    return (row for batch in found.to_batches() for row in batch.to_pylist())
