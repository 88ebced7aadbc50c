"""A view of the inventory: its tables as one commit left them, for anyone to read.

Each table is an Arrow dataset, so pandas, DuckDB and pyarrow read it without knowing Delta::

    view = reports.open_inventory("inventory")
    view["fields"].to_table().to_pandas()
    locations = view["locations"]; duckdb.sql("SELECT entity, count(*) FROM locations GROUP BY 1")

Reviewers' decisions lie over the fields and links: the latest counts, whenever they were found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import cast

import pyarrow.dataset as ds

from reports.commit import APART, Store
from reports.decision import decided_fields, decided_links, latest
from reports.errors import NotAnInventory
from reports.tables import SCANS, TABLES

Row = dict[str, object]


class View:
    """An inventory at its last commit. ``view["fields"]`` or ``view.fields`` is a dataset.

    A view stays as it is while new scans commit; open another to see them.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        if not (self.path / "scans" / "_delta_log").is_dir():
            raise NotAnInventory(f"There is no inventory in {self.path}: run `shozai scan` first.")
        self.store = Store(self.path)
        self._scans = self.store.scans()
        self._versions = self.store.versions()
        self._open: dict[str, ds.Dataset] = {}

    def __getitem__(self, name: str) -> ds.Dataset:
        if name not in self._open:
            self._open[name] = self._table(name)
        return self._open[name]

    def __getattr__(self, name: str) -> ds.Dataset:
        if name == "scans" or name in TABLES:
            return self[name]
        raise AttributeError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(["scans", *TABLES])

    def rows(self, name: str) -> list[Row]:
        """Return a small table's rows as mappings."""
        return cast("list[Row]", self[name].to_table().to_pylist())

    def files(self, name: str) -> list[tuple[Path, str | None]]:
        """Return a table's Parquet files, each with its source."""
        return self.store.table(name, self._version(name)).files()

    @cached_property
    def last_scans(self) -> dict[str, Row]:
        """The last scan of each source that has one."""
        return {cast("str", row["source"]): row for row in self._scans.to_pylist()}

    def _version(self, name: str) -> int | None:
        return None if name in APART else self._versions[name]

    def _table(self, name: str) -> ds.Dataset:
        if name == "scans":
            return ds.dataset(self._scans.cast(SCANS))
        if not self.store.has(name):
            return ds.dataset(TABLES[name].empty_table())
        found = self.store.table(name, self._version(name)).dataset()
        if name == "fields":
            return ds.dataset(decided_fields(found.to_table(), self._decisions()))
        if name == "links":
            return ds.dataset(decided_links(found.to_table(), self._decisions()))
        return found

    def _decisions(self) -> dict[str, Row]:
        return latest(self["decisions"].to_table())
