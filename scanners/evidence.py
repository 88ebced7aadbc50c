"""証拠 (evidence): what a whole scan counted per field and entity, and whether it is believed.

A verdict is reached from the head; the scan sees everything, so in the end its counts decide. What
a scan counts is merged over batches, partitions and workers, so it is small and holds no value:
distinct values are counted by the least of their keyed hashes (Bar-Yossef et al., "Counting
distinct elements in a data stream", 2002), exactly up to ``EXACT``.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scanners.dummies import dummies
from scanners.finding import Entity, FieldFindings
from scanners.normalize import fold_values
from scanners.values import as_text
from scanners.verdict import FieldVerdict

#: Hashes kept; a count beyond them is an estimate, 3 % off in two cases of three.
EXACT = 1024
_SPACE = float(2**64)
#: A finding with this score has more than its shape to show: a word nearby, a verdict.
SURE = 0.7
#: Shares of a field's values between which bare, unsure findings are chance.
_CHANCE = (0.01, 0.6)
#: Fewer values of a list of firms or towns look like names than numbers pass a check digit.
_CHANCES = {Entity.PERSON: (0.01, 0.15)}
#: A cell that holds so few characters beside a finding says nothing of it.
_BESIDE = 12


@dataclass(slots=True)
class Counts:
    """One entity in one field: cells with a value, findings, and how far they are sure.

    ``bare`` counts unsure findings about as long as their cell: a number that might be anything's.
    ``dummies`` counts findings of known dummies, which prove nothing. ``sure`` are the findings
    among them whose score is at least ``SURE``, if there are any.
    """

    cells: int = 0
    hits: int = 0
    bare: int = 0
    dummies: int = 0
    score: float = 0.0
    hashes: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    sure: Counts | None = None

    @property
    def distinct(self) -> int:
        """Return how many distinct values were found; an estimate beyond ``EXACT``."""
        if len(self.hashes) < EXACT:
            return len(self.hashes)
        return round((EXACT - 1) * _SPACE / float(self.hashes[-1]))

    @property
    def mean_score(self) -> float:
        """Return the mean score of the findings."""
        return self.score / self.hits if self.hits else 0.0

    def merge(self, other: Counts) -> None:
        """Add what another worker counted under the same salt."""
        self.cells += other.cells
        self.hits += other.hits
        self.bare += other.bare
        self.dummies += other.dummies
        self.score += other.score
        self.hashes = np.union1d(self.hashes, other.hashes)[:EXACT]
        if other.sure:
            self.sure = self.sure or Counts()
            self.sure.merge(other.sure)

    def of(self, belief: Belief) -> Counts:
        """Return the counts of the findings that are believed."""
        chosen = {Belief.ALL: self, Belief.SURE: self.sure}.get(belief) or Counts()
        return replace(chosen, cells=self.cells)


class Belief(Enum):
    """Which findings of an entity in a field are believed."""

    NOTHING = "nothing"
    SURE = "sure"
    ALL = "all"

    @property
    def least(self) -> float:
        """Return the score from which on findings are believed."""
        return {Belief.NOTHING: math.inf, Belief.SURE: SURE, Belief.ALL: 0.0}[self]

    def exceeds(self, other: Belief) -> bool:
        """Tell whether more is believed than under the other."""
        return self.least < other.least


class Tally:
    """Counts over batches; workers that are merged share one ``salt`` of 16 characters."""

    def __init__(self, salt: str | None = None) -> None:
        self._salt = salt or secrets.token_hex(8)
        self._cells: dict[str, int] = {}
        self._counts: dict[tuple[str, Entity], Counts] = {}

    def add(self, batch: pa.RecordBatch, found: Sequence[FieldFindings]) -> None:
        """Count one batch and what was found in it."""
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            self._cells[name] = self._cells.get(name, 0) + len(column) - column.null_count
        for one in found:
            for entity in map(Entity, pc.unique(one.findings.column("entity")).to_pylist()):
                counts = self._counts.setdefault((one.field, entity), Counts())
                counts.merge(self._counted(one, entity, batch.column(one.field)))

    def merge(self, other: Tally) -> None:
        """Add what another worker counted."""
        for name, cells in other._cells.items():
            self._cells[name] = self._cells.get(name, 0) + cells
        for place, counts in other._counts.items():
            self._counts.setdefault(place, Counts()).merge(counts)

    def __iter__(self) -> Iterator[tuple[str, Entity, Counts]]:
        for (name, entity), counts in self._counts.items():
            counts.cells = self._cells[name]
            yield name, entity, counts

    def _counted(self, found: FieldFindings, entity: Entity, column: pa.Array) -> Counts:
        chosen = pc.equal(found.findings.column("entity"), entity.value)
        times = np.bincount(found.index.to_numpy(), minlength=found.findings.num_rows)
        scores = found.findings.column("score").to_numpy()
        texts = found.findings.column("text")
        made_up = dummies(entity, fold_values(texts.filter(chosen)))
        mask = _mask(chosen)
        bare = _bare(found, column) & (scores < SURE)
        counts = self._of(mask, times, scores, texts)
        counts.bare = int(times[mask & bare].sum())
        counts.dummies = 0 if made_up is None else int(times[mask][_mask(made_up)].sum())
        sure = mask & (scores >= SURE)
        counts.sure = self._of(sure, times, scores, texts) if sure.any() else None
        return counts

    def _of(
        self,
        mask: npt.NDArray[np.bool_],
        times: npt.NDArray[np.int64],
        scores: npt.NDArray[np.float32],
        texts: pa.StringArray,
    ) -> Counts:
        """Count the findings of a mask; each stands in its field so many ``times``."""
        return Counts(
            hits=int(times[mask].sum()),
            score=float((times * scores)[mask].sum()),
            hashes=self._hashes(texts.filter(pa.array(mask))),
        )

    def _hashes(self, texts: pa.StringArray) -> npt.NDArray[np.uint64]:
        values = texts.to_numpy(zero_copy_only=False)
        hashed = pd.util.hash_array(values, hash_key=self._salt, categorize=False)
        return np.unique(hashed)[:EXACT]


def belief(counts: Counts, verdict: FieldVerdict) -> Belief:
    """Tell which of a field's findings of an entity are more than chance.

    Findings that something beside their shape speaks for are believed, however few: one My Number
    in a million memos is one. Unsure findings that are about whole cells are not where they are a
    part of the field's values: among random numbers a tenth pass a check digit, among firms a few
    sound like persons, and one name before 様 makes no persons of them.
    """
    if not counts.hits or (not verdict.whole and counts.dummies == counts.hits):
        return Belief.NOTHING
    if verdict.whole or not _is_chance(counts, verdict.entity):
        return Belief.ALL
    sure = counts.sure.hits if counts.sure else 0
    if counts.bare + sure < counts.hits:  # the rest stands in longer texts
        return Belief.ALL
    return Belief.SURE if sure else Belief.NOTHING


def _is_chance(counts: Counts, entity: Entity) -> bool:
    least, most = _CHANCES.get(entity, _CHANCE)
    return counts.bare > 0 and least <= counts.bare / counts.cells < most


def _mask(booleans: pa.BooleanArray) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.fill_null(booleans, False).to_numpy(zero_copy_only=False), bool)


def _bare(found: FieldFindings, column: pa.Array) -> npt.NDArray[np.bool_]:
    """Tell which findings inside values span their cell, or nearly so."""
    starts = found.findings.column("start")
    if starts.null_count == len(starts):
        return np.zeros(len(starts), bool)
    ends = found.findings.column("end").fill_null(-1).to_numpy()
    begins = starts.fill_null(-1).to_numpy()
    held, first = np.unique(found.index.to_numpy(), return_index=True)
    cells = as_text(column.take(found.rows.take(pa.array(first))))
    lengths = np.full(found.findings.num_rows, -1)
    lengths[held] = pc.utf8_length(cells).to_numpy()
    spans: npt.NDArray[np.bool_] = (begins >= 0) & (lengths - (ends - begins) <= _BESIDE)
    return spans
