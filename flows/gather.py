"""Gathering: what the partitions' readings say together becomes the rows of the inventory.

Counts of all partitions decide which fields' findings are believed; the rest are left out with
their locations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import pyarrow as pa

from connectors.place import Status, Unread
from flows import names
from flows.job import Job, Surveyed
from flows.reading import Reading
from reports.inventory import Scan
from reports.keys import Sketches
from reports.links import declared, subject_keys
from reports.location import field_id, locate
from reports.mask import SAMPLES
from scanners.evidence import Counts, Tally, accept
from scanners.finding import About, Role
from scanners.recognizers.registry import recognizers
from scanners.verdict import Evidence, FieldVerdict, TableVerdict

Row = dict[str, object]
#: What is judged of text without columns: nothing, all of it is searched.
_TEXT = TableVerdict(About.UNKNOWN, {})


@dataclass(frozen=True, slots=True)
class Contents:
    """What a scan found: the rows of every table but locations, which are staged."""

    scan_id: str
    datasets: tuple[Row, ...]
    fields: tuple[Row, ...]
    keys: tuple[Row, ...]
    links: tuple[Row, ...]
    coverage: tuple[Row, ...]
    unread: tuple[Row, ...]
    rejected_fields: frozenset[str]
    rows: int
    bytes_read: int
    findings: int
    settings_hash: str

    @property
    def status(self) -> str:
        """Whether everything was read, but for what the settings accept."""
        return "complete" if all(row["accepted"] for row in self.unread) else "incomplete"

    def commit(self, scan: Scan) -> None:
        """Make these rows, and what is staged, all that the inventory says of the source."""
        scan.commit(
            datasets=self.datasets,
            fields=self.fields,
            keys=self.keys,
            links=self.links,
            coverage=self.coverage,
            rejected_fields=self.rejected_fields,
            status=self.status,
            rules_version={one.name: one.version for one in recognizers()},
            settings_hash=self.settings_hash,
            rows=self.rows,
            bytes_read=self.bytes_read,
        )


def gather(job: Job, readings: Sequence[Reading]) -> Contents:
    """Join the readings of all partitions, dataset by dataset; stage what names of places hold."""
    by_dataset: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_dataset[reading.dataset].append(reading)
    rows = _Rows(job)
    for known in job.planned.datasets:
        rows.add(known, by_dataset[known.dataset.name])
    return rows.contents(readings)


class _Rows:
    """The rows of a scan, growing dataset by dataset."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._datasets: list[Row] = []
        self._fields: list[Row] = []
        self._keys: list[Row] = []
        self._coverage: list[Row] = []
        self._rejected: set[str] = set()

    def add(self, known: Surveyed, readings: Sequence[Reading]) -> None:
        """Add one dataset with the readings of its partitions."""
        self._datasets.append(self._dataset(known, readings))
        self._fields += self._held(known, readings)
        self._fields += self._named(known)
        self._keys += self._candidates(known, readings)
        self._coverage += [row for one in readings for row in self._covered(known, one)]

    def contents(self, readings: Sequence[Reading]) -> Contents:
        """Return all rows, with what was not listed at all."""
        plan = self._job.planned
        coverage = [*self._coverage, *(self._not_read(one, "", False) for one in plan.unread)]
        return Contents(
            scan_id=self._job.running.id,
            datasets=tuple(self._datasets),
            fields=tuple(self._fields),
            keys=tuple(self._keys),
            links=tuple(self._links()),
            coverage=tuple(coverage),
            unread=tuple(self._told(row) for row in coverage if row["status"] != Status.READ),
            rejected_fields=frozenset(self._rejected),
            rows=sum(reading.rows for reading in readings),
            bytes_read=sum(reading.bytes for reading in readings),
            findings=sum(cast_int(row["hits"]) for row in self._fields),
            settings_hash=self._job.settings_hash,
        )

    def _told(self, row: Row) -> Row:
        """Return a unit that wasn't read, and whether the settings accept its reason."""
        accepted = any(reason in str(row["reason"]) for reason in self._job.accept_unread)
        return {**row, "accepted": accepted}

    def _dataset(self, known: Surveyed, readings: Sequence[Reading]) -> Row:
        dataset, verdict = known.dataset, known.verdict
        return {
            **{name: getattr(dataset, name) for name in _TOLD},
            "dataset": self._name(known),
            "about": (verdict.about if verdict else About.UNKNOWN).value,
            "about_evidence": _evidence(verdict.evidence if verdict else ()),
            "rows": sum(reading.rows for reading in readings),
            "files": len(dataset.partitions) if dataset.kind == "file" else None,
            "primary_key": list(dataset.primary_key),
            "foreign_keys": [asdict(key) for key in dataset.foreign_keys],
            "access": asdict(dataset.access),
        }

    def _held(self, known: Surveyed, readings: Sequence[Reading]) -> Iterator[Row]:
        """Yield the FIELDS rows that the counts of the whole dataset bear out."""
        if not readings:
            return
        tally = Tally(self._job.salt)
        for reading in readings:
            tally.merge(reading.tally)
        for field, entity, counts in tally:
            verdict = (known.verdict or _TEXT).of(field, entity)
            row = self._field(known, field, verdict, counts, readings)
            if accept(counts, verdict):
                yield row
            else:
                self._rejected.add(str(row["id"]))

    def _field(
        self,
        known: Surveyed,
        field: str,
        verdict: FieldVerdict,
        counts: Counts,
        readings: Sequence[Reading],
    ) -> Row:
        entity = verdict.entity.value
        return {
            "id": self._id(known, field, entity),
            "dataset": self._name(known),
            "field": self._field_name(known, field),
            "type": _type(known, field, readings),
            "entity": entity,
            "detected": entity,
            "about": verdict.about.value,
            "role": verdict.role.value,
            "values": counts.cells,
            "hits": counts.hits,
            "distinct": counts.distinct,
            "score": counts.mean_score,
            "evidence": _evidence(verdict.evidence or _searched(verdict, counts)),
            "masked_sample": _samples(field, entity, readings),
            "decision": "",
        }

    def _named(self, known: Surveyed) -> Iterator[Row]:
        """Stage and tell the identifiers in the dataset's own names."""
        if not known.names:
            return
        dataset, scan = known.dataset.name, self._job.running
        found = [names.as_field(known.names)]
        records = pa.array([names.NAME_RECORD] * len(known.names))
        tokens = self._job.inventory.tokens
        batch = locate(
            records,
            0,
            source=scan.source,
            dataset=dataset,
            partition=names.NAME_PARTITION,
            generation=scan.id,
            findings=found,
            tokens=tokens,
            sealed=known.sealed,
        )
        scan.staging.write(dataset, names.NAME_PARTITION, [batch])
        for entity in sorted({finding.entity for finding in known.names}):
            hits = [finding for finding in known.names if finding.entity == entity]
            counts = Counts(len(known.names), len(hits), 0, sum(one.score for one in hits))
            counts.hashes.resize(len({one.text for one in hits}))
            verdict = FieldVerdict(entity, False, counts.mean_score, About.PERSON, Role.MENTION)
            yield self._field(known, names.NAME_FIELD, verdict, counts, ())

    def _candidates(self, known: Surveyed, readings: Sequence[Reading]) -> list[Row]:
        joined = Sketches()
        for reading in readings:
            joined.join(reading.sketches)
        rows = joined.rows(self._name(known))
        return [{**row, "field": self._field_name(known, str(row["field"]))} for row in rows]

    def _covered(self, known: Surveyed, reading: Reading) -> Iterator[Row]:
        for one in reading.unread:
            yield self._not_read(one, reading.partition.name, known.sealed.dataset)
        if not reading.unread:
            yield {
                "dataset": self._name(known),
                "partition": reading.partition.number,
                "partition_name": self._sealed(reading.partition.name, known.sealed.dataset),
                "status": Status.READ.value,
                "reason": "",
                "units": 0,
                "missed_at_most": 0.0,
                "rows": reading.rows,
            }

    def _not_read(self, one: Unread, partition: str, sealed: bool) -> Row:
        personal = sealed or bool(names.in_path(one.dataset))
        return {
            "dataset": self._sealed(one.dataset, personal),
            "partition": one.partition,
            "partition_name": self._sealed(partition, personal),
            "status": one.status.value,
            "reason": one.reason,
            "units": one.units,
            "missed_at_most": None,
            "rows": None,
        }

    def _links(self) -> list[Row]:
        datasets = [known.dataset for known in self._job.planned.datasets]
        verdicts = {k.dataset.name: k.verdict for k in self._job.planned.datasets if k.verdict}
        keys = subject_keys(datasets, verdicts)
        return declared(self._job.source.name, datasets, self._job.inventory.tokens, keys)

    def _id(self, known: Surveyed, field: str, entity: str) -> str:
        tokens, source = self._job.inventory.tokens, self._job.source.name
        return field_id(tokens, source, known.dataset.name, field, entity)

    def _name(self, known: Surveyed) -> str:
        return self._sealed(known.dataset.name, known.sealed.dataset)

    def _field_name(self, known: Surveyed, field: str) -> str:
        return self._sealed(field, field in known.sealed.fields)

    def _sealed(self, name: str, personal: bool) -> str:
        return self._job.inventory.tokens.seal.seal(name) if personal else name


_TOLD = ("kind", "media_type", "encoding", "bytes", "fingerprint", "modified_at", "encrypted")


def cast_int(value: object) -> int:
    """Return a count that is known to be a whole number."""
    return value if isinstance(value, int) else 0


def _type(known: Surveyed, field: str, readings: Sequence[Reading]) -> str:
    declared_types = {one.name: one.type for one in known.dataset.fields}
    read = (reading.types.get(field, "") for reading in readings)
    return declared_types.get(field) or next(filter(None, read), "text")


def _samples(field: str, entity: str, readings: Sequence[Reading]) -> list[str]:
    shown = (one for reading in readings for one in reading.samples.get((field, entity), ()))
    return list(dict.fromkeys(shown))[:SAMPLES]


def _searched(verdict: FieldVerdict, counts: Counts) -> tuple[Evidence, ...]:
    return (Evidence("pattern", verdict.entity.value, counts.hits, counts.cells),)


def _evidence(evidence: Iterable[Evidence]) -> list[Mapping[str, object]]:
    return [asdict(one) for one in evidence]
