"""Readers in processes of their own: one to be measured, one to be killed."""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pyarrow.compute as pc

from connectors.base import WritableSource
from connectors.change import Action, Change
from connectors.options import Options
from connectors.place import Batch
from connectors.registry import open_source
from tests.contract import reading
from tests.contract.stores.base import KEY


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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(rows, *totals, peak)


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
    changes = [
        Change(**{**one, "action": Action(one["action"])})
        for one in json.loads(Path(plan).read_text())
    ]
    writer = open_source("store", url, Options(KEY))
    assert isinstance(writer, WritableSource)
    with writer.writing(changes) as work:
        assert not work.refused, work.refused
        if commit:
            work.commit()
        print(json.dumps([asdict(one) for one in work.intents]), flush=True)
        time.sleep(600)
