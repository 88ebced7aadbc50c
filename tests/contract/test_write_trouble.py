"""Trouble in mid-write: other writers, a cut connection, a kill before and behind the last step."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from connectors.base import Source, WritableSource
from connectors.change import Action, Change, Count, Intent, Outcome, Why
from connectors.errors import SourceError
from connectors.options import Options
from connectors.registry import open_source
from tests.contract import reading, writing
from tests.contract.stores.base import KEY, READER_PASSWORD, Kind, Store
from tests.servers.cut import Proxy, cutting

pytestmark = pytest.mark.needs("writes")

#: What makes a writer wait for no lock longer than its store can measure.
_BRIEF = {
    "postgres": ("row_patience", "100ms"),
    "mariadb": ("row_patience", 1),
    "sqlite": ("patience", 0.1),
}


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


@pytest.mark.needs("sql", "shared")
def test_a_lock_is_told(store: Store, kind: Kind) -> None:
    """Where another transaction holds the row, ours doesn't wait for ever, and is told."""
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer, store.writer() as other:
        setattr(writer, *_BRIEF[kind.name])
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
    """A connection lost in mid-write is an outage, and nothing is written until a second run."""
    dataset, names, rows = writing.filled(store)
    with cutting(store.address()) as proxy:
        url = store.through(proxy.port, write=True)
        with open_source("store", url, Options(KEY)) as writer:
            changes = writing.changes(writer, dataset, names[:2], Action.ERASE)  # type: ignore[arg-type]
            if when == "before":
                proxy.cut_after(0)
            with pytest.raises(SourceError) as told:
                _write(writer, changes, proxy)
    assert not any(word in str(told.value) for word in (READER_PASSWORD, "山田", "\n"))
    assert store.rows("people") == rows
    with store.writer() as writer:
        assert len(writing.receipts(writer.erase(changes))) == len(changes)
    assert store.rows("people") == rows[2:]


@pytest.mark.needs("swaps")
@pytest.mark.parametrize("when", ["before", "behind"])
def test_a_kill_at_the_swap(store: Store, tmp_path: Path, when: str) -> None:
    """Killed at the last step itself, a file is the old or the new one, and what is left is mended.

    The new file that lies there is no data to a scan; the same changes take it away.
    """
    dataset, names, rows = writing.filled(store)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, [names[n] for n in (0, 59)], Action.ERASE)
    done = _child(store, "swap", changes, tmp_path, when)
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = [row for row in store.rows("people") if any(writing.text([row])[0])]
    assert left == (rows if when == "before" else rows[1:59])
    assert [one.name for one in reading.datasets(store)] == [dataset]
    with store.writer() as writer, writer.writing(changes, _intents(done.stdout)) as work:
        receipts = work.commit()
    assert not work.refused
    outcome = Outcome.DONE if when == "before" else Outcome.ALREADY
    assert {one.outcome for one in receipts} == {outcome}
    left = [row for row in store.rows("people") if any(writing.text([row])[0])]
    assert left == rows[1:59]
    assert store.lying() == [dataset]


@pytest.mark.needs("files")
def test_no_room(store: Store) -> None:
    """Without room for the new file the old one stays, nothing is left, and a sentence says so."""
    dataset, names, rows = writing.filled(store, 1_000)
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, names[:2], Action.ERASE)
        with _cramped(1_000), writer.writing(changes) as work:
            assert work.commit() == []
    assert {one.why for one in work.refused} == {Why.UNSAFE_STORE}
    assert {one.sentence for one in work.refused} == {
        "There is no room for the new file beside the old one."
    }
    assert store.rows("people") == rows
    assert store.lying() == [dataset]


@pytest.mark.needs("files")
def test_nothing_is_left_behind(store: Store) -> None:
    """No new file lies in the folder, whether changes were made, undone or refused."""
    dataset, names, _ = writing.filled(store)
    before = store.lying()
    with store.writer() as writer:
        changes = writing.changes(writer, dataset, names[:1], Action.ERASE)
        with writer.writing(changes):
            pass
        writer.correct([Change(dataset, names[0], "0", Action.CORRECT, _memo(store, "x"))])
        writing.receipts(writer.erase(changes))
    assert store.lying() == before == [dataset]


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
    command = _command(store, "change", changes, folder, "commit" if committed else "")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = child.stdout.readline()
        child.kill()
    return _intents(told)


@contextmanager
def _cramped(most: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)


def _child(
    store: Store, act: str, changes: list[Change], folder: Path, word: str
) -> subprocess.CompletedProcess[str]:
    """Let another process try the changes, to its end."""
    command = _command(store, act, changes, folder, word)
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)


def _command(store: Store, act: str, changes: list[Change], folder: Path, word: str) -> list[str]:
    plan = folder / "plan.json"
    plan.write_text(json.dumps([asdict(one) for one in changes]))
    code = f"from tests.contract.child import {act}; {act}()"
    return [sys.executable, "-B", "-c", code, store.write_url or store.url, str(plan), word]


def _intents(told: str) -> tuple[Intent, ...]:
    return tuple(
        Intent(one["unit"], one["before"], one["after"], tuple(Count(**c) for c in one["counts"]))
        for one in json.loads(told)
    )
