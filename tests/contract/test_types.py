"""Types round trip: each type's values are read as the server writes them, and written back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from math import isinf, isnan

import numpy as np
import pyarrow as pa
import pytest

from connectors.base import WritableSource
from connectors.change import Action, Fetched, Why
from connectors.place import Batch
from tests.contract import reading, types, writing
from tests.contract.stores.base import Kind, Store
from tests.contract.types import Typed

pytestmark = pytest.mark.needs("sql", "writes")

#: Why a type that has nothing for nothing is refused; MariaDB's JSON is text with a CHECK.
_NOTHING = {Why.REQUIRED, Why.WRONG_TYPE, Why.CHECK}


def test_values_are_the_servers(store: Store, kind: Kind) -> None:
    """What is read of each type is what the server itself writes; fetched it is the same."""
    found, dataset = _filled(store, kind)
    batches = reading.batches(store, dataset)
    names = [name for one in batches for name in one.records.to_pylist()]
    with store.source() as source:
        assert isinstance(source, WritableSource)
        fetched = [one for one in source.fetch(dataset, names) if isinstance(one, Fetched)]
    wrong = [*_differing(store, found, batches), *_differing(store, found, fetched)]
    assert wrong == []


def test_new_values_are_read_back(store: Store, kind: Kind) -> None:
    """A value of each type is corrected to another, which is then read and fetched."""
    found, dataset = _filled(store, kind)
    before = types.texts(store, "typed", found)
    (name, *_) = reading.names(store, dataset)
    with store.writer() as writer:
        changes = writing.changes(
            writer, dataset, [name], Action.CORRECT, {one.column: one.new for one in found}
        )
        writing.receipts(writer.correct(changes))
    after = types.texts(store, "typed", found)
    kept = [one.name for one in found if before[0][one.column] == after[0][one.column]]
    assert (kept, after[1:]) == ([], before[1:])
    told = [replace(one, reads={**one.reads, 0: one.new}) for one in found]
    assert _differing(store, told, reading.batches(store, dataset)) == []


def test_blanked_values_are_null(store: Store, kind: Kind) -> None:
    """Where a column may be empty, it is once it is blanked, whatever its type."""
    found, dataset = _filled(store, kind)
    (name, *_) = reading.names(store, dataset)
    with store.writer() as writer:
        fields = dict.fromkeys(one.column for one in found)
        changes = writing.changes(writer, dataset, [name], Action.BLANK, fields)
        writing.receipts(writer.blank(changes))
    assert types.texts(store, "typed", found)[0] == fields


def test_blanking_what_must_be_filled(store: Store, kind: Kind) -> None:
    """Where it may not, what the type has for nothing stands."""
    found, dataset = _filled(store, kind, "NOT NULL")
    fields = {one.column: one.blank for one in found if one.blank is not None}
    (name, *_) = reading.names(store, dataset)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, [name], Action.BLANK, dict.fromkeys(fields))
        writing.receipts(writer.blank(changes))
    after = types.texts(store, "typed", found)[0]
    assert {column: after[column] for column in fields} == fields


def test_what_has_no_nothing_is_refused(store: Store, kind: Kind) -> None:
    """A type that has nothing for nothing is refused, and its row stays."""
    found, dataset = _filled(store, kind, "NOT NULL")
    before = types.texts(store, "typed", found)
    columns = [one.column for one in found if one.blank is None]
    names = reading.names(store, dataset)[: len(columns)]
    with store.writer() as writer:
        changes = [
            replace(one, values={column: None})
            for one, column in zip(
                writing.changes(writer, dataset, names, Action.BLANK), columns, strict=True
            )
        ]
        while changes:  # some stores tell of the first refusal alone
            refused = writing.refusals(writer.blank(changes))
            assert {one.why for one in refused} <= _NOTHING
            told = {one.record for one in refused}
            changes = [one for one in changes if one.record not in told]
    assert types.texts(store, "typed", found) == before


def _filled(store: Store, kind: Kind, rule: str = "NULL") -> tuple[list[Typed], str]:
    before, found = types.types(kind.name)
    store.execute(*before)
    types.fill(store, "typed", found, rule)
    return found, store.dataset("typed")


def _differing(
    store: Store, found: Sequence[Typed], given: Sequence[Batch | Fetched]
) -> list[tuple[str, int, str]]:
    """Return type, row and what came, where that isn't what the server writes."""
    names = [json.loads(name) for one in given for name in one.records.to_pylist()]
    places = [name["pk"]["id"] - 1 for name in names]
    values = pa.concat_tables([pa.Table.from_batches([one.values]) for one in given])
    written = types.texts(store, "typed", found)
    assert sorted(places) == list(range(len(written)))
    return [
        (one.name, row, repr(value))
        for one in found
        for row, value in zip(places, values.column(one.column).to_pylist(), strict=True)
        if not _same(value, one.reads.get(row, written[row][one.column]))
    ]


def _same(value: object, text: str | None) -> bool:  # noqa: PLR0911 (one for each type)
    """Tell whether a value is what a text says."""
    if value is None or text is None:
        return value is text
    match value:
        case bool():
            return text in ({"true", "1"} if value else {"false", "0"})
        case int():
            return int(text) == value
        case float():
            if isnan(value) or isinf(value) or float(text) == value:
                return str(value) == str(float(text))
            return bool(np.float32(text) == np.float32(value))
        case Decimal():
            return Decimal(text) == value
        case datetime():
            return datetime.fromisoformat(text) == value
        case date():
            return date.fromisoformat(text) == value
        case time():
            return time.fromisoformat(text) == value
        case _:
            return value == text
