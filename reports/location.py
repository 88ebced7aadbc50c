"""A location: one identifier in one record, told by a token and the names of its place.

Here findings lose their plain text. What comes out can be written down.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reports.kind import kind, normals
from reports.tables import LOCATIONS
from reports.token import Tokens
from scanners.finding import Entity, FieldFindings

_ID_BYTES = 5


@dataclass(frozen=True, slots=True)
class Sealed:
    """Which names of a place hold an identifier and are kept sealed."""

    dataset: bool = False
    records: bool = False
    fields: frozenset[str] = frozenset()


def field_id(tokens: Tokens, source: str, dataset: str, field: str, entity: str) -> str:
    """Return the short, stable id of one entity in one field, like ``f_7k3m9q2a``.

    ``dataset`` and ``field`` are the plain names.
    """
    return "f_" + short_id(tokens, source, dataset, field, entity)


def short_id(tokens: Tokens, *parts: str) -> str:
    """Return eight letters and digits that stand for ``parts``, keyed."""
    text = "\0".join(parts).encode()
    digest = blake2b(text, digest_size=_ID_BYTES, key=tokens.id_key).digest()
    return b32encode(digest).decode().lower()


def locate(
    records: pa.StringArray,
    ordinal: int,
    *,
    source: str,
    dataset: str,
    partition: int,
    generation: str,
    findings: Sequence[FieldFindings],
    tokens: Tokens,
    sealed: Sealed = Sealed(),
) -> pa.RecordBatch:
    """Return the LOCATIONS of one batch, in the order of its records.

    ``records`` has one name a row, the first being number ``ordinal`` of its partition.
    """
    place = _Place(source, dataset, partition, generation, tokens, sealed)
    held = [found for found in findings if len(found.rows)]
    if not held:
        return pa.RecordBatch.from_pylist([], schema=LOCATIONS)
    names = _sealed_column(records, tokens) if sealed.records else records
    return place.locations(names, ordinal, _placed(held), _distinct(place, held))


@dataclass(frozen=True, slots=True)
class _Place:
    """What all locations of a batch have in common."""

    source: str
    dataset: str
    partition: int
    generation: str
    tokens: Tokens
    sealed: Sealed

    def locations(
        self, records: pa.StringArray, ordinal: int, placed: _Placed, distinct: pa.RecordBatch
    ) -> pa.RecordBatch:
        """Give every row its record's name and its finding."""
        count = len(placed.rows)
        columns = {
            "source": pa.repeat(self.source, count),
            "dataset": pa.repeat(self._dataset(), count),
            "partition": pa.repeat(pa.scalar(self.partition, pa.int32()), count),
            "generation": pa.repeat(self.generation, count),
            "ordinal": pa.array(placed.rows.astype(np.int64) + ordinal),
            "record": records.take(pa.array(placed.rows)),
        }
        found = distinct.take(pa.array(placed.index))
        columns |= {name: found.column(name) for name in found.schema.names}
        return pa.RecordBatch.from_arrays(
            [columns[name].cast(LOCATIONS.field(name).type) for name in LOCATIONS.names],
            schema=LOCATIONS,
        )

    def distinct(self, found: FieldFindings) -> pa.RecordBatch:
        """Return what locations tell of each of a field's findings, but for its place."""
        entities = found.findings.column("entity").dictionary_encode()
        known = entities.dictionary.to_pylist()
        ids = pa.array([self._field_id(found.field, entity) for entity in known], pa.string())
        return pa.RecordBatch.from_pydict(
            {
                "token": _tokens(self.tokens, entities, found.findings.column("text")),
                "entity": found.findings.column("entity"),
                "field": pa.repeat(self._field(found.field), found.findings.num_rows),
                "field_id": ids.take(entities.indices),
                "start": found.findings.column("start"),
                "end": found.findings.column("end"),
                "score": found.findings.column("score"),
            }
        )

    def _field_id(self, field: str, entity: str) -> str:
        return field_id(self.tokens, self.source, self.dataset, field, entity)

    def _dataset(self) -> str:
        return self.tokens.seal.seal(self.dataset) if self.sealed.dataset else self.dataset

    def _field(self, field: str) -> str:
        return self.tokens.seal.seal(field) if field in self.sealed.fields else field


@dataclass(frozen=True, slots=True)
class _Placed:
    """The batch's rows in order, each with the number of one of its findings."""

    rows: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]


def _placed(held: Sequence[FieldFindings]) -> _Placed:
    """Merge the rows of all fields; findings are numbered through, field after field."""
    rows = np.concatenate([found.rows.to_numpy() for found in held])
    before = accumulate((found.findings.num_rows for found in held), initial=0)
    numbered = zip(held, before, strict=False)
    index = np.concatenate([found.index.to_numpy() + first for found, first in numbered])
    order = np.argsort(rows, kind="stable")
    return _Placed(rows[order], index[order])


def _distinct(place: _Place, held: Sequence[FieldFindings]) -> pa.RecordBatch:
    return pa.concat_batches([place.distinct(found) for found in held])


def _tokens(tokens: Tokens, entities: pa.DictionaryArray, texts: pa.StringArray) -> pa.BinaryArray:
    """Return the token of each finding; a field mostly holds one entity alone."""
    known = [Entity(entity) for entity in entities.dictionary.to_pylist()]
    if len(known) == 1:
        return pa.array(_made(tokens, known[0], texts), pa.binary())
    made = np.empty(len(texts), dtype=object)
    for number, entity in enumerate(known):
        mine = pc.indices_nonzero(pc.equal(entities.indices, number))
        made[mine.to_numpy()] = _made(tokens, entity, texts.take(mine))
    return pa.array(made, pa.binary())


def _made(tokens: Tokens, entity: Entity, texts: pa.StringArray) -> list[bytes]:
    return tokens.many(kind(entity), normals(entity, texts.to_pylist()))


def _sealed_column(records: pa.StringArray, tokens: Tokens) -> pa.StringArray:
    return pa.array([tokens.seal.seal(name) for name in records.to_pylist()], pa.string())
