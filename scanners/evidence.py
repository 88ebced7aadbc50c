"""証拠 (evidence): what a whole scan counted per field and entity.

What a scan counts is merged over batches, partitions and workers, so it is small and holds no
value.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scanners.belief import EXACT, SURE, Counts
from scanners.dummies import dummies
from scanners.finding import Entity, FieldFindings
from scanners.normalize import fold_values
from scanners.values import as_text

#: A cell that holds so few characters beside a finding says nothing of it.
_BESIDE = 12


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
