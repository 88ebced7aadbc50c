"""The reading of one file: the pieces of its reader as batches of a partition."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.files.content import opened
from connectors.files.unit import Unit
from connectors.options import Options
from connectors.place import Batch, Partition, Unread
from connectors.readers import reader_for
from connectors.readers.base import Gap
from connectors.readers.record import in_file


def read(unit: Unit, partition: Partition, options: Options) -> Iterator[Batch | Unread]:
    """Read a file; its records name it where it is one of many in their dataset."""
    if not unit.bytes:
        return
    ordinal = 0
    is_one_of_many = unit.path != partition.dataset
    with opened(unit) as content:
        for piece in reader_for(content.media_type, options).read(content.file, content.hint):
            if isinstance(piece, Gap):
                yield unread(piece, partition)
                continue
            records = in_file(unit.path, piece.records) if is_one_of_many else piece.records
            yield Batch(partition, ordinal, records, piece.values)
            ordinal += len(records)


def unread(gap: Gap, partition: Partition) -> Unread:
    """Tell what a reader couldn't read."""
    return Unread(partition.dataset, gap.status, gap.reason, partition.number, gap.units)
