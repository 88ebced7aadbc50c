"""One partition read: batches scanned into findings, findings located, locations staged.

What is given back is counts and names of places; the findings' plain text ends in ``locate``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pyarrow as pa

from connectors.place import Batch, Partition, Status, Unread
from flows import names
from flows.job import Job, Surveyed, Unit
from reports.keys import Sketches
from reports.location import locate
from reports.mask import samples
from scanners.evidence import Tally
from scanners.finding import FieldFindings

#: Values of a field looked at for its masked samples.
_LOOKED_AT = 20


@dataclass(slots=True)
class Reading:
    """What reading one partition gave; holds no plain value."""

    dataset: str
    partition: Partition
    tally: Tally
    rows: int = 0
    bytes: int = 0
    findings: int = 0
    unread: list[Unread] = field(default_factory=list)
    sketches: Sketches = field(default_factory=Sketches)
    samples: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """How it ended: wholly read, in part, or as the only reason why not says."""
        if not self.unread:
            return Status.READ
        return Status.PARTIAL if self.rows else self.unread[0].status


def read(job: Job, unit: Unit) -> Reading:
    """Read one partition to its end and stage its locations; a second try replaces the first."""
    reading = Reading(unit.surveyed.dataset.name, unit.partition, Tally(job.salt))
    located = _located(job, unit, reading)
    staged = job.running.staging.write(reading.dataset, unit.partition.number, located)
    reading.findings = staged
    return reading


def _located(job: Job, unit: Unit, reading: Reading) -> Iterator[pa.RecordBatch]:
    steps = _Steps(job, unit.cost)
    for item in job.source.read(unit.partition):
        job.go_on()
        if isinstance(item, Unread):
            reading.unread.append(item)
            continue
        yield _scanned(job, unit.surveyed, item, reading)
        steps.take(item)
    steps.finish()


def _scanned(job: Job, known: Surveyed, batch: Batch, reading: Reading) -> pa.RecordBatch:
    found = job.scanner.scan(batch.values, known.verdict)
    _count(job, batch, found, reading)
    sealed = known.sealed
    if names.in_records(batch.records):
        sealed = replace(sealed, records=True)
    return locate(
        batch.records,
        batch.ordinal,
        source=job.source.name,
        dataset=known.dataset.name,
        partition=batch.partition.number,
        generation=job.running.id,
        findings=found,
        tokens=job.inventory.tokens,
        sealed=sealed,
    )


def _count(job: Job, batch: Batch, found: list[FieldFindings], reading: Reading) -> None:
    reading.rows += len(batch.records)
    reading.bytes += batch.values.nbytes
    reading.tally.add(batch.values, found)
    reading.sketches.add(batch.values, job.inventory.tokens)
    for column in batch.values.schema:
        reading.types.setdefault(column.name, str(column.type))
    for one in found:
        _sample(one, reading)


def _sample(found: FieldFindings, reading: Reading) -> None:
    head = found.findings.slice(0, _LOOKED_AT)
    for row in head.select(["entity", "text"]).to_pylist():
        place = (found.field, row["entity"])
        shown = reading.samples.setdefault(place, [])
        shown += [one for one in samples(row["entity"], [row["text"]]) if one not in shown]


class _Steps:
    """The progress of one partition: by its rows where they are known, else by its bytes."""

    def __init__(self, job: Job, cost: int) -> None:
        self._job, self._cost, self._left = job, cost, cost

    def take(self, batch: Batch) -> None:
        """Count a batch, never past what the partition costs."""
        rows, expected = len(batch.records), batch.partition.rows
        share = self._cost * rows // expected if expected else batch.values.nbytes
        units = min(share, self._left)
        self._left -= units
        self._job.watcher.advance(units, rows, batch.values.nbytes)

    def finish(self) -> None:
        """Count what is left: the partition is done."""
        self._job.watcher.advance(self._left)
