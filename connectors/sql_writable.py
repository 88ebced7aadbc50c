"""An SQL store whose rows can be fetched and changed: what all of them share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection

from connectors.base import WritableSource
from connectors.change import Change, Fetched, Intent, Refusal
from connectors.sql import SqlSource, Table
from connectors.sql_dialect import Dialect
from connectors.sql_fetch import fetched
from connectors.sql_write import NO_TABLE, VIEW, SqlWork, refusals


class WritableSqlSource(SqlSource, WritableSource):
    """A source of tables whose rows can be changed; a store adds its dialect and connections."""

    @abstractmethod
    def dialect(self) -> Dialect:
        """Return what its SQL has of its own."""

    @abstractmethod
    def connected(self, *, write: bool) -> AbstractContextManager[Connection]:
        """Connect; to write, transactions see one moment and wait for locks only so long."""

    def fetch(self, dataset: str, records: Sequence[str]) -> Iterator[Fetched | Refusal]:
        """Read rows by their names."""
        table = self.table(dataset)
        if not isinstance(table, Table):
            yield from refusals(dataset, records, NO_TABLE)
        elif table.kind != "table":
            yield from refusals(dataset, records, VIEW)
        else:
            with self.connected(write=False) as connection:
                yield from fetched(connection, self.dialect(), table, records, self.digest_key)

    @contextmanager
    def writing(self, changes: Sequence[Change], known: Sequence[Intent] = ()) -> Iterator[SqlWork]:
        """Prepare changes in a transaction; it ends with the context at the latest."""
        found = self.tables(lambda _: True)
        tables = {one.dataset: one for one in found if isinstance(one, Table)}
        with self.connected(write=True) as connection:
            work = SqlWork(connection, self.dialect(), tables, self.digest_key)
            yield work.prepared(changes, known)
