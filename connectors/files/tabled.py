"""The tables of a database in a file store: as datasets and as batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from connectors.files.content import Content
from connectors.files.databases import SHUT, Databases
from connectors.files.described import told
from connectors.files.reading import unread
from connectors.files.unit import INSIDE, Unit
from connectors.place import Batch, Dataset, ForeignKey, Partition, Status, Unread
from connectors.readers import sql_head
from connectors.readers.base import Gap
from connectors.readers.tables import TableLayout

_DUMP = "a dump is a copy; delete the rows in the database, make the dump anew"
_SQLITE = (
    "a database in a file store may be in use: name its file as a source, sqlite:///…, delete there"
)
#: Why a table isn't read that was there before.
NO_TABLE = "no such table: scan again"


def tables(
    unit: Unit, content: Content, databases: Databases, wanted: Callable[[str], bool]
) -> Iterator[Dataset | Unread]:
    """Describe the tables of a database; raises ``SourceError`` and ``OSError``."""
    if content.media_type in SHUT:
        if wanted(unit.path):
            yield Unread(unit.path, Status.SKIPPED, SHUT[content.media_type])
        return
    databases.meet(unit, content)
    version = told(unit, databases.version(unit))
    with databases.lent(unit) as found:
        for layout in found.layouts():
            if wanted(f"{unit.path}{INSIDE}{layout.name}"):
                yield _described(unit, layout, content.media_type, version)
        if (gap := found.gap()) and wanted(unit.path):
            yield Unread(unit.path, gap.status, gap.reason)


def read(
    unit: Unit, table: str, partition: Partition, databases: Databases
) -> Iterator[Batch | Unread]:
    """Read one table."""
    ordinal = 0
    with databases.lent(unit) as found:
        if not found.has(table):
            yield Unread(partition.dataset, Status.FAILED, NO_TABLE, partition.number)
            return
        for piece in found.read(table):
            if isinstance(piece, Gap):
                yield unread(piece, partition)
                continue
            yield Batch(partition, ordinal, piece.records, piece.values)
            ordinal += len(piece.records)


def _described(
    unit: Unit, layout: TableLayout, media_type: str, version: str | None
) -> Dataset | Unread:
    name = f"{unit.path}{INSIDE}{layout.name}"
    if layout.gap is not None:
        return Unread(name, layout.gap.status, layout.gap.reason)
    whole = Partition(name, 0, name, layout.rows, None, version)
    return Dataset(
        name=name,
        kind=layout.kind,
        partitions=(whole,),
        fields=layout.fields,
        primary_key=layout.primary_key,
        foreign_keys=tuple(_inside(unit, one) for one in layout.foreign_keys),
        media_type=media_type,
        encoding=layout.encoding,
        rows=layout.rows,
        fingerprint=version,
        modified_at=unit.modified,
        access=unit.access,
        encrypted=unit.encrypted(),
        encoding_evidence=layout.encoding_evidence,
        by_hand=_DUMP if media_type == sql_head.MEDIA_TYPE else _SQLITE,
    )


def _inside(unit: Unit, key: ForeignKey) -> ForeignKey:
    return replace(key, dataset=f"{unit.path}{INSIDE}{key.dataset}")
