"""A record as the inventory knows it: its place and the tokens found in it, by field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from reports.field import Fields, KnownField
from reports.index import column_bounds, open_file, row_groups
from scanners.finding import Entity

_PLACE = ["dataset", "partition", "ordinal"]
_CELL = ["partition", "ordinal", "record", "field_id", "token", "start", "end"]


@dataclass(frozen=True, slots=True, order=True)
class RecordKey:
    """Where a record lies: ``ordinal`` counts within its partition."""

    source: str
    dataset: str
    partition: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One identifier in a record; ``start`` and ``end`` are ``None`` for a whole value."""

    field: KnownField
    token: bytes
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """A record's name in its source and its identifiers."""

    key: RecordKey
    name: str
    cells: tuple[Cell, ...]

    def own(self, *entities: Entity) -> list[Cell]:
        """Return the identifiers of the record's own person, of some entities or of all."""
        return [
            cell
            for cell in self.cells
            if cell.field.own and (not entities or cell.field.entity in entities)
        ]


class Records:
    """Loads records by their keys from the files of ``locations`` at one version."""

    def __init__(self, files: Iterable[tuple[Path, str | None]], fields: Fields) -> None:
        self._fields = fields
        self._groups: dict[str, list[_Group]] = {}
        for path, source in files:
            self._groups.setdefault(source or "", []).extend(_groups(path))
        self._near: dict[tuple[str, str], list[_Group]] = {}

    def load(self, keys: Collection[RecordKey]) -> dict[RecordKey, Record]:
        """Return the records that are there, in any order."""
        wanted: dict[tuple[str, str], dict[tuple[int, int], RecordKey]] = {}
        for key in keys:
            here = wanted.setdefault((key.source, key.dataset), {})
            here[key.partition, key.ordinal] = key
        found: dict[RecordKey, list[dict[str, object]]] = {}
        for (source, dataset), places in wanted.items():
            for row in self._rows(source, dataset, places):
                at = (cast("int", row["partition"]), cast("int", row["ordinal"]))
                if at in places:
                    found.setdefault(places[at], []).append(row)
        return {key: self._record(key, rows) for key, rows in found.items()}

    def _rows(
        self, source: str, dataset: str, places: Collection[tuple[int, int]]
    ) -> Iterator[dict[str, object]]:
        for group in self._nearby(source, dataset):
            inside = [place[1] for place in places if group.may_hold(*place)]
            if inside:
                yield from group.rows(dataset, inside)

    def _nearby(self, source: str, dataset: str) -> list[_Group]:
        if (source, dataset) not in self._near:
            self._near[source, dataset] = [
                group
                for group in self._groups.get(source, [])
                if group.dataset[0] <= dataset <= group.dataset[1]
            ]
        return self._near[source, dataset]

    def _record(self, key: RecordKey, rows: list[dict[str, object]]) -> Record:
        cells = tuple(
            Cell(
                field,
                cast("bytes", row["token"]),
                cast("int | None", row["start"]),
                cast("int | None", row["end"]),
            )
            for row in rows
            if (field := self._fields.get(cast("str", row["field_id"]))) is not None
        )
        return Record(key, cast("str", rows[0]["record"]), cells)


@dataclass(frozen=True, slots=True)
class _Group:
    """A row group and its bounds."""

    path: Path
    number: int
    dataset: tuple[str, str]
    partition: tuple[int, int]
    ordinal: tuple[int, int]

    def may_hold(self, partition: int, ordinal: int) -> bool:
        return (
            self.partition[0] <= partition <= self.partition[1]
            and self.ordinal[0] <= ordinal <= self.ordinal[1]
        )

    def rows(self, dataset: str, ordinals: list[int]) -> list[dict[str, object]]:
        file = open_file(self.path)
        places = file.read_row_group(self.number, columns=_PLACE)
        here = pc.is_in(places.column("ordinal"), value_set=pa.array(ordinals, pa.int64()))
        here = pc.and_(here, pc.equal(places.column("dataset"), dataset))
        at = pc.indices_nonzero(here)
        if not len(at):
            return []
        rows = file.read_row_group(self.number, columns=_CELL).take(at).to_pylist()
        return cast("list[dict[str, object]]", rows)


def _groups(path: Path) -> list[_Group]:
    return [
        _Group(
            path,
            number,
            cast("tuple[str, str]", column_bounds(group, "dataset")),
            cast("tuple[int, int]", column_bounds(group, "partition")),
            cast("tuple[int, int]", column_bounds(group, "ordinal")),
        )
        for number, group in enumerate(row_groups(path))
    ]
