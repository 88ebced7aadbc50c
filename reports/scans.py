"""いつの状態か (as of): the last scan of each source, stated beside every answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class LastScan:
    """The last scan of a source; everything is ``None`` where there was none. Times are UTC."""

    source: str
    scan_id: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    status: str | None = None
    rows: int | None = None
    bytes: int | None = None
    one_moment: bool | None = None

    @property
    def as_of(self) -> datetime | None:
        """The time that the answer stands for: when reading began, as what came later is unseen."""
        return self.started


def last_scans(scans: pa.Table, sources: Iterable[str] = ()) -> tuple[LastScan, ...]:
    """Return every source's last scan, those in ``sources`` first, even if never scanned."""
    last = {name: LastScan(name) for name in sources}
    names = LastScan.__slots__
    for row in scans.select(list(names)).sort_by("started").to_pylist():
        last[row["source"]] = LastScan(**row)
    return tuple(last.values())
