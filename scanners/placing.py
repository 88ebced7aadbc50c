"""Placing: from findings in distinct values to the rows of a batch that hold them.

A chunk names its distinct values by their number in the column's dictionary. All of it is Arrow
and NumPy; nothing here looks at a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanners.dummies import SCORE
from scanners.finding import FINDINGS, Entity, FieldFindings, Finding

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, repr=False)
class Chunk:
    """Findings; ``owners[i]`` is the number of the distinct value that holds ``findings[i]``."""

    owners: Numbers
    findings: pa.RecordBatch


def whole(
    entity: Entity,
    score: float,
    given: pa.StringArray,
    mask: pa.BooleanArray,
    made_up: pa.BooleanArray | None = None,
) -> Chunk:
    """Take every value of ``given`` under the mask as one finding; those ``made_up`` as dummies."""
    chosen = pc.indices_nonzero(pc.fill_null(mask, False)).cast(pa.int32())
    size = len(chosen)
    columns = [
        pa.repeat(pa.scalar(entity.value), size),
        pa.nulls(size, pa.int32()),
        pa.nulls(size, pa.int32()),
        _scores(score, size, made_up.take(chosen) if made_up is not None else None),
        given.take(chosen),
    ]
    return Chunk(chosen.to_numpy(), pa.RecordBatch.from_arrays(columns, schema=FINDINGS))


def _scores(score: float, size: int, made_up: pa.BooleanArray | None) -> pa.Array:
    if made_up is None or score <= SCORE:
        return pa.repeat(pa.scalar(score, pa.float32()), size)
    scores = pc.if_else(pc.fill_null(made_up, False), SCORE, score)
    return scores.cast(pa.float32(), safe=False)


def inside(found: Sequence[tuple[int, Finding]]) -> Chunk:
    """Take findings inside values, each with the number of its value."""
    owners = np.fromiter((owner for owner, _ in found), np.int32, len(found))
    columns = [
        pa.array([one.entity.value for _, one in found], pa.string()),
        pa.array([one.start for _, one in found], pa.int32()),
        pa.array([one.end for _, one in found], pa.int32()),
        pa.array([one.score for _, one in found], pa.float32()),
        pa.array([one.text for _, one in found], pa.string()),
    ]
    return Chunk(owners, pa.RecordBatch.from_arrays(columns, schema=FINDINGS))


def unlabelled(chunk: Chunk, given: pa.StringArray, separator: str) -> Chunk:
    """Keep what was found behind the first separator of its value, at its place behind it."""
    labels = [
        text.index(separator) + len(separator) for text in given.take(chunk.owners).to_pylist()
    ]
    starts = pc.subtract(chunk.findings.column("start"), pa.array(labels, pa.int32()))
    ends = pc.subtract(chunk.findings.column("end"), pa.array(labels, pa.int32()))
    columns = [chunk.findings.column("entity"), starts, ends, *chunk.findings.columns[3:]]
    behind = pc.greater_equal(starts, 0)
    findings = pa.RecordBatch.from_arrays(columns, schema=FINDINGS).filter(behind)
    return Chunk(chunk.owners[behind.to_numpy(zero_copy_only=False)], findings)


def place(field: str, encoded: pa.DictionaryArray, chunks: Sequence[Chunk]) -> FieldFindings | None:
    """Give every row the findings of its value; ``None`` if there are none."""
    held = [chunk for chunk in chunks if len(chunk.owners)]
    if not held:
        return None
    owners = np.concatenate([chunk.owners for chunk in held])
    findings = pa.concat_batches([chunk.findings for chunk in held])
    order = np.argsort(owners, kind="stable") if len(held) > 1 else np.arange(len(owners))
    rows, index = _spread(encoded, np.bincount(owners, minlength=len(encoded.dictionary)))
    return FieldFindings(
        field=field,
        rows=pa.array(rows, pa.int32()),
        index=pa.array(order[index], pa.int32()),
        findings=findings,
    )


def both(one: FieldFindings | None, other: FieldFindings | None) -> FieldFindings | None:
    """Join what was found in one field in two ways, in order of rows."""
    if one is None or other is None:
        return one or other
    rows = np.concatenate([one.rows.to_numpy(), other.rows.to_numpy()])
    index = np.concatenate([one.index.to_numpy(), other.index.to_numpy() + one.findings.num_rows])
    order = np.argsort(rows, kind="stable")
    return FieldFindings(
        field=one.field,
        rows=pa.array(rows[order], pa.int32()),
        index=pa.array(index[order], pa.int32()),
        findings=pa.concat_batches([one.findings, other.findings]),
    )


def _spread(
    encoded: pa.DictionaryArray, counts: npt.NDArray[np.int64]
) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Repeat each row once per finding of its value; findings stand in order of their values."""
    filled = pc.indices_nonzero(encoded.is_valid()).to_numpy()
    values = encoded.indices.drop_null().to_numpy()
    times = counts[values]
    starts = np.cumsum(counts) - counts
    before = np.cumsum(times) - times
    within = np.arange(times.sum()) - np.repeat(before, times)
    return np.repeat(filled, times).astype(np.int32), np.repeat(starts[values], times) + within
