"""Fetching from tables in a database of a file store: single records as they stand now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from connectors.change import Fetched, Refusal, Why
from connectors.files.content import explain
from connectors.files.databases import Databases
from connectors.files.fetching import CHANGED, among, missed
from connectors.files.hashing import versions
from connectors.files.inside import Inside
from connectors.files.tabled import NO_TABLE, read
from connectors.options import Options
from connectors.place import Batch, Partition, Unread


def fetched(
    dataset: str, records: Sequence[str], inside: Inside, databases: Databases, options: Options
) -> Iterator[Fetched | Refusal]:
    """Read a table until all records are found; each that isn't is a refusal."""
    missing = dict.fromkeys(records)
    gaps: list[str] = []
    path, table = databases.parted(dataset)
    try:
        with inside.found(path) as unit:
            whole = blake2b(databases.version(unit).encode(), digest_size=16).hexdigest()
            items = read(unit, table, Partition(dataset, 0), databases)
            some = list(_found(dataset, items, whole, missing, gaps, options))
            if inside.has_changed(path, unit):
                yield from (_changed(dataset, record) for record in records)
                return
        yield from some
    except Exception as error:  # noqa: BLE001  # a parser may raise anything over one bad file
        gaps += [] if isinstance(error, FileNotFoundError) else [explain(error)[1]]
    yield from (missed(dataset, record, gaps) for record in missing)


def _found(
    dataset: str,
    items: Iterator[Batch | Unread],
    whole: str,
    missing: dict[str, None],
    gaps: list[str],
    options: Options,
) -> Iterator[Fetched]:
    for item in items:
        if isinstance(item, Unread):
            gaps += [] if item.reason == NO_TABLE else [item.reason]
        elif (some := among(item.records, item.values, missing)) is not None:
            names, values = some
            for name in names.to_pylist():
                missing.pop(name, None)
            yield Fetched(dataset, names, versions(whole, values, options.digest_key), values)
        if not missing:
            return


def _changed(dataset: str, record: str) -> Refusal:
    return Refusal(dataset, record, Why.CHANGED, CHANGED)
