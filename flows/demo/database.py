"""Loading a database: every table into its store, every mark into the truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Protocol, Self

from flows.demo.mark import Cell, Mark, Plain, Via, plain
from flows.demo.scribe import Scribe
from flows.demo.stores.table import Row, Table
from scanners.finding import Entity


class Store(Protocol):
    """A database that takes whole tables."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def dataset(self, table: Table) -> str:
        """Return the name under which an inventory knows a table."""
        ...

    def load(self, table: Table, rows: Iterable[tuple[Plain, ...]]) -> None:
        """Create a table and fill it."""
        ...


def load(scribe: Scribe, store: Store, table: Table) -> None:
    """Create a table, fill it, and note what it holds."""
    dataset = store.dataset(table)
    _note_columns(scribe, store, table)
    store.load(table, _noted(scribe, dataset, table, table.rows(scribe.people)))


def undeclared(
    scribe: Scribe, store: Store, *links: tuple[tuple[Table, str], tuple[Table, str]]
) -> None:
    """Note references that hold though nothing declares them."""
    for (table, field), (other, key) in links:
        _note_link(scribe, "undeclared", (store.dataset(table), field), (store.dataset(other), key))


def _note_columns(scribe: Scribe, store: Store, table: Table) -> None:
    dataset = store.dataset(table)
    for column in table.columns:
        place = {"source": scribe.source, "dataset": dataset, "field": column.name}
        if column.decoy:
            scribe.truth.fact("decoys", **place)
        if column.organisation:
            scribe.truth.fact("organisations", **place)
        if column.refers_to:
            other, key = column.refers_to
            target = dataset.removesuffix(table.name) + other
            _note_link(scribe, "links", (dataset, column.name), (target, key))


def _note_link(scribe: Scribe, kind: str, start: tuple[str, str], end: tuple[str, str]) -> None:
    ends = [
        {"source": scribe.source, "dataset": dataset, "fields": [field]}
        for dataset, field in (start, end)
    ]
    scribe.truth.fact(kind, **{"from": ends[0], "to": ends[1]})


def _noted(
    scribe: Scribe, dataset: str, table: Table, rows: Iterator[Row]
) -> Iterator[tuple[Plain, ...]]:
    fields = [column.name for column in table.columns]
    record = _namer(table)
    for number, row in enumerate(rows, 1):
        named = dict(zip(fields, row, strict=True))
        values = tuple(map(plain, row))
        scribe.note(dataset, record(number, values), named)
        if table.people:
            key = table.primary_key[0]
            scribe.truth.key(scribe.source, dataset, key, named[key])
            scribe.note(dataset, record(number, values), {key: _as_key(named[key])})
        yield values


def _as_key(cell: Cell) -> Cell:
    """Return the key that an e-mail address is too where people are known by it."""
    if not isinstance(cell, Mark) or cell.via is Via.KEY:
        return None
    return replace(cell, entity=Entity.SUBJECT_KEY, via=Via.KEY)


def _namer(table: Table) -> Callable[[int, tuple[Plain, ...]], str]:
    names = [column.name for column in table.columns]
    key = [(name, names.index(name)) for name in table.primary_key]
    if not key:
        return lambda number, _: f'{{"rowid":{number}}}'
    return lambda _, values: json.dumps(
        {"pk": {name: _literal(values[index]) for name, index in key}},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _literal(value: Plain) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else value
