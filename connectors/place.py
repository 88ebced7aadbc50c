"""Where data lies: a source has datasets, a dataset has partitions, a partition is read as batches.

These are the nouns every connector yields. Names follow one scheme for all stores, so that
anyone can match an inventory against the source it describes:

* *dataset*: ``schema.table`` (PostgreSQL), ``table`` (SQLite), or for files the path below the
  source's URL with ``/``, NFC; ``a.zip!/b.csv`` inside an archive; ``売上_*.csv`` for files of one
  layout, each of them a partition.
* *record*: compact JSON, keys in key order, UTF-8 unescaped: ``{"pk":{"customer_id":"C001"}}``,
  ``{"row":12}``, ``{"sheet":"名簿","row":12}``, ``{"line":7}``, ``{"page":2}``, ``{"part":3}``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import pyarrow as pa


class Status(StrEnum):
    """How the reading of a unit ended."""

    READ = "read"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Field:
    """A column as declared, or a header's text; ``type`` is the source's own word for its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A declared reference: ``fields`` here hold keys of ``dataset`` (its fields ``refers_to``).

    ``on_delete`` is what the store does here when a row there goes: ``cascade``, ``set null``,
    ``set default``, ``restrict``; "" where it refuses or doesn't say.
    """

    fields: tuple[str, ...]
    dataset: str
    refers_to: tuple[str, ...]
    on_delete: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """Who can open a dataset; ``None`` where it can't be read."""

    owner: str | None = None
    groups: tuple[str, ...] = ()
    everyone: bool | None = None
    public: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether people who have no business with it can open it."""
        return bool(self.everyone or self.public)


@dataclass(frozen=True, slots=True)
class Partition:
    """A part of a dataset that is read in one go: a table, a key range, or one file.

    ``number`` counts from 0 within the dataset and stays the same from scan to scan; ``name`` is
    what the source needs to find it again (a file's path below the source, a range of keys as
    JSON, or "").
    """

    dataset: str
    number: int
    name: str = ""
    rows: int | None = None
    bytes: int | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a person would review once: a table, a file, or files of one layout.

    ``rows`` may be the server's estimate; ``bytes`` is the size at rest. ``fields`` may be empty
    where only reading tells them (mail, documents). ``encoding_evidence`` says why it is that
    encoding, ``by_hand`` why its records can't be written here, if they can't.
    """

    name: str
    kind: str  # table, view, file
    partitions: tuple[Partition, ...]
    fields: tuple[Field, ...] = ()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    media_type: str | None = None
    encoding: str | None = None
    rows: int | None = None
    bytes: int | None = None
    fingerprint: str | None = None
    modified_at: datetime | None = None
    access: Access = field(default_factory=Access)
    encrypted: bool | None = None
    encoding_evidence: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A unit that was not, or not wholly, read, with the reason; a value, so nothing is lost.

    ``partition`` is ``None`` where the whole dataset is meant; ``units`` counts what is missing
    (rows, pages, files) where that is known; after a sample, ``missed_at_most`` is the greatest
    share of the unit's records that may hold what none of the sample did (95 %: 3 / n).
    ``reason`` names no value of anyone.
    """

    dataset: str
    status: Status
    reason: str
    partition: int | None = None
    units: int | None = None
    missed_at_most: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """Where a reading can go on: behind ``record``, the last of ``ordinal`` records given.

    No ``repr``: a record's name may be personal.
    """

    ordinal: int
    record: str


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """Some records of a partition: ``values`` has one row for each name in ``records``.

    ``ordinal`` is the number of the first row within the partition, from 0. Batches of one
    dataset may differ in their columns (the sheets of a workbook). No ``repr``: it holds people's
    data.
    """

    partition: Partition
    ordinal: int
    records: pa.StringArray
    values: pa.RecordBatch

    @property
    def mark(self) -> Mark:
        """Where to go on behind this batch."""
        last = len(self.records) - 1
        return Mark(self.ordinal + last + 1, self.records[last].as_py() if last >= 0 else "")

    def behind(self, rows: int) -> Batch:
        """Return the same without its first rows."""
        return replace(
            self,
            ordinal=self.ordinal + rows,
            records=self.records.slice(rows),
            values=self.values.slice(rows),
        )
