"""A source: something that lists datasets and reads them, gently and completely.

A connector is one module that exports one class of :class:`Source`. It yields what it can't read
as :class:`~connectors.place.Unread` instead of leaving it out, and raises only
:class:`~connectors.errors.SourceError` when the source as a whole can't be used.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from connectors.place import Batch, Dataset, Partition, Unread


class Source(ABC):
    """A store that can be read. Opening it costs nothing until a method is called."""

    def __init__(self, name: str, url: str, digest_key: bytes = b"") -> None:
        self.name = name
        self.url = url
        self.digest_key = digest_key

    @abstractmethod
    def check(self) -> str:
        """Connect and return what is there in a few words; raise ``SourceError`` if it can't."""

    @abstractmethod
    def datasets(self) -> Iterator[Dataset | Unread]:
        """List every dataset in a stable order, without reading its content beyond its head."""

    @abstractmethod
    def read(self, partition: Partition) -> Iterator[Batch | Unread]:
        """Read a partition in batches of bounded size, in a stable order."""

    def close(self) -> None:  # noqa: B027 - a source without connections has nothing to do
        """Give back connections; the default has none."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """New values for one record, by field; no ``repr``: it holds a person's data."""

    dataset: str
    record: str
    values: dict[str, object]


class WritableSource(Source):
    """A source that can also give up, correct and erase single records.

    Every method acts on exactly the records named and is idempotent.
    """

    @abstractmethod
    def fetch(self, dataset: str, records: Sequence[str]) -> Iterator[Batch | Unread]:
        """Return the records as they stand now."""

    @abstractmethod
    def correct(self, changes: Sequence[Change]) -> None:
        """Write the new values, in one transaction."""

    @abstractmethod
    def erase(self, dataset: str, records: Sequence[str]) -> None:
        """Remove the records, in one transaction."""
