"""A table judged and scanned as a scan does it: what is found in which cell, and believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from scanners.belief import belief
from scanners.columns import HEAD, judge
from scanners.evidence import Tally
from scanners.finding import About, Entity, FieldFindings
from scanners.scan import Scanner
from scanners.verdict import Column, TableVerdict


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity in a cell; ``start`` is ``None`` where it is the whole cell."""

    field: str
    row: int
    entity: Entity
    about: About
    start: int | None
    end: int | None


def table(columns: Mapping[str, Sequence[object]]) -> pa.RecordBatch:
    """Make a batch of columns."""
    return pa.RecordBatch.from_pydict({name: pa.array(cells) for name, cells in columns.items()})


def scanned(batch: pa.RecordBatch, name: str = "") -> Iterator[Hit]:
    """Yield all that is found in a table and believed in the end."""
    columns = [Column(field, str(type_)) for field, type_ in _types(batch)]
    verdict = judge(batch.slice(0, HEAD), columns, name)
    yield from _believed(batch, verdict, Scanner().scan(batch, verdict))


def scanned_text(lines: Sequence[str]) -> Iterator[Hit]:
    """Yield all that is found in lines of text and believed in the end."""
    batch = table({"text": lines})
    nothing = TableVerdict(About.UNKNOWN, {})
    yield from _believed(batch, nothing, Scanner().scan(batch))


def persons_in_column(header: str, cells: Sequence[str]) -> tuple[set[int], set[int]]:
    """Return the rows that hold a person, and those that are one from end to end."""
    held, covered = set(), set()
    for hit in scanned(table({header: cells})):
        if hit.entity is Entity.PERSON:
            held.add(hit.row)
            if hit.start is None or (hit.start, hit.end) == (0, len(cells[hit.row])):
                covered.add(hit.row)
    return held, covered


def _believed(
    batch: pa.RecordBatch, verdict: TableVerdict, found: Sequence[FieldFindings]
) -> Iterator[Hit]:
    tally = Tally()
    tally.add(batch, found)
    least = {
        (field, entity): belief(counts, verdict.of(field, entity)).least
        for field, entity, counts in tally
    }
    for one in found:
        told = one.findings.select(["entity", "score", "start", "end"]).to_pylist()
        for row, at in zip(one.rows.to_pylist(), one.index.to_pylist(), strict=True):
            entity = Entity(told[at]["entity"])
            if told[at]["score"] >= np.float32(least[one.field, entity]):
                about = verdict.of(one.field, entity).about
                yield Hit(one.field, row, entity, about, told[at]["start"], told[at]["end"])


def _types(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.DataType]]:
    return zip(batch.schema.names, batch.schema.types, strict=True)
