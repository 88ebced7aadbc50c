"""How the contract's tests change a store: what is asked, and what they compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connectors.base import WritableSource
from connectors.change import Action, Change, Fetched, Receipt, Refusal
from tests.contract import reading
from tests.contract.stores.base import Row, Store


def filled(store: Store, count: int = 60) -> tuple[str, list[str], list[Row]]:
    """Fill a table of people; return its dataset, its records' names and its rows as they lie."""
    dataset = store.fill("people", reading.COLUMNS, list(reading.people(count)))
    return dataset, reading.names(store, dataset), store.rows("people")


def changes(
    writer: WritableSource,
    dataset: str,
    records: Sequence[str],
    action: Action,
    values: Mapping[str, str | None] | None = None,
) -> list[Change]:
    """Fetch records and ask for the same change of each, in the order of their names."""
    versions: dict[str, str] = {}
    for one in writer.fetch(dataset, records):
        assert isinstance(one, Fetched), one
        versions |= zip(one.records.to_pylist(), one.versions.to_pylist(), strict=True)
    return [
        Change(dataset, record, versions[record], action, dict(values or {})) for record in records
    ]


def receipts(answers: Sequence[Receipt | Refusal]) -> list[Receipt]:
    """Return receipts; nothing may be refused."""
    refused = [one for one in answers if isinstance(one, Refusal)]
    assert not refused
    return [one for one in answers if isinstance(one, Receipt)]


def refusals(answers: Sequence[Receipt | Refusal]) -> list[Refusal]:
    """Return refusals; nothing may be done."""
    done = [one for one in answers if isinstance(one, Receipt)]
    assert not done
    return [one for one in answers if isinstance(one, Refusal)]


def without(rows: Sequence[Row], places: Sequence[int]) -> list[Row]:
    """Return the rows but for those at some places."""
    return [row for place, row in enumerate(rows) if place not in places]


def text(rows: Sequence[Row]) -> list[list[str]]:
    """Return rows as text, null as empty: what can be compared over all stores."""
    return [["" if value is None else str(value) for value in row] for row in rows]
