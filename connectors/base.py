"""A source: something that lists datasets and reads them, gently and completely.

A connector is one module that exports one class of :class:`Source`. It yields what it can't read
as :class:`~connectors.place.Unread` instead of leaving it out, and raises only
:class:`~connectors.errors.SourceError` when the source as a whole can't be used.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import ClassVar, Self

from connectors.change import Action, Change, Fetched, Intent, Receipt, Refusal
from connectors.fingerprint import Fingerprint
from connectors.options import PLAIN, Options
from connectors.place import Batch, Dataset, Mark, Partition, Unread


class Source(ABC):
    """A store that can be read. Opening it costs nothing until a method is called.

    ``tested_against`` names the servers its tests talk to; where it is empty, ``check`` says that
    the connector is untested.
    """

    tested_against: ClassVar[str] = ""

    def __init__(self, name: str, url: str, options: Options = PLAIN) -> None:
        self.name = name
        self.url = url
        self.options = options

    @property
    def digest_key(self) -> bytes:
        """The key of names and versions."""
        return self.options.digest_key

    @abstractmethod
    def check(self) -> str:
        """Connect and return what is there in a few words; raise ``SourceError`` if it can't."""

    @abstractmethod
    def datasets(self) -> Iterator[Dataset | Unread]:
        """List every dataset in a stable order, without reading its content beyond its head."""

    @abstractmethod
    def read(self, partition: Partition, after: Mark | None = None) -> Iterator[Batch | Unread]:
        """Read a partition in batches of bounded size, in a stable order.

        ``after`` goes on behind a record: what follows is what a whole reading gives there.
        """

    def fingerprint(self, partition: Partition) -> Fingerprint | None:
        """Return what tells whether a partition changed; ``None`` where nothing honest does."""
        del partition
        return None

    def snapshot(self) -> str:
        """Hold this moment until ``close``; return its name for other workers, "" if none can."""
        return ""

    def close(self) -> None:  # noqa: B027 - a source without connections has nothing to do
        """Give back connections; the default has none."""

    def stop(self) -> None:  # noqa: B027 - most sources' readings end by themselves
        """End what other threads still wait for, as where a scan is interrupted."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def skipped(items: Iterator[Batch | Unread], after: Mark | None) -> Iterator[Batch | Unread]:
    """Leave out the records up to a mark: how a source goes on that can't ask for less."""
    done = after.ordinal if after else 0
    for item in items:
        if isinstance(item, Unread) or item.ordinal >= done:
            yield item
        elif item.ordinal + len(item.records) > done:
            yield item.behind(done - item.ordinal)


class Work(ABC):
    """Changes prepared but for the last step; nobody else sees them yet.

    Leaving its context without ``commit`` undoes all.
    """

    intents: tuple[Intent, ...]
    refused: tuple[Refusal, ...]

    @abstractmethod
    def commit(self, *, purge: bool = False) -> list[Receipt]:
        """Take the last step: commit, or put the new files in place; ``purge`` old versions."""


class WritableSource(Source):
    """A source that can also give up, correct, blank and erase single records.

    The laws are those of :mod:`connectors.change`.
    """

    @abstractmethod
    def fetch(self, dataset: str, records: Sequence[str]) -> Iterator[Fetched | Refusal]:
        """Return the records as they stand now; one that is gone is a refusal."""

    @abstractmethod
    def writing(
        self, changes: Sequence[Change], known: Sequence[Intent] = ()
    ) -> AbstractContextManager[Work]:
        """Prepare changes; ``known`` are the intents of an earlier try."""

    def erase(self, changes: Sequence[Change]) -> list[Receipt | Refusal]:
        """Remove records."""
        return self._done(changes, Action.ERASE)

    def blank(self, changes: Sequence[Change]) -> list[Receipt | Refusal]:
        """Empty fields of records."""
        return self._done(changes, Action.BLANK)

    def correct(self, changes: Sequence[Change]) -> list[Receipt | Refusal]:
        """Write new values."""
        return self._done(changes, Action.CORRECT)

    def _done(self, changes: Sequence[Change], action: Action) -> list[Receipt | Refusal]:
        if any(one.action is not action for one in changes):
            raise ValueError(f"Every change must be to {action}.")
        with self.writing(changes) as work:
            return [*work.commit(), *work.refused]
