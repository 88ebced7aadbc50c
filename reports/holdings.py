"""保有するデータ: what a company holds, as its inventory tells it, dataset by dataset.

:class:`Tables` are the inventory's tables as opened; :func:`holdings` reads them into values that
the data map, the site and the register are drawn from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from connectors.place import Access
from reports import tables
from reports.weight import Weight, in_order, weigh
from scanners.verdict import Evidence


@dataclass(frozen=True, slots=True)
class Tables:
    """The inventory's tables of one moment, in the schemas of ``reports/tables.py``."""

    scans: pa.Table
    datasets: pa.Table
    fields: pa.Table
    coverage: pa.Table
    links: pa.Table
    decisions: pa.Table

    @classmethod
    def empty(cls) -> Tables:
        """Return the tables of an inventory in which nothing was scanned yet."""
        schemas = {"scans": tables.SCANS, **tables.TABLES}
        return cls(**{name: schemas[name].empty_table() for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Holding:
    """One entity that one field holds; ``sample`` is masked."""

    id: str
    field: str
    type: str
    entity: str
    detected: str
    about: str
    role: str
    values: int
    hits: int
    distinct: int
    score: float
    evidence: tuple[Evidence, ...]
    sample: tuple[str, ...]
    decision: str

    @property
    def is_personal(self) -> bool:
        """Whether it counts as a person's: about a person, and not rejected by a reviewer."""
        return self.about == "person" and self.decision != "rejected"

    @property
    def is_doubtful(self) -> bool:
        """Whether nobody knows yet whom it is about."""
        return self.about == "unknown" and self.decision != "rejected"

    @property
    def is_counted(self) -> bool:
        """Whether the data map counts it: a person's, or not known to be something else's."""
        return self.is_personal or self.is_doubtful


@dataclass(frozen=True, slots=True)
class HeldDataset:
    """A dataset with what its fields hold, in the order of the table; names as stored."""

    source: str
    dataset: str
    kind: str
    about: str
    about_evidence: tuple[Evidence, ...]
    media_type: str | None
    encoding: str | None
    bytes: int | None
    rows: int | None
    files: int | None
    primary_key: tuple[str, ...]
    modified_at: datetime | None
    access: Access
    encrypted: bool | None
    fields: tuple[Holding, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Source and dataset: what names it in the whole inventory."""
        return (self.source, self.dataset)

    @property
    def counted(self) -> tuple[Holding, ...]:
        """The fields that the data map counts."""
        return tuple(field for field in self.fields if field.is_counted)

    @property
    def entities(self) -> tuple[str, ...]:
        """The kinds of personal data in it, in the order of the care they need."""
        return in_order(field.entity for field in self.counted)

    @property
    def weight(self) -> Weight:
        """The care it needs."""
        return weigh(self.entities)

    @property
    def is_personal(self) -> bool:
        """Whether it is about persons, or holds a field that is."""
        if not self.counted:
            return False
        return self.about == "person" or any(field.is_personal for field in self.fields)

    @property
    def is_doubtful(self) -> bool:
        """Whether it holds identifiers, and nobody knows yet whether persons'."""
        return bool(self.counted) and not self.is_personal


def holdings(inventory: Tables) -> tuple[HeldDataset, ...]:
    """Read datasets with their fields: sources by name, in each the heaviest dataset first."""
    fields = _fields_by_dataset(inventory.fields)
    rows = {(row["source"], row["dataset"]): row for row in inventory.datasets.to_pylist()}
    keys = dict.fromkeys([*rows, *fields])
    held = [_dataset(key, rows.get(key, {}), fields.get(key, ())) for key in keys]
    return tuple(sorted(held, key=lambda one: (one.source, -one.weight, one.dataset)))


def count_fields(
    held: Iterable[HeldDataset], wanted: Callable[[Holding], bool] = lambda _: True
) -> int:
    """Count the fields that the data map counts and that hold something ``wanted``, each once."""
    return len({(one.key, field.field) for one in held for field in one.counted if wanted(field)})


def evidence_of(column: Iterable[Mapping[str, Any]] | None) -> tuple[Evidence, ...]:
    """Read a row's column of evidence."""
    return tuple(Evidence(**reason) for reason in column or ())


def _fields_by_dataset(table: pa.Table) -> dict[tuple[str, str], list[Holding]]:
    found: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for row in table.to_pylist():
        found[row["source"], row["dataset"]].append(_holding(row))
    return found


def _holding(row: Mapping[str, Any]) -> Holding:
    return Holding(
        id=row["id"],
        field=row["field"],
        type=row["type"] or "",
        entity=row["entity"],
        detected=row["detected"] or row["entity"],
        about=row["about"] or "unknown",
        role=row["role"] or "mention",
        values=row["values"] or 0,
        hits=row["hits"] or 0,
        distinct=row["distinct"] or 0,
        score=row["score"] or 0.0,
        evidence=evidence_of(row["evidence"]),
        sample=tuple(row["masked_sample"] or ()),
        decision=row["decision"] or "",
    )


def _dataset(
    key: tuple[str, str], row: Mapping[str, Any], fields: Iterable[Holding]
) -> HeldDataset:
    return HeldDataset(
        *key,
        kind=row.get("kind") or "",
        about=row.get("about") or "unknown",
        about_evidence=evidence_of(row.get("about_evidence")),
        media_type=row.get("media_type"),
        encoding=row.get("encoding"),
        bytes=row.get("bytes"),
        rows=row.get("rows"),
        files=row.get("files"),
        primary_key=tuple(row.get("primary_key") or ()),
        modified_at=row.get("modified_at"),
        access=_access(row.get("access")),
        encrypted=row.get("encrypted"),
        fields=tuple(fields),
    )


def _access(row: Mapping[str, Any] | None) -> Access:
    if row is None:
        return Access()
    return Access(row["owner"], tuple(row["groups"] or ()), row["everyone"], row["public"])
