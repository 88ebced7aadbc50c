"""What a dataset's fields hold: the counts of all its partitions, and which are believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa

from flows import names
from flows.contents import Row
from flows.job import Job, Surveyed
from flows.reading import Reading
from reports.location import field_id, locate
from reports.mask import SAMPLES
from scanners.evidence import Counts, Tally, accept
from scanners.finding import About, Finding, Role
from scanners.verdict import Evidence, FieldVerdict, TableVerdict

#: What is judged of text without columns: nothing, all of it is searched.
_TEXT = TableVerdict(About.UNKNOWN, {})


@dataclass(frozen=True, slots=True)
class Holding:
    """One entity in one field of a dataset, with what was counted of it."""

    field: str
    verdict: FieldVerdict
    counts: Counts
    type: str = "text"
    samples: tuple[str, ...] = ()

    @property
    def is_believed(self) -> bool:
        """Whether the findings are more than chance."""
        return accept(self.counts, self.verdict)

    def id(self, job: Job, known: Surveyed) -> str:
        """Return the id under which people speak of it."""
        place = (job.source.name, known.dataset.name, self.field, self.verdict.entity.value)
        return field_id(job.inventory.tokens, *place)

    def row(self, job: Job, known: Surveyed) -> Row:
        """Return its row of the table ``fields``."""
        entity = self.verdict.entity.value
        return {
            "id": self.id(job, known),
            "dataset": job.sealed(known.dataset.name, known.sealed.dataset),
            "field": job.sealed(self.field, self.field in known.sealed.fields),
            "type": self.type,
            "entity": entity,
            "detected": entity,
            "about": self.verdict.about.value,
            "role": self.verdict.role.value,
            "values": self.counts.cells,
            "hits": self.counts.hits,
            "distinct": self.counts.distinct,
            "score": self.counts.mean_score,
            "evidence": evidence_rows(self.verdict.evidence or [self._searched()]),
            "masked_sample": list(self.samples),
            "decision": "",
        }

    def _searched(self) -> Evidence:
        return Evidence("pattern", self.verdict.entity.value, self.counts.hits, self.counts.cells)


def holdings(job: Job, known: Surveyed, readings: Sequence[Reading]) -> Iterator[Holding]:
    """Yield what the fields of one dataset hold, over all its partitions."""
    tally = Tally(job.salt)
    for reading in readings:
        tally.merge(reading.tally)
    for field, entity, counts in tally:
        verdict = (known.verdict or _TEXT).of(field, entity)
        shown = _samples(readings, (field, entity.value))
        yield Holding(field, verdict, counts, _type(known, field, readings), shown)


def in_names(job: Job, known: Surveyed) -> Iterator[Holding]:
    """Stage the identifiers in the dataset's own names, and yield what they come to."""
    if not known.names:
        return
    scan, dataset = job.running, known.dataset.name
    located = locate(
        pa.array([names.NAME_RECORD] * len(known.names)),
        0,
        source=scan.source,
        dataset=dataset,
        partition=names.NAME_PARTITION,
        generation=scan.id,
        findings=[names.as_field(known.names)],
        tokens=job.inventory.tokens,
        sealed=known.sealed,
    )
    scan.staging.write(dataset, names.NAME_PARTITION, [located])
    for entity in sorted({finding.entity for finding in known.names}):
        found = [finding for finding in known.names if finding.entity == entity]
        counts = _counted(found, len(known.names))
        about = FieldVerdict(entity, False, counts.mean_score, About.PERSON, Role.MENTION)
        yield Holding(names.NAME_FIELD, about, counts)


def evidence_rows(evidence: Iterable[Evidence]) -> list[Mapping[str, object]]:
    """Return evidence as the tables keep it."""
    return [asdict(one) for one in evidence]


def _counted(found: Sequence[Finding], of: int) -> Counts:
    distinct = np.arange(len({finding.text for finding in found}), dtype=np.uint64)
    return Counts(of, len(found), 0, sum(finding.score for finding in found), distinct)


def _type(known: Surveyed, field: str, readings: Sequence[Reading]) -> str:
    declared = {one.name: one.type for one in known.dataset.fields}
    read = (reading.types.get(field, "") for reading in readings)
    return declared.get(field) or next(filter(None, read), "text")


def _samples(readings: Sequence[Reading], place: tuple[str, str]) -> tuple[str, ...]:
    shown = (one for reading in readings for one in reading.samples.get(place, ()))
    return tuple(dict.fromkeys(shown))[:SAMPLES]
