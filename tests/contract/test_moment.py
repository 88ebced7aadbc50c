"""One moment for several workers: where a store can hold one, all read what was then."""

from __future__ import annotations

import pytest

from connectors.options import Options
from tests.contract import reading
from tests.contract.reading import COLUMNS
from tests.contract.stores.base import KEY, Kind, Store

#: Who can share a moment between connections; all others say so by giving no name for it.
_HOLDERS = {"postgres"}


def test_a_moment_is_held_or_declared(store: Store, kind: Kind) -> None:
    """A store that can't hold a moment for others gives no name for one."""
    store.fill("people", COLUMNS, list(reading.people(3)))
    with store.source() as source:
        assert bool(source.snapshot()) == (kind.name in _HOLDERS)


@pytest.mark.needs("network")
def test_workers_read_one_moment(store: Store, kind: Kind) -> None:
    """Tables read by two workers are together what they were, whoever writes meanwhile."""
    rows = list(reading.people(60))
    datasets = [store.fill(name, COLUMNS, rows) for name in ("one", "other")]
    with store.source() as holder:
        options = Options(KEY, snapshot=holder.snapshot())
        store.execute("DELETE FROM one WHERE id > 9", "UPDATE other SET name = 'x'")
        read = [
            [row for batch in reading.batches(store, one, options) for row in reading.rows(batch)]
            for one in datasets
        ]
    assert (read == [rows, rows]) == (kind.name in _HOLDERS)
