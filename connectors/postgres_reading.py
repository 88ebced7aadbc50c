"""One PostgreSQL table being read: batches of its rows, or one number over all of them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b

import pyarrow as pa

from connectors.base import skipped
from connectors.fingerprint import Fingerprint, Signal
from connectors.place import Batch, Mark, Partition, Status, Unread
from connectors.postgres_breaks import reason
from connectors.postgres_order import conditions, goes_on
from connectors.postgres_sample import checksum, counting, missed
from connectors.postgres_select import Select
from connectors.postgres_stream import Stream
from connectors.sql import Table, misread
from connectors.sql_ranges import KeyRange


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """Reads parts of a table; at most ``sample`` rows of each, if it is given."""

    table: Table
    stream: Stream
    digest_key: bytes
    sample: int | None = None

    def read(self, partition: Partition, after: Mark | None) -> Iterator[Batch | Unread]:
        """Read a part from its start or from behind a record."""
        if after and self.sample is None and goes_on(self.table, after):
            return self._told(partition, after)
        return skipped(self._told(partition, None), after)

    def checksum(self, partition: Partition) -> Fingerprint | None:
        """Let the server compute a keyed checksum of a part; ``None`` where it can't."""
        from adbc_driver_manager import Error

        where = self._where(partition)
        try:
            found = self.stream.value(checksum(self.table, where, self.digest_key))
        except (Error, OSError, pa.ArrowException):
            return None
        digest = blake2b(str(found).encode(), digest_size=16, key=self.digest_key)
        return Fingerprint(Signal.CONTENT, digest.hexdigest())

    def _told(self, partition: Partition, after: Mark | None) -> Generator[Batch | Unread]:
        from adbc_driver_manager import Error

        select = Select(self.table, self.digest_key)
        ordinal = after.ordinal if after else 0
        try:
            for batch in self._batches(select, partition, after):
                yield batch
                ordinal = batch.mark.ordinal
            yield from self._left_out(partition, ordinal)
        except (Error, OSError, pa.ArrowException) as error:
            status = Status.PARTIAL if ordinal else Status.FAILED
            yield Unread(self.table.dataset, status, reason(error), partition.number)
        if words := misread(select.guessed, select.garbled):
            units = select.guessed + select.garbled
            yield Unread(self.table.dataset, Status.PARTIAL, words, partition.number, units)

    def _batches(
        self, select: Select, partition: Partition, after: Mark | None
    ) -> Generator[Batch]:
        part = KeyRange.of(partition.name)
        ordinal = after.ordinal if after else 0
        with closing(self.stream.answers(select.statement(part, after, self.sample))) as answers:
            for answer in answers:
                yield select.batch(partition, ordinal, answer)
                ordinal += answer.num_rows

    def _left_out(self, partition: Partition, seen: int) -> Iterator[Unread]:
        """Tell what a sample left out, if it was smaller than what it was drawn from."""
        if self.sample is None or seen < self.sample:
            return
        query = counting(self.table, self._where(partition))
        rows = int(self.stream.value(query)) if query else None
        if rows is None or rows > seen:
            yield missed(self.table, partition, seen, rows)

    def _where(self, partition: Partition) -> str:
        return " AND ".join(conditions(self.table, KeyRange.of(partition.name), None))
