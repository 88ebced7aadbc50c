"""Locations that stay, under the entities and scores that their fields have now."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reports.view import View
from scanners.dummies import SCORE


@dataclass(frozen=True, slots=True)
class Label:
    """What a field's locations say now; ``whole`` is the score of values as such, if they are.

    Those with a score under ``least`` go.
    """

    id: str
    entity: str
    whole: float | None
    least: float = 0.0


#: By a field's id as it was; ``None`` where its locations go.
Labels = dict[str, Label | None]


@dataclass(slots=True)
class Relabelled:
    """Streams the locations of a source but those of datasets read again (names as kept).

    When it has ended, ``scores`` has the mean score of each field that was labelled.
    """

    view: View
    source: str
    labels: Mapping[str, Label | None]
    left_out: Collection[str]
    _sums: dict[str, tuple[float, int]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        gone = pa.array(sorted(self.left_out), pa.string())
        for path, source in self.view.files("locations"):
            if source == self.source:
                for batch in pq.ParquetFile(path, pre_buffer=False).iter_batches():
                    stays = pc.invert(pc.is_in(batch.column("dataset"), value_set=gone))
                    yield self._labelled(batch.filter(stays))

    @property
    def scores(self) -> dict[str, float]:
        """The mean scores, by the ids that fields have now."""
        return {id_: total / count for id_, (total, count) in self._sums.items()}

    def _labelled(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        for id_, label in self.labels.items():
            mine = pc.equal(batch.column("field_id"), id_)
            if not pc.any(mine).as_py():
                continue
            least = math.inf if label is None else label.least
            goes = pc.and_(mine, pc.less(batch.column("score"), pa.scalar(least, pa.float32())))
            batch = batch.filter(pc.invert(goes))
            if label:
                batch = self._as(batch, pc.equal(batch.column("field_id"), id_), label)
        return batch

    def _as(self, batch: pa.RecordBatch, mine: pa.BooleanArray, label: Label) -> pa.RecordBatch:
        scores = batch.column("score")
        if label.whole is not None:
            as_such = pc.and_(mine, pc.is_null(batch.column("start")))
            # A dummy is believed as little as before.
            sure = pc.and_(as_such, pc.greater(scores, pa.scalar(np.float32(SCORE))))
            scores = pc.if_else(sure, pa.scalar(label.whole, pa.float32()), scores)
        total, count = self._sums.get(label.id, (0.0, 0))
        told = scores.filter(mine)
        self._sums[label.id] = (total + (pc.sum(told).as_py() or 0.0), count + len(told))
        columns = {"score": scores}
        for name, text in (("field_id", label.id), ("entity", label.entity)):
            columns[name] = pc.if_else(mine, text, batch.column(name))
        for name, column in columns.items():
            batch = batch.set_column(batch.schema.get_field_index(name), name, column)
        return batch
