"""A location: one identifier in one record, told by a token and the names of its place.

Here findings lose their plain text. What comes out can be written down.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pyarrow as pa

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
    names = _sealed_column(records, tokens) if sealed.records else records
    parts = [place.locations(names, ordinal, found) for found in findings if len(found.rows)]
    if not parts:
        return pa.RecordBatch.from_pylist([], schema=LOCATIONS)
    whole = pa.Table.from_batches(parts).combine_chunks().to_batches()[0]
    order = np.argsort(whole.column("ordinal").to_numpy(), kind="stable")
    return whole.take(pa.array(order))


@dataclass(frozen=True, slots=True)
class _Place:
    source: str
    dataset: str
    partition: int
    generation: str
    tokens: Tokens
    sealed: Sealed

    def locations(
        self, records: pa.StringArray, ordinal: int, found: FieldFindings
    ) -> pa.RecordBatch:
        """Return the locations of one field's findings."""
        count = len(found.rows)
        distinct = self._distinct(found)
        placed = distinct.take(found.index)
        rows = found.rows.cast(pa.int64())
        columns = {
            "source": pa.repeat(self.source, count),
            "dataset": pa.repeat(self._dataset(), count),
            "partition": pa.repeat(pa.scalar(self.partition, pa.int32()), count),
            "generation": pa.repeat(self.generation, count),
            "ordinal": pa.array(rows.to_numpy() + ordinal, pa.int64()),
            "record": records.take(rows),
            "field": pa.repeat(self._field(found.field), count),
        }
        columns |= {name: placed.column(name) for name in placed.schema.names}
        return pa.RecordBatch.from_arrays(
            [columns[name].cast(LOCATIONS.field(name).type) for name in LOCATIONS.names],
            schema=LOCATIONS,
        )

    def _distinct(self, found: FieldFindings) -> pa.RecordBatch:
        entities = found.findings.column("entity").to_pylist()
        texts = found.findings.column("text").to_pylist()
        ids = {entity: self._field_id(found.field, entity) for entity in set(entities)}
        return pa.RecordBatch.from_pydict(
            {
                "token": _tokens(self.tokens, entities, texts),
                "entity": found.findings.column("entity"),
                "field_id": pa.array([ids[entity] for entity in entities], pa.string()),
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


def _tokens(tokens: Tokens, entities: list[str], texts: list[str]) -> pa.BinaryArray:
    if len(set(entities)) == 1:
        return _column(tokens, entities[0], texts)
    made = np.empty(len(texts), dtype=object)
    names = np.array(entities, dtype=object)
    for entity in set(entities):
        mine = np.flatnonzero(names == entity)
        made[mine] = _column(tokens, entity, [texts[at] for at in mine]).to_pylist()
    return pa.array(made, pa.binary())


def _column(tokens: Tokens, entity: str, texts: list[str]) -> pa.BinaryArray:
    known = Entity(entity)
    return tokens.column(kind(known), normals(known, texts))


def _sealed_column(records: pa.StringArray, tokens: Tokens) -> pa.StringArray:
    return pa.array([tokens.seal.seal(name) for name in records.to_pylist()], pa.string())
