"""What a scan found, as the rows of the inventory's tables; locations are staged apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reports.inventory import Scan
from scanners.finding import About
from scanners.versions import versions

Row = dict[str, object]
_OTHERS = frozenset({About.ORGANISATION, About.THING})


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of every table but locations; holds no plain value.

    ``unread`` are the coverage rows of what wasn't wholly read, each with ``accepted``: whether the
    settings accept its reason. Findings of ``doubted`` fields (ids) are left out where their score
    is under the one named. A replay tells of what was read ``as_of`` some time before, and
    may leave all that is ``located`` as it was; ``unchanged`` is how many datasets stay so.
    """

    scan_id: str
    datasets: tuple[Row, ...]
    fields: tuple[Row, ...]
    keys: tuple[Row, ...]
    links: tuple[Row, ...]
    profiles: tuple[Row, ...]
    coverage: tuple[Row, ...]
    unread: tuple[Row, ...]
    doubted: Mapping[str, float]
    rows: int
    bytes_read: int
    settings_hash: str
    one_moment: bool = False
    as_of: datetime | None = None
    located: bool = True
    unchanged: int = 0

    @property
    def status(self) -> str:
        """Whether everything was read, but for what the settings accept."""
        return "complete" if all(row["accepted"] for row in self.unread) else "incomplete"

    @property
    def findings(self) -> int:
        """How many identifiers were found, at how many places."""
        return sum(map(_hits, self.fields))

    @property
    def others(self) -> int:
        """How many of them are of organisations or things, which the data map leaves out."""
        return sum(_hits(row) for row in self.fields if row["about"] in _OTHERS)

    def commit(self, scan: Scan) -> None:
        """Make these rows, and what is staged, all that the inventory says of the source."""
        scan.commit(
            datasets=self.datasets,
            fields=self.fields,
            keys=self.keys,
            links=self.links,
            profiles=self.profiles,
            coverage=self.coverage,
            doubted=self.doubted,
            status=self.status,
            one_moment=self.one_moment,
            rules_version=versions(),
            settings_hash=self.settings_hash,
            rows=self.rows,
            bytes_read=self.bytes_read,
            as_of=self.as_of,
            located=self.located,
        )


def _hits(field: Row) -> int:
    hits = field["hits"]
    return hits if isinstance(hits, int) else 0
