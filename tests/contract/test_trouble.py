"""Trouble: one table denied, a connection cut, and what may be said about it."""

from __future__ import annotations

import pytest

from connectors.base import Source
from connectors.errors import SourceError, Unreachable
from connectors.options import Options
from connectors.place import Batch, Status, Unread
from connectors.registry import open_source
from tests.contract import reading
from tests.contract.reading import COLUMNS
from tests.contract.stores.base import KEY, READER_PASSWORD, Kind, Store
from tests.servers.cut import cutting

CANARY = "Kanariya-7f3e"


def test_one_unreadable_table(store: Store) -> None:
    """What can't be read is told, and the rest is read."""
    closed = store.fill("closed", COLUMNS, list(reading.people(2)))
    dataset = store.fill("open", COLUMNS, list(reading.people(2)))
    store.close_off("closed")
    assert sum(batch.values.num_rows for batch in reading.batches(store, dataset)) == 2
    with store.source() as source:
        told = [one for one in reading.everything(source) if isinstance(one, Unread)]
    assert {one.dataset for one in told} == {closed}
    assert all(one.reason for one in told)


@pytest.mark.needs("network")
def test_a_cut_connection_is_told(store: Store, kind: Kind) -> None:
    """A reading that is cut ends as partial or failed, or raises an outage: never just short."""
    dataset = store.fill("many", COLUMNS, reading.wide(kind.many))
    with cutting(store.address()) as proxy, _by_way_of(store, proxy.port) as source:
        part = reading.partitions(source, dataset)[0]
        proxy.cut_after(2_000_000)
        rows, end = _read(source.read(part))
    assert rows < kind.many
    assert end in {Status.PARTIAL, Status.FAILED, Unreachable}


@pytest.mark.needs("network")
def test_a_cut_connection_is_made_anew(store: Store) -> None:
    """After an outage the same source reads on."""
    dataset = store.fill("people", COLUMNS, list(reading.people(5)))
    with cutting(store.address()) as proxy, _by_way_of(store, proxy.port) as source:
        part = reading.partitions(source, dataset)[0]
        proxy.cut_after(0)
        _read(source.read(part))
        proxy.mend()
        rows, _ = _read(source.read(part))
    assert rows == 5


@pytest.mark.needs("network")
def test_a_server_that_is_gone_is_an_outage(store: Store) -> None:
    """A server that takes no connections is told in one sentence, without the password."""
    with cutting(store.address()) as proxy:
        port = proxy.port
    with _by_way_of(store, port) as source, pytest.raises(Unreachable) as told:
        source.check()
    assert READER_PASSWORD not in str(told.value)


@pytest.mark.needs("sql")
def test_nothing_is_said_of_values(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    """Reading, even what ends badly, writes nothing to the terminal and no value into a reason."""
    store.fill("people", COLUMNS, [(1, CANARY, CANARY)])
    closed = store.fill("closed", COLUMNS, [(1, CANARY, CANARY)])
    store.close_off("closed")
    with store.source() as source:
        told = list(reading.everything(source))
    printed = capfd.readouterr()
    reasons = [one.reason for one in told if isinstance(one, Unread)]
    assert closed in {one.dataset for one in told if isinstance(one, Unread)}
    for said in (printed.out, printed.err, *reasons, *map(repr, [*told, source])):
        assert CANARY not in said
        assert READER_PASSWORD not in said
    assert printed.err == ""


def _by_way_of(store: Store, port: int) -> Source:
    return open_source("store", store.through(port), Options(KEY))


def _read(given: object) -> tuple[int, object]:
    """Return how many rows came, and how it ended: a status, or the class of an error."""
    rows, end = 0, None
    try:
        for one in given:  # type: ignore[attr-defined]
            if isinstance(one, Batch):
                rows += len(one.records)
            else:
                end = one.status
    except SourceError as error:
        end = type(error)
    return rows, end
