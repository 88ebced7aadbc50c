"""What the pages are drawn from: the inventory and the business, read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.business import Business, Rule
from reports.datamap import DataMap, by_dataset, by_source
from reports.holdings import HeldDataset, Tables, count_fields, evidence_of, holdings
from reports.names import Names
from reports.scans import LastScan, last_scans
from reports.site import diagram
from reports.site.address import Addresses, Page, paginate
from reports.site.notices import Notice, notices
from reports.unread import UnreadPart, by_reason, read_count, unread_parts
from scanners.verdict import Evidence

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: fields of a dataset, names as stored."""

    source: str
    dataset: str
    fields: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Source and dataset."""
        return (self.source, self.dataset)


@dataclass(frozen=True, slots=True)
class Link:
    """A field that refers to another table's keys."""

    id: str
    start: End
    end: End
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that is said in a report; ``made`` is the time it was asked for."""

    business: Business
    made: datetime
    names: Names
    held: tuple[HeldDataset, ...]
    rules: dict[Key, Rule]
    scans: tuple[LastScan, ...]
    unread: tuple[UnreadPart, ...]
    unread_counts: Mapping[Key, int]
    parts_read: int
    links: tuple[Link, ...]
    addresses: Addresses

    @property
    def is_empty(self) -> bool:
        """Whether nothing was scanned yet."""
        return not self.held and all(scan.scan_id is None for scan in self.scans)

    @property
    def personal(self) -> tuple[HeldDataset, ...]:
        """The datasets about persons."""
        return tuple(one for one in self.held if one.is_personal)

    @property
    def personal_keys(self) -> frozenset[Key]:
        """Source and dataset of each of them."""
        return frozenset(one.key for one in self.personal)

    @property
    def reviewed(self) -> int:
        """How many of the fields that the map counts somebody confirmed or changed, all of each."""
        open_ = count_fields(self.held, lambda field: not field.decision)
        return count_fields(self.held) - open_

    @property
    def unread_by_reason(self) -> tuple[tuple[str, tuple[UnreadPart, ...]], ...]:
        """What was not read, the most frequent reason first."""
        return by_reason(self.unread)

    @property
    def map(self) -> DataMap[str]:
        """The data map, a row a source."""
        return by_source(self.held, [scan.source for scan in self.scans])

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What to look at first."""
        incomplete = sum(scan.status not in {None, "complete"} for scan in self.scans)
        return notices(self.held, self.rules, len(self.unread), incomplete)

    @property
    def diagram(self) -> diagram.Diagram | None:
        """The references between tables as a picture."""
        edges = {_edge(link): None for link in self.links if link.status != "rejected"}
        return diagram.draw(tuple(edges), lambda key: self.names.shown(key[1]))

    def page_map(self, page: Page) -> DataMap[Key]:
        """Return the map of a source's page, a row a dataset."""
        return by_dataset(page.full)


def read(inventory: Tables, business: Business, made: datetime, names: Names) -> Contents:
    """Read an inventory's tables; ``made`` is the time to print."""
    held = holdings(inventory)
    scans = last_scans(inventory.scans, [source.name for source in business.sources])
    unread = unread_parts(inventory.coverage)
    return Contents(
        business=business,
        made=made,
        names=names,
        held=held,
        rules=business.rules((one.key for one in held), names.plain),
        scans=scans,
        unread=unread,
        unread_counts=Counter(part.key for part in unread),
        parts_read=read_count(inventory.coverage),
        links=tuple(_link(row) for row in inventory.links.to_pylist()),
        addresses=paginate(held, [scan.source for scan in scans]),
    )


def _link(row: Mapping[str, Any]) -> Link:
    start, end = _end(row["from"]), _end(row["to"])
    return Link(row["id"], start, end, row["status"], evidence_of(row["evidence"]))


def _end(row: Mapping[str, Any]) -> End:
    return End(row["source"], row["dataset"], tuple(row["fields"]))


def _edge(link: Link) -> diagram.Edge:
    return diagram.Edge(link.start.key, link.end.key, link.status != "discovered")
