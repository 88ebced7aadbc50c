"""What a dataset's fields hold: the counts of all its partitions, and which are believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from flows import names
from flows.contents import Row
from flows.job import Job
from flows.plan import Surveyed
from flows.reading import Reading
from reports.location import field_id
from reports.mask import SAMPLES
from scanners.belief import Belief, Counts, belief
from scanners.dummies import DUMMY
from scanners.evidence import Tally
from scanners.finding import About, Entity, Finding, Role
from scanners.verdict import Evidence, FieldVerdict, TableVerdict

#: What is judged of text without columns: nothing, all of it is searched.
_TEXT = TableVerdict(About.UNKNOWN, {})


@dataclass(frozen=True, slots=True, repr=False)
class Holding:
    """One entity in one field of a dataset, with what was counted of it."""

    surveyed: Surveyed
    field: str
    verdict: FieldVerdict
    counts: Counts
    type: str = "text"
    samples: tuple[str, ...] = ()

    @property
    def belief(self) -> Belief:
        """Which of the findings are more than chance."""
        return belief(self.counts, self.verdict)

    def id(self, job: Job) -> str:
        """Return the id under which people speak of it."""
        place = (job.source.name, self.surveyed.name, self.field, self.verdict.entity.value)
        return field_id(job.inventory.tokens, *place)

    def row(self, job: Job) -> Row:
        """Return its row of the table ``fields``."""
        entity, sealed = self.verdict.entity.value, self.surveyed.sealed
        counts = self.counts.of(self.belief)
        return {
            "id": self.id(job),
            "dataset": job.kept(self.surveyed.name, sealed.dataset),
            "field": job.kept(self.field, self.field in sealed.fields),
            "type": self.type,
            "entity": entity,
            "detected": entity,
            "about": self.verdict.about.value,
            "role": self.verdict.role.value,
            "values": counts.cells,
            "hits": counts.hits,
            "distinct": counts.distinct,
            "score": counts.mean_score,
            "evidence": evidence_rows(self._evidence()),
            "masked_sample": list(self.samples),
            "decision": "",
        }

    def _evidence(self) -> Iterator[Evidence]:
        yield from self.verdict.evidence or [self._searched()]
        if self.counts.dummies:
            yield Evidence(DUMMY, self.verdict.entity.value, self.counts.dummies, self.counts.hits)
        yield from self._others()

    def _others(self) -> Iterator[Evidence]:
        """Yield what every other recognizer counted over the distinct values of the column."""
        columns = [one for head in self.surveyed.heads for one in head]
        for column in (one for one in columns if one.column.name == self.field):
            for entity, rate in column.rates.items():
                if entity is self.verdict.entity or not rate.fits:
                    continue
                yield Evidence("also", entity.value, rate.fits, rate.of)
                if rate.fails:
                    passed = rate.fits - rate.fails
                    yield Evidence("check digit", entity.value, passed, rate.fits)

    def _searched(self) -> Evidence:
        return Evidence("pattern", self.verdict.entity.value, self.counts.hits, self.counts.cells)


def holdings(job: Job, surveyed: Surveyed, readings: Sequence[Reading]) -> Iterator[Holding]:
    """Yield what the fields of one dataset hold over all its partitions, then what its names do."""
    tally = Tally(job.salt)
    for reading in readings:
        tally.merge(reading.tally)
    for field, entity, counts in tally:
        verdict = _verdict(surveyed, field, readings).of(field, entity)
        shown = _samples(readings, field, entity)
        yield Holding(surveyed, field, verdict, counts, _type(surveyed, field, readings), shown)
    yield from _in_names(surveyed)


def _verdict(surveyed: Surveyed, field: str, readings: Sequence[Reading]) -> TableVerdict:
    """Return what judged a field: the survey, or the reading of a table that came with a mail."""
    attached = (verdict for reading in readings for verdict in reading.attached)
    found = next((verdict for verdict in attached if field in verdict.fields), _TEXT)
    return surveyed.verdict or found


def evidence_rows(evidence: Iterable[Evidence]) -> list[Mapping[str, object]]:
    """Return evidence as the tables keep it."""
    return [asdict(reason) for reason in evidence]


def _in_names(surveyed: Surveyed) -> Iterator[Holding]:
    """Yield what the dataset's own names hold; whom a file is called after is only mentioned."""
    for entity in sorted({finding.entity for finding in surveyed.in_names}):
        counts = _counted(surveyed.in_names, entity)
        # Features of a body are its bearer's own, whoever that is.
        role = Role.SELF if entity is Entity.BIOMETRIC else Role.MENTION
        verdict = FieldVerdict(entity, False, counts.mean_score, About.PERSON, role)
        yield Holding(surveyed, names.NAME_FIELD, verdict, counts)


def _counted(findings: Sequence[Finding], entity: Entity) -> Counts:
    found = [finding for finding in findings if finding.entity is entity]
    return Counts(
        cells=len(findings),
        hits=len(found),
        score=sum(finding.score for finding in found),
        # Few enough to be counted as they are: numbers stand for the hashes of distinct values.
        hashes=np.arange(len({finding.text for finding in found}), dtype=np.uint64),
    )


def _type(surveyed: Surveyed, field: str, readings: Sequence[Reading]) -> str:
    """Return a field's type as the source declares it, else as it was read."""
    declared = {column.name: column.type for column in surveyed.dataset.fields}
    read = (reading.types.get(field, "") for reading in readings)
    return declared.get(field) or next(filter(None, read), "text")


def _samples(readings: Sequence[Reading], field: str, entity: Entity) -> tuple[str, ...]:
    place = (field, entity.value)
    shown = (sample for reading in readings for sample in reading.samples.get(place, ()))
    return tuple(dict.fromkeys(shown))[:SAMPLES]
