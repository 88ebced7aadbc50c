"""What the inventory knows of a dataset since it was last read, in plain names."""

from __future__ import annotations

import glob
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from connectors.place import Dataset, Field, ForeignKey
from flows.contents import Row
from flows.faults import UsageError
from flows.seen import Seen, seen_in
from reports.location import Sealed
from reports.seal import Seal
from reports.view import View
from scanners.errors import UnknownFormat


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """A dataset: its rows as kept, and what was seen of its columns."""

    name: str
    row: Row
    fields: tuple[Row, ...]
    keys: tuple[Row, ...]
    coverage: tuple[Row, ...]
    seen: Seen
    sealed: Sealed
    partitions: tuple[str, ...]

    @property
    def dataset(self) -> Dataset:
        """The dataset as far as verdicts and links need it; its partitions are not known."""
        columns = {one.column.name: one.column.type for one in self.seen.columns}
        keys = cast("list[dict[str, object]]", self.row["foreign_keys"] or [])
        return Dataset(
            self.name,
            str(self.row["kind"]),
            (),
            fields=tuple(Field(name, kind) for name, kind in columns.items()),
            primary_key=tuple(cast("list[str]", self.row["primary_key"] or [])),
            foreign_keys=tuple(_foreign(key) for key in keys),
        )

    @property
    def patterns(self) -> tuple[str, ...]:
        """What to include so that a source lists this dataset and looks at no other."""
        paths = self.partitions if self.row["kind"] == "file" else ()
        return tuple(map(glob.escape, paths or (self.name,)))


def known(view: View, source: str, seal: Seal) -> dict[str, Known]:
    """Return every dataset of a source by its name; ``UsageError`` if too little was kept."""
    tables = {name: _by_dataset(view, name, source) for name in _TABLES}
    found: dict[str, Known] = {}
    for kept, (row,) in tables["datasets"].items():
        name = seal.unseal(kept)
        found[name] = _known(name, row, {key: rows[kept] for key, rows in tables.items()}, seal)
    if found and not tables["profiles"]:
        raise _too_old(source)
    return found


def unlisted(view: View, source: str) -> list[Row]:
    """Return the coverage of what could not even be listed, and so is no dataset."""
    datasets = {row["dataset"] for row in _rows(view, "datasets", source)}
    return [row for row in _rows(view, "coverage", source) if row["dataset"] not in datasets]


_TABLES = ("datasets", "fields", "keys", "coverage", "profiles")


def _known(name: str, row: Row, rows: Mapping[str, list[Row]], seal: Seal) -> Known:
    try:
        seen = seen_in(rows["profiles"], seal.unseal)
    except UnknownFormat:
        raise _too_old(str(row["source"])) from None
    fields = {str(one["field"]): seal.unseal(str(one["field"])) for one in rows["profiles"]}
    return Known(
        name=name,
        row=row,
        fields=tuple(map(_as_found, rows["fields"])),
        keys=tuple(rows["keys"]),
        coverage=tuple(rows["coverage"]),
        seen=seen,
        sealed=Sealed(
            dataset=row["dataset"] != name,
            fields=frozenset(plain for kept, plain in fields.items() if kept != plain),
        ),
        partitions=tuple(
            dict.fromkeys(
                seal.unseal(str(one["partition_name"]))
                for one in rows["coverage"]
                if one["partition_name"]
            )
        ),
    )


def _too_old(source: str) -> UsageError:
    return UsageError(
        f"{source} was scanned by a version that kept too little to replay: run `shozai scan`."
    )


def _by_dataset(view: View, table: str, source: str) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rows(view, table, source):
        found[str(row["dataset"])].append(row)
    return found


def _rows(view: View, table: str, source: str) -> Iterator[Row]:
    return (row for row in view.rows(table) if row["source"] == source)


def _as_found(row: Row) -> Row:
    """Return a field as its scan left it; reviewers' decisions lie over it anew."""
    return {**row, "entity": row["detected"], "decision": ""}


def _foreign(key: Mapping[str, object]) -> ForeignKey:
    fields, refers_to = cast("list[str]", key["fields"]), cast("list[str]", key["refers_to"])
    return ForeignKey(tuple(fields), str(key["dataset"]), tuple(refers_to))
