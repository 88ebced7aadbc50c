"""One partition read: batches scanned into findings, findings located, locations staged.

What is given back is counts and names of places; the findings' plain text ends in ``locate``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from connectors.place import Batch, Partition, Unread
from flows import names
from flows.job import Job
from flows.plan import Surveyed, Unit
from flows.sampling import sampled
from reports.keys import Sketches
from reports.location import Sealed, locate
from reports.mask import samples
from reports.token import Tokens
from scanners.columns import judge
from scanners.evidence import Tally
from scanners.finding import FieldFindings
from scanners.verdict import Column, TableVerdict

#: Values of a field looked at for its masked samples.
_LOOKED_AT = 20


@dataclass(slots=True, repr=False)
class Reading:
    """What reading one partition gave; no plain value, but plain names of places.

    ``types`` are the columns' types as read; ``samples`` are masked, by field and entity;
    ``attached`` are the verdicts on tables that came with mails.
    """

    dataset: str
    partition: Partition
    tally: Tally
    rows: int = 0
    bytes: int = 0
    unread: list[Unread] = field(default_factory=list)
    sketches: Sketches = field(default_factory=Sketches)
    samples: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    attached: list[TableVerdict] = field(default_factory=list)

    def add(self, batch: Batch, findings: Sequence[FieldFindings], tokens: Tokens) -> None:
        """Count a batch and what was found in it."""
        self.rows += len(batch.records)
        self.bytes += batch.values.nbytes
        self.tally.add(batch.values, findings)
        self.sketches.add(batch.values, tokens)
        for column in batch.values.schema:
            self.types.setdefault(column.name, str(column.type))
        for found in findings:
            self._sample(found)

    def judged(self, batch: Batch) -> TableVerdict | None:
        """Judge a table that came with a mail, which no survey saw; ``None`` for other text."""
        columns = batch.values.schema.names
        if columns in (["text"], [names.NAME_FIELD]) or not names.is_attachment(batch.records):
            return None
        self.attached.append(judge(batch.values, [Column(name) for name in columns]))
        return self.attached[-1]

    def _sample(self, found: FieldFindings) -> None:
        head = found.findings.slice(0, _LOOKED_AT)
        for row in head.select(["entity", "text"]).to_pylist():
            shown = self.samples.setdefault((found.field, row["entity"]), [])
            masked = samples(row["entity"], [row["text"]])
            shown += [sample for sample in masked if sample not in shown]


def read(job: Job, unit: Unit) -> Reading:
    """Read one partition to its end and stage its locations; a second try replaces the first."""
    job.fingerprint(unit.partition)  # a change while it is read is to be seen the next time
    reading = Reading(unit.surveyed.name, unit.partition, Tally(job.salt))
    job.scan.stage(reading.dataset, unit.partition.number, _locations(job, unit, reading))
    return reading


def read_names(job: Job, surveyed: Surveyed) -> None:
    """Stage the locations of identifiers in a dataset's own names, as a partition of their own."""
    if surveyed.in_names:
        batch = names.as_batch(surveyed.dataset, surveyed.in_names)
        located = _located(job, surveyed, batch, [names.as_field(surveyed.in_names)])
        job.scan.stage(surveyed.name, batch.partition.number, [located])


def _locations(job: Job, unit: Unit, reading: Reading) -> Iterator[pa.RecordBatch]:
    """Yield the locations of each batch; what is counted on the way goes into ``reading``."""
    steps = _Steps(job, unit.cost)
    for item in _given(job, unit.partition):
        job.go_on()
        if isinstance(item, Unread):
            reading.unread.append(item)
            continue
        verdict = unit.surveyed.verdict or reading.judged(item)
        findings = job.scanner.scan(item.values, verdict)
        reading.add(item, findings, job.inventory.tokens)
        yield _located(job, unit.surveyed, item, findings)
        steps.take(item)
    steps.finish()


def _given(job: Job, partition: Partition) -> Iterator[Batch | Unread]:
    """Read a partition as gently, and as far, as the settings say."""
    items = sampled(partition, job.source.read(partition), job.source.options.sample)
    return job.pace.held(partition, items, job.go_on)


def _located(
    job: Job, surveyed: Surveyed, batch: Batch, findings: Sequence[FieldFindings]
) -> pa.RecordBatch:
    return locate(
        batch.records,
        batch.ordinal,
        source=job.source.name,
        dataset=surveyed.name,
        partition=batch.partition.number,
        generation=job.scan.id,
        findings=findings,
        tokens=job.inventory.tokens,
        sealed=_sealed(surveyed, batch),
    )


def _sealed(surveyed: Surveyed, batch: Batch) -> Sealed:
    """Return what is sealed in this batch: attachments are called after people one by one."""
    if names.in_records(batch.records):
        return replace(surveyed.sealed, records=True)
    return surveyed.sealed


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
