"""A small inventory built by hand: tables of made-up people, written through the real commit.

A column is told as ``"customer_id": "SUBJECT_KEY self"``; a cell may be one value or several.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from reports.inventory import Inventory
from reports.location import Sealed, field_id, locate
from reports.mask import samples
from reports.sought import Sought
from reports.token import Tokens
from reports.trace import Trace, Tracer
from scanners.finding import FINDINGS, FieldFindings

KEY = bytes(range(32))
OPEN = Sealed()
Cell = str | Sequence[str] | None


class Town:
    """Collects tables, then commits them source by source."""

    def __init__(self, folder: Path, key: bytes = KEY) -> None:
        self.tokens = Tokens(key)
        self.inventory = Inventory(folder / "inventory", self.tokens)
        self._tables: dict[str, dict[str, tuple[Mapping[str, str], list[dict[str, Cell]]]]] = {}
        self._links: dict[str, list[dict[str, object]]] = {}
        self._sealed: dict[str, Sealed] = {}

    def table(
        self,
        place: str,
        columns: Mapping[str, str],
        rows: Sequence[Mapping[str, Cell]],
        sealed: Sealed = OPEN,
    ) -> None:
        """Add a table ``source.dataset`` with its fields' entities and roles."""
        source, dataset = place.split(".", 1)
        self._tables.setdefault(source, {})[dataset] = (columns, [dict(row) for row in rows])
        self._sealed[place] = sealed

    def link(self, from_: str, to: str, status: str = "declared") -> None:
        """Add a link ``source.dataset.field`` → ``source.dataset.field``."""
        source = from_.split(".", maxsplit=1)[0]
        ends = {"from": self._end(from_), "to": self._end(to)}
        row = {"id": f"l_{from_}", "status": status, "evidence": [], **ends}
        self._links.setdefault(source, []).append(row)

    def commit(self, **coverage: list[dict[str, object]]) -> None:
        """Scan every source; ``coverage`` adds what was not read, by source."""
        for source, tables in self._tables.items():
            with self.inventory.scan(source, who="tester") as scan:
                fields = []
                for dataset, (columns, rows) in tables.items():
                    batch = self._located(source, dataset, columns, rows, scan.id)
                    scan.stage(self._name(source, dataset), 0, [batch])
                    fields += self._fields(source, dataset, columns, rows)
                scan.commit(
                    datasets=[{"dataset": self._name(source, name)} for name in tables],
                    fields=fields,
                    links=self._links.get(source, ()),
                    coverage=coverage.get(source, ()),
                )

    def id(self, place: str, entity: str = "SUBJECT_KEY") -> str:
        """Return the id of one entity in ``source.dataset.field``."""
        return field_id(self.tokens, *place.split("."), entity)

    def find(self, **said: Any) -> Trace:
        """Trace a person by what is said."""
        return Tracer(self.inventory.view(), self.tokens).find(Sought(**said))

    def found(self, **said: Any) -> dict[str, str]:
        """Return the tier of each record found, ``source.dataset/ordinal``; ``*`` marks mixed."""
        return {
            f"{reach.record.key.source}.{reach.record.key.dataset}/{reach.record.key.ordinal}": (
                reach.tier.word + ("*" if reach.mixed else "")
            )
            for reach in self.find(**said).matches
        }

    def _located(
        self,
        source: str,
        dataset: str,
        columns: Mapping[str, str],
        rows: list[dict[str, Cell]],
        generation: str,
    ) -> pa.RecordBatch:
        records = pa.array([json.dumps({"row": at + 1}) for at in range(len(rows))], pa.string())
        return locate(
            records,
            0,
            source=source,
            dataset=dataset,
            partition=0,
            generation=generation,
            findings=[_findings(name, kind, rows) for name, kind in columns.items()],
            tokens=self.tokens,
            sealed=self._sealed[f"{source}.{dataset}"],
        )

    def _fields(
        self, source: str, dataset: str, columns: Mapping[str, str], rows: list[dict[str, Cell]]
    ) -> list[dict[str, object]]:
        return [
            {
                "id": field_id(self.tokens, source, dataset, name, kind.split()[0]),
                "dataset": self._name(source, dataset),
                "field": name,
                "entity": kind.split()[0],
                "detected": kind.split()[0],
                "about": "person",
                "role": kind.split()[1],
                "masked_sample": samples(kind.split()[0], _values(name, rows)),
                "decision": "",
            }
            for name, kind in columns.items()
        ]

    def _name(self, source: str, dataset: str) -> str:
        sealed = self._sealed[f"{source}.{dataset}"].dataset
        return self.tokens.seal.seal(dataset) if sealed else dataset

    def _end(self, place: str) -> dict[str, object]:
        source, dataset, field = place.split(".")
        return {"source": source, "dataset": dataset, "fields": [field]}


def _values(name: str, rows: list[dict[str, Cell]]) -> list[str]:
    return [value for row in rows for value in _several(row.get(name))]


def _several(cell: Cell) -> Sequence[str]:
    return () if cell is None else (cell,) if isinstance(cell, str) else cell


def _findings(name: str, kind: str, rows: list[dict[str, Cell]]) -> FieldFindings:
    placed = [(at, value) for at, row in enumerate(rows) for value in _several(row.get(name))]
    entity = kind.split(maxsplit=1)[0]
    whole = {"entity": entity, "start": None, "end": None, "score": 1.0}
    found = [whole | {"text": value} for _, value in placed]
    return FieldFindings(
        name,
        pa.array([at for at, _ in placed], pa.int32()),
        pa.array(range(len(placed)), pa.int32()),
        pa.RecordBatch.from_pylist(found, schema=FINDINGS),
    )
