"""What stays of a dataset that isn't read again: its rows and locations under the new verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from flows.contents import Row
from flows.holding import Holding, evidence_rows
from flows.job import Job
from flows.plan import Surveyed
from flows.relabel import Label, Labels
from flows.replay.concern import held_as
from flows.replay.known import Known
from flows.seen import Found, Seen, rows
from reports.location import field_id
from scanners.belief import Belief, belief
from scanners.verdict import FieldVerdict, TableVerdict


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A dataset's rows; ``labels`` say what becomes of its locations, where anything does."""

    known: Known
    verdict: TableVerdict | None
    fields: list[Row] = field(default_factory=list)
    labels: Labels = field(default_factory=dict)
    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    @property
    def dataset(self) -> Row:
        """Its row of ``datasets``."""
        if self.verdict is None:
            return self.known.row
        told = evidence_rows(self.verdict.evidence)
        return {**self.known.row, "about": self.verdict.about.value, "about_evidence": told}

    def profiles(self, job: Job) -> Iterator[Row]:
        """Yield its rows of ``profiles``, for the next replay."""
        seen = Seen(self.known.seen.heads, found=self.found).treated(self.verdict)
        return rows(seen, self.surveyed, job.kept)

    @property
    def surveyed(self) -> Surveyed:
        """The dataset with its verdict, as a survey would have left it."""
        known = self.known
        return Surveyed(known.dataset, self.verdict, known.seen.heads, known.sealed)


def keep(job: Job, known: Known, verdict: TableVerdict | None) -> Kept:
    """Judge every field of a dataset anew; nothing of it is read."""
    kept = Kept(known, verdict)
    again = _Again(job, kept, {str(row["id"]): row for row in known.fields})
    columns = {one.column.name for one in known.seen.columns}
    for name, found in known.seen.found.items():
        judged = verdict if name in columns else None  # text and names were only searched
        told = (
            again.judged(name, one, judged) if judged else again.left(name, one) for one in found
        )
        kept.found[name] = tuple(one for one in told if one is not None)
    return kept


@dataclass(frozen=True, slots=True, repr=False)
class _Again:
    """Judges what was found, one entity in one field after the other; fills what is kept."""

    job: Job
    kept: Kept
    rows: Mapping[str, Row]

    def left(self, name: str, found: Found) -> Found:
        """Keep what no verdict speaks of as it was."""
        row = self.rows.get(self._id(name, found.entity.value))
        self.kept.fields.extend([row] if row and found.belief is not Belief.NOTHING else [])
        return found

    def judged(self, name: str, found: Found, judged: TableVerdict) -> Found | None:
        """Judge what was found in a column; ``None`` if it isn't looked for any more."""
        old, entity = self._id(name, found.entity.value), held_as(found, name, judged)
        verdict = judged.of(name, entity) if entity else None
        believed = belief(found.counts, verdict) if verdict else Belief.NOTHING
        if verdict is None or Belief.NOTHING in (found.belief, believed):
            self.kept.labels.update({old: None} if found.belief is not Belief.NOTHING else {})
            return replace(found, entity=verdict.entity, belief=Belief.NOTHING) if verdict else None
        whole = verdict.score if verdict.whole else None
        if (verdict.entity, whole, believed) != (found.entity, found.whole, found.belief):
            new = self._id(name, verdict.entity.value)
            self.kept.labels[old] = Label(new, verdict.entity.value, whole, believed.least)
        self.kept.fields.append(self._row(name, found, verdict, self.rows[old]))
        return replace(found, entity=verdict.entity, whole=whole, belief=believed)

    def _row(self, name: str, found: Found, verdict: FieldVerdict, was: Row) -> Row:
        samples = was["masked_sample"]
        shown = tuple(samples) if isinstance(samples, list) else ()
        surveyed, type_ = self.kept.surveyed, str(was["type"])
        one = Holding(surveyed, name, verdict, found.counts, type_, shown)
        row = one.row(self.job)
        # How many of them are different was counted, but of all that was believed then.
        distinct = min(cast("int", was["distinct"]), cast("int", row["hits"]))
        return {**row, "distinct": distinct, "score": was["score"]}

    def _id(self, name: str, entity: str) -> str:
        place = (self.job.source.name, self.kept.known.name, name, entity)
        return field_id(self.job.inventory.tokens, *place)
