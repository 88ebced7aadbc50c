"""The inventory: the tables that tell where each person's data lie, and never the data.

One inventory is one company. A scan of one source writes through :meth:`Inventory.scan`::

    with Inventory(path, tokens).scan("crm") as scan:
        scan.stage("public.customers", 0, batches_of_locations)   # workers, any process
        scan.commit(datasets=…, fields=…, coverage=…)                     # the coordinator, once

Until ``commit`` returns, readers see the inventory as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc

from reports.commit import Store, commit
from reports.errors import NotAnInventory, WrongUse
from reports.lease import Lease
from reports.staging import Staging
from reports.tables import FORMAT_VERSION, TABLES
from reports.token import Tokens
from reports.view import View

#: New rows of a table: Arrow, or one mapping a row; columns left out are null.
Rows: TypeAlias = pa.Table | Sequence[Mapping[str, object]]


class Inventory:
    """An inventory in a local folder, written under one key; made when first written to."""

    def __init__(self, path: Path | str, tokens: Tokens) -> None:
        self.path = _local(path)
        self.tokens = tokens

    @contextmanager
    def scan(self, source: str, *, who: str = "", scan_id: str = "") -> Iterator[Scan]:
        """Begin a scan of one source; raise ``ScanRunning`` while another holds its lease."""
        scan_id = scan_id or new_scan_id()
        # The name of a source is free text in the settings: files are named by a digest.
        name = self.tokens.token("source", source).hex()
        leases, stages = self.path / "leases", self.path / "staging" / name
        self.store.create()
        leases.mkdir(exist_ok=True)
        with Lease(leases, source, name, scan_id, who) as lease:
            shutil.rmtree(stages, ignore_errors=True)  # what a scan that died left
            staging = Staging(stages / scan_id)
            staging.folder.mkdir(parents=True)
            try:
                yield Scan(scan_id, source, datetime.now(UTC), staging, self, lease)
            finally:
                staging.remove()

    def view(self) -> View:
        """Open what was last committed, for reading."""
        return View(self.path)

    @cached_property
    def store(self) -> Store:
        """The tables."""
        return Store(self.path)


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan of one source, from its lease to its commit. ``id`` is its *generation*."""

    id: str
    source: str
    started: datetime
    staging: Staging
    inventory: Inventory
    lease: Lease

    def stage(self, dataset: str, partition: int, locations: Iterable[pa.RecordBatch]) -> int:
        """Keep one partition's locations for the commit; a second try replaces the first."""
        return self.staging.write(dataset, partition, locations)

    def commit(
        self,
        *,
        datasets: Rows = (),
        fields: Rows = (),
        keys: Rows = (),
        links: Rows = (),
        profiles: Rows = (),
        coverage: Rows = (),
        doubted: Mapping[str, float] | None = None,
        status: str = "complete",
        one_moment: bool = False,
        rules_version: Mapping[str, str] | None = None,
        settings_hash: str = "",
        rows: int = 0,
        bytes_read: int = 0,
        as_of: datetime | None = None,
        located: bool = True,
    ) -> dict[str, object]:
        """Make these rows, and the locations staged, all that the inventory says of the source.

        Locations of ``doubted`` fields (ids) are left out where their score is under the one named.
        ``source``, ``scan_id``, ``generation`` (where it isn't given) and ``format_version`` are
        filled in. ``one_moment`` says that all of it was read as it stood at one moment; ``as_of``
        when what is told was read, if not now; without ``located`` the locations stay as they are.
        Returns the ``scans`` row.
        """
        if not self.lease.held():
            raise WrongUse(f"The lease on {self.source} ran out: scan it again.")
        given = {
            "datasets": datasets,
            "fields": fields,
            "keys": keys,
            "links": links,
            "profiles": profiles,
            "coverage": coverage,
        }
        told = {
            "status": status,
            "one_moment": one_moment,
            "rules_version": sorted((rules_version or {}).items()),
            "settings_hash": settings_hash,
            "rows": rows,
            "bytes": bytes_read,
        }
        return commit(
            self.inventory.store,
            self.staging,
            source=self.source,
            small={name: self._table(name, new) for name, new in given.items()},
            scan=self._row() | told | ({"started": as_of} if as_of else {}),
            doubted=doubted or {},
            located=located,
        )

    def _row(self) -> dict[str, object]:
        """Return what the scan knows of its own row from the start."""
        fingerprint = self.inventory.tokens.fingerprint
        return {"scan_id": self.id, "started": self.started, "key_fingerprint": fingerprint}

    def _table(self, name: str, rows: Rows) -> pa.Table:
        schema = TABLES[name]
        made = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(list(rows), schema)
        filled: dict[str, object] = {
            "source": self.source,
            "scan_id": self.id,
            "format_version": FORMAT_VERSION,
        }
        columns = [
            pa.repeat(pa.scalar(filled[column.name], column.type), made.num_rows)
            if column.name in filled
            else self._column(made, column)
            for column in schema
        ]
        return pa.Table.from_arrays(columns, schema=schema)

    def _column(self, rows: pa.Table, column: pa.Field) -> pa.ChunkedArray | pa.Array:
        # What stays as an earlier scan read it keeps that scan's generation.
        missing = pa.scalar(self.id if column.name == "generation" else None, column.type)
        if column.name in rows.column_names:
            return pc.coalesce(rows.column(column.name).cast(column.type), missing)
        return pa.repeat(missing, rows.num_rows)


def new_scan_id() -> str:
    """Return an id that sorts by time: UTC to the second and some chance."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:6]}"


def _local(path: Path | str) -> Path:
    if "://" in str(path):
        raise NotAnInventory(
            f"An inventory lies in a local folder for now, not at {path}: name a folder."
        )
    return Path(path)
