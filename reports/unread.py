"""読めなかったところ: the parts of a source that a scan did not, or not wholly, read, and why.

What isn't read can't be vouched for, so it stands beside every answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from reports.reasons import gist


@dataclass(frozen=True, slots=True)
class UnreadPart:
    """A part of a dataset that is missing from the inventory; ``name`` and ``dataset`` as stored.

    ``units`` counts what is missing (rows, pages, files); ``missed_at_most`` bounds the share of
    the part (0 to 1) that may hold personal data nobody saw. Both are ``None`` where unknown.
    """

    source: str
    dataset: str
    partition: int | None
    name: str
    status: str
    reason: str
    units: int | None
    missed_at_most: float | None

    @property
    def key(self) -> tuple[str, str]:
        """Source and dataset."""
        return (self.source, self.dataset)


def unread_parts(coverage: pa.Table) -> tuple[UnreadPart, ...]:
    """Return what was not read, by source, dataset and part."""
    found = [_part(row) for row in coverage.to_pylist() if row["status"] != "read"]
    return tuple(sorted(found, key=lambda one: (one.source, one.dataset, one.partition or 0)))


def read_count(coverage: pa.Table) -> int:
    """Return how many parts were read whole."""
    return sum(status == "read" for status in coverage["status"].to_pylist())


def by_reason(parts: Iterable[UnreadPart]) -> tuple[tuple[str, tuple[UnreadPart, ...]], ...]:
    """Group parts by the gist of their reason, the most frequent first."""
    groups: dict[str, list[UnreadPart]] = defaultdict(list)
    for part in parts:
        groups[gist(part.reason)].append(part)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple((reason, tuple(group)) for reason, group in ordered)


def _part(row: dict[str, Any]) -> UnreadPart:
    return UnreadPart(
        source=row["source"],
        dataset=row["dataset"] or "",
        partition=row["partition"],
        name=row["partition_name"] or "",
        status=row["status"],
        reason=row["reason"] or "",
        units=row["units"],
        missed_at_most=row["missed_at_most"],
    )
