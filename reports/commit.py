"""A commit: one scan's results become the inventory's, all of them or none.

Delta knows no transaction over several tables. So every table of the source is replaced first and
the ``scans`` row, which names each table's version, is written last: readers go by it alone. What
a commit that died half-way left is undone by the next, before anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from filelock import FileLock, Timeout

from reports.errors import Busy, NewerFormat, NotAnInventory
from reports.index import sort_index
from reports.staging import Staging
from reports.table import Table
from reports.tables import FORMAT_VERSION, SCANS, TABLES

#: Tables that are no scan's: always read at their newest version.
APART = frozenset({"decisions"})
#: Tables of which old files are removed; the others are small and tell what changed.
_SWEPT = ("locations", "token_index")
_WAIT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Store:
    """The tables of one inventory's folder."""

    folder: Path

    def create(self) -> None:
        """Make the folder and every table that isn't there yet."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / ".lock").touch()
        except OSError as error:
            raise NotAnInventory(
                f"Can't write an inventory to {self.folder} ({error.strerror}): "
                "name a folder of yours under [inventory] path."
            ) from None
        with self.locked():
            Table.create(self.folder / "scans", SCANS, by_source=False)
            for name, schema in TABLES.items():
                Table.create(self.folder / name, schema, by_source=name not in APART)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the inventory: one commit at a time."""
        try:
            with FileLock(self.folder / ".lock", timeout=_WAIT_SECONDS):
                yield
        except Timeout:
            raise Busy(
                f"Another process has been committing to {self.folder} for "
                f"{_WAIT_SECONDS // 60} minutes: wait for it, or stop it."
            ) from None

    def table(self, name: str, version: int | None = None) -> Table:
        """Open a table."""
        return Table(self.folder / name, SCANS if name == "scans" else TABLES[name], version)

    def scans(self) -> pa.Table:
        """Return every commit, oldest first; refuse those of a later version."""
        found = self.table("scans").dataset().to_table()
        newest = max(found.column("format_version").to_pylist(), default=0)
        if newest > FORMAT_VERSION:
            raise NewerFormat(
                f"The inventory in {self.folder} has format {newest} and this version reads up to "
                f"{FORMAT_VERSION}: upgrade shozai."
            )
        # Versions only ever rise, and clocks don't: they tell the order of commits.
        order = [sum(dict(row).values()) for row in found.column("versions").to_pylist()]
        return found.take(pa.array(sorted(range(len(order)), key=order.__getitem__), pa.int64()))

    def versions(self) -> dict[str, int]:
        """Return the version of every table that the last commit names; 0 before the first."""
        named = self.scans().column("versions").to_pylist()
        # A table that came with a later version of Shozai is empty in older commits.
        return dict.fromkeys(TABLES, 0) | (dict(named[-1]) if named else {})

    def has(self, name: str) -> bool:
        """Tell whether a table is there: an older inventory may lack it until its next scan."""
        return (self.folder / name / "_delta_log").is_dir()

    def recover(self) -> None:
        """Undo what a commit that died left, and remove files long replaced."""
        named = self.versions()
        for name in TABLES.keys() - APART:
            table = self.table(name)
            table.restore(named[name])
            if name in _SWEPT:
                table.sweep()


def commit(
    store: Store,
    staging: Staging,
    *,
    source: str,
    small: Mapping[str, pa.Table],
    scan: Mapping[str, object],
    doubted: Mapping[str, float],
    located: bool = True,
) -> dict[str, object]:
    """Replace ``source`` in every table and append the ``scans`` row; return the row.

    ``small`` holds the new rows of every table but locations and their index. Where no location
    changed (``located`` is false) these two stay as they are.
    """
    big = _big(store, staging, doubted, str(scan["scan_id"])) if located else {}
    with store.locked():
        store.recover()
        written = {name: store.table(name).write(rows.to_batches()) for name, rows in small.items()}
        written |= big
        versions = {name: _replaced(store, name, source, written[name]) for name in written}
        versions |= {name: store.table(name).version for name in TABLES.keys() - written.keys()}
        found = store.table("locations").rows(source)
        row = {"source": source, "versions": sorted(versions.items()), "findings": found}
        return _recorded(store, {**scan, **row})


def _big(
    store: Store, staging: Staging, doubted: Mapping[str, float], generation: str
) -> dict[str, list[Path]]:
    locations = _located(store, staging, doubted)
    index = _indexed(store, staging, locations, generation)
    return {"locations": locations, "token_index": index}


def _located(store: Store, staging: Staging, doubted: Mapping[str, float]) -> list[Path]:
    table = store.table("locations")
    whole = [] if doubted else staging.big()
    joined = table.write(staging.batches(left_out=whole, doubted=doubted))
    return joined + table.adopt(whole)


def _indexed(
    store: Store, staging: Staging, locations: Sequence[Path], generation: str
) -> list[Path]:
    return store.table("token_index").write(sort_index(locations, generation, staging.folder))


def _replaced(store: Store, name: str, source: str, files: Sequence[Path]) -> int:
    table = store.table(name)
    table.replace(source, files)
    return table.version


def _recorded(store: Store, scan: Mapping[str, object]) -> dict[str, object]:
    row = {**scan, "ended": datetime.now(UTC), "format_version": FORMAT_VERSION}
    store.table("scans").append(pa.Table.from_pylist([row], SCANS))
    return row
