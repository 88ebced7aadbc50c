"""Trouble in mid-write: other writers, a cut connection, a kill before and behind the last step."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from connectors.base import Source, WritableSource
from connectors.change import Action, Change, Count, Intent, Outcome, Why
from connectors.errors import SourceError
from connectors.options import Options
from connectors.registry import open_source
from tests.contract import writing
from tests.contract.stores.base import KEY, Store
from tests.servers.cut import Proxy, cutting

pytestmark = pytest.mark.needs("writes")


@pytest.mark.parametrize("committed", [False, True])
def test_a_kill_is_made_good(store: Store, tmp_path: Path, committed: bool) -> None:
    """Killed before or behind the last step, the same changes come to what they would have."""
    dataset, names, rows = writing.filled(store)
    places = (0, 3, 59)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, [names[n] for n in places], Action.ERASE)
    intents = _killed(store, changes, tmp_path, committed=committed)
    if not committed:
        assert store.rows("people") == rows
    with store.writer() as writer, writer.writing(changes, intents) as work:
        assert not work.refused
        receipts = work.commit()
    outcome = Outcome.ALREADY if committed else Outcome.DONE
    assert {(one.record, one.outcome) for one in receipts} == {(names[n], outcome) for n in places}
    left = [row for row in store.rows("people") if any(writing.text([row])[0])]
    assert left == writing.without(rows, places)


def test_somebody_else_was_faster(store: Store) -> None:
    """What another account did between two steps of ours is seen, and nothing is overwritten."""
    dataset, names, _ = writing.filled(store)
    with store.writer() as one, store.writer() as other:
        ours = writing.changes(one, dataset, [names[4]], Action.ERASE)
        theirs = writing.changes(other, dataset, [names[4]], Action.CORRECT, _memo(store, "theirs"))
        writing.receipts(other.correct(theirs))
        (refused,) = writing.refusals(one.erase(ours))
    assert refused.why is Why.CHANGED
    assert "theirs" in str(store.rows("people")[4])


@pytest.mark.slow
@pytest.mark.needs("sql", "shared")
def test_a_lock_is_told(store: Store) -> None:
    """Where another transaction holds the row, ours doesn't wait for ever, and is told."""
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer, store.writer() as other:
        ours = writing.changes(writer, dataset, names[:1], Action.ERASE)
        theirs = writing.changes(other, dataset, names[:1], Action.CORRECT, _memo(store, "x"))
        with other.writing(theirs) as held:
            assert not held.refused
            refused = writing.refusals(writer.erase(ours))
    assert {one.why for one in refused} == {Why.LOCKED}
    assert store.rows("people") == rows


@pytest.mark.needs("network")
@pytest.mark.parametrize("when", ["before", "prepared"])
def test_a_cut_connection_leaves_all_as_it_was(store: Store, when: str) -> None:
    """A connection that is lost in mid-write is an outage, and nothing is written."""
    dataset, names, rows = writing.filled(store)
    with cutting(store.address()) as proxy:
        url = store.through(proxy.port, write=True)
        with open_source("store", url, Options(KEY)) as writer:
            changes = writing.changes(writer, dataset, names[:2], Action.ERASE)  # type: ignore[arg-type]
            if when == "before":
                proxy.cut_after(0)
            with pytest.raises(SourceError):
                _write(writer, changes, proxy)
    assert store.rows("people") == rows


@pytest.mark.needs("files")
def test_nothing_is_left_behind(store: Store) -> None:
    """No new file lies in the folder, whether changes were made, undone or refused."""
    dataset, names, _ = writing.filled(store)
    folder = store.path("people").parent
    before = sorted(folder.iterdir())
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, names[:1], Action.ERASE)
        with writer.writing(changes):
            pass
        writer.correct([Change(dataset, names[0], "0", Action.CORRECT, _memo(store, "x"))])
        writing.receipts(writer.erase(changes))
    assert sorted(folder.iterdir()) == before


def _write(writer: Source, changes: list[Change], proxy: Proxy) -> None:
    assert isinstance(writer, WritableSource)
    with writer.writing(changes) as work:
        proxy.cut_after(0)
        work.commit()


def _memo(store: Store, text: str) -> dict[str, str | None]:
    return {store.fields(["memo"])[0]: text}


def _killed(
    store: Store, changes: list[Change], folder: Path, *, committed: bool
) -> tuple[Intent, ...]:
    """Let another process make the changes, and kill it; return what it was about to do."""
    plan = folder / "plan.json"
    plan.write_text(json.dumps([asdict(one) for one in changes]))
    command = [sys.executable, "-c", "from tests.contract.child import change; change()"]
    words = [store.write_url or store.url, str(plan), "commit" if committed else ""]
    with subprocess.Popen([*command, *words], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        child.kill()
    return tuple(
        Intent(one["unit"], one["before"], one["after"], tuple(Count(**c) for c in one["counts"]))
        for one in told
    )
