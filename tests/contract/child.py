"""Readers and writers in processes of their own: to be measured, or killed."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from connectors.base import WritableSource
from connectors.change import Action, Change
from connectors.options import Options
from connectors.place import Batch
from connectors.registry import open_source
from tests.contract import reading
from tests.contract.stores.base import KEY
from tests.peak import peak

if TYPE_CHECKING:
    from connectors.files.swap import Draft


def count() -> None:
    """Print how many rows a dataset has, the sums of two fields, and the most memory taken."""
    _, url, dataset, *fields = sys.argv
    totals, rows = [0, 0], 0
    with open_source("store", url, Options(KEY)) as source:
        for part in reading.partitions(source, dataset):
            for one in source.read(part):
                assert isinstance(one, Batch), one
                rows += len(one.records)
                for place, field in enumerate(fields):
                    totals[place] += pc.sum(one.values.column(field)).as_py()
    print(rows, *totals, peak())


def marks() -> None:
    """Print where each batch ends and its records' names, then wait to be killed."""
    _, url, dataset = sys.argv
    with open_source("store", url, Options(KEY)) as source:
        for part in reading.partitions(source, dataset):
            for one in source.read(part):
                assert isinstance(one, Batch), one
                told = [part.number, one.mark.ordinal, one.mark.record, one.records.to_pylist()]
                print(json.dumps(told), flush=True)
    time.sleep(600)


def change() -> None:
    """Prepare changes, take the last step if told, print the intents, and wait to be killed."""
    _, url, plan, commit = sys.argv
    writer, changes = _planned(url, plan)
    with writer.writing(changes) as work:
        assert not work.refused, work.refused
        if commit:
            work.commit()
        print(json.dumps([asdict(one) for one in work.intents]), flush=True)
        time.sleep(600)


def swap() -> None:
    """Make changes of a file, and be killed right before or behind the swap, as told."""
    _, url, plan, when = sys.argv
    from connectors.files.local_draft import LocalDraft
    from connectors.files.s3_draft import ObjectDraft
    from connectors.files.sftp_draft import SftpDraft
    from connectors.files.smb_draft import SmbDraft

    writer, changes = _planned(url, plan)
    for kind in (LocalDraft, ObjectDraft, SftpDraft, SmbDraft):
        _die_at(kind, when)
    with writer.writing(changes) as work:
        print(json.dumps([asdict(one) for one in work.intents]), flush=True)
        work.commit()


def _planned(url: str, plan: str) -> tuple[WritableSource, list[Change]]:
    writer = open_source("store", url, Options(KEY))
    assert isinstance(writer, WritableSource)
    told = json.loads(Path(plan).read_text())
    return writer, [Change(**{**one, "action": Action(one["action"])}) for one in told]


def _die_at(kind: type[Draft], when: str) -> None:
    swapped = kind.swap

    def dying(self: Draft, *, purge: bool) -> str:
        told = swapped(self, purge=purge) if when == "behind" else ""
        os.kill(os.getpid(), signal.SIGKILL)
        return told

    kind.swap = dying  # type: ignore[method-assign]
