"""What SQL stores share: tables in a catalogue, keys and references, rows in bounded batches.

A *table* here is a table or a view. What a store calls its columns' types is kept in its own
words.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import pyarrow as pa

from connectors.base import Source
from connectors.options import PLAIN, Options
from connectors.place import Access, Dataset, Field, ForeignKey, Partition, Status, Unread
from connectors.sql_ranges import WHOLE, KeyRange

# A batch is small enough to be scanned in 100 MiB with all that is found in it, and large enough to
# be columnar: ten times as many rows are scanned hardly faster.
MOST_ROWS = 16_384
MOST_BYTES = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Table:
    """One table or view as the catalogue tells it.

    ``key`` names its rows: the primary key, else the first unique key without nulls, else empty.
    ``base`` holds the built-in type beneath each column's own; ``rowid`` the store's own name for a
    row's number, where it has one; ``denied`` the columns this account may not read;
    ``hidden`` whether the store hides rows from it; ``alone`` that rows of tables inheriting from
    it are not its own. It is read by its ``ranges`` of keys; ``fingerprint`` tells whether it
    changed, ``by_hand`` why its rows can't be, if they can't, ``encrypted`` whether it is, at rest.
    """

    name: str
    schema: str
    kind: str
    fields: tuple[Field, ...]
    base: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rowid: str = ""
    denied: frozenset[str] = frozenset()
    hidden: bool = False
    alone: bool = False
    rows: int | None = None
    bytes: int | None = None
    encoding: str | None = None
    access: Access = field(default_factory=Access)
    ranges: tuple[KeyRange, ...] = (WHOLE,)
    fingerprint: str | None = None
    by_hand: str = ""
    encrypted: bool | None = None

    @property
    def dataset(self) -> str:
        """Return its dataset's name: ``schema.table``, or ``table`` where there are no schemas."""
        return named(self.schema, self.name)

    def described(self) -> Dataset:
        """Return what a person reviews."""
        return Dataset(
            name=self.dataset,
            kind=self.kind,
            partitions=tuple(map(self._partition, self.ranges)),
            fields=self.fields,
            primary_key=self.key,
            foreign_keys=self.foreign_keys,
            encoding=self.encoding,
            rows=self.rows,
            bytes=self.bytes,
            fingerprint=self.fingerprint,
            access=self.access,
            by_hand=self.by_hand,
            encrypted=self.encrypted,
        )

    def _partition(self, part: KeyRange) -> Partition:
        rows, size = (one and one // len(self.ranges) for one in (self.rows, self.bytes))
        return Partition(self.dataset, part.number, part.name, rows, size, self.fingerprint)


class SqlSource(Source):
    """A source of tables."""

    def __init__(self, name: str, url: str, options: Options = PLAIN) -> None:
        super().__init__(name, url, options)
        self._known: dict[str, Table] = {}

    @abstractmethod
    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """Ask the catalogue for the tables whose dataset is ``chosen``, in order of name."""

    def datasets(self) -> Iterator[Dataset | Unread]:
        """List the tables as datasets."""
        for table in self.tables(self.chosen):
            yield table if isinstance(table, Unread) else self._remembered(table).described()

    def table(self, dataset: str) -> Table | Unread:
        """Return one table, as last listed where it was: a listing costs more than a small read."""
        if dataset in self._known:
            return self._known[dataset]
        found = self.tables(lambda name: name == dataset)
        return found[0] if found else Unread(dataset, Status.FAILED, "no such table: scan again")

    def chosen(self, dataset: str) -> bool:
        """Tell whether the settings ask for this dataset."""
        if any(fnmatchcase(dataset, pattern) for pattern in self.options.exclude):
            return False
        include = self.options.include
        return not include or any(fnmatchcase(dataset, one) for one in include)

    def _remembered(self, table: Table) -> Table:
        self._known[table.dataset] = table
        return table


def named(schema: str, table: str) -> str:
    """Return a dataset's name."""
    return f"{schema}.{table}" if schema else table


def quoted(name: str) -> str:
    """Quote an identifier as standard SQL does."""
    return '"' + name.replace('"', '""') + '"'


def sliced(batch: pa.RecordBatch, most: int = MOST_ROWS) -> Iterator[pa.RecordBatch]:
    """Cut a batch into pieces of at most ``most`` rows, without copying."""
    for start in range(0, batch.num_rows, most):
        yield batch.slice(start, most)


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""Bytes read as text, with how many values weren't UTF-8.

    ``guessed`` were valid CP932, the usual case where an old Windows program wrote them; in the
    ``garbled`` the offending bytes stand as ``\xNN``.
    """

    text: pa.StringArray
    guessed: int = 0
    garbled: int = 0


def decoded(raw: pa.BinaryArray) -> Decoded:
    """Read bytes as UTF-8; values that aren't are read one by one."""
    try:
        return Decoded(raw.cast(pa.string()))
    except pa.ArrowInvalid:
        return _decoded_singly(raw)


def read_text(value: bytes | None) -> tuple[str | None, str]:
    """Read a value as UTF-8, else as CP932, else show its bytes; say which of them it was."""
    if value is None:
        return None, "utf-8"
    for encoding in ("utf-8", "cp932"):
        with suppress(UnicodeDecodeError):
            return value.decode(encoding), encoding
    return value.decode("utf-8", "backslashreplace"), "garbled"


def misread(guessed: int, garbled: int) -> str:
    """Say how many values weren't UTF-8, as a reason; empty where all were."""
    if not guessed + garbled:
        return ""
    total = guessed + garbled
    return f"{total} values aren't UTF-8: {guessed} read as CP932, {garbled} with \\x.. for bytes"


def counted(found: Iterable[Table | Unread]) -> str:
    """Say how many tables and views there are, those that can't be read apart."""
    kinds = Counter(one.kind if isinstance(one, Table) else "unread" for one in found)
    words = [f"{kinds['table']} table{'s' * (kinds['table'] != 1)}"]
    words += [f"{kinds['view']} view{'s' * (kinds['view'] != 1)}"] * bool(kinds["view"])
    words += [f"{kinds['unread']} not readable"] * bool(kinds["unread"])
    return ", ".join(words)


def _decoded_singly(raw: pa.BinaryArray) -> Decoded:
    texts: list[str | None] = []
    guessed = garbled = 0
    for value in raw.to_pylist():
        text, how = read_text(value)
        texts.append(text)
        guessed += how == "cp932"
        garbled += how == "garbled"
    return Decoded(pa.array(texts, pa.string()), guessed, garbled)
