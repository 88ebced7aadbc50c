"""How long a commit of many locations takes, how much memory, and how fast a person is found.

    python -m tests.benchmarks.inventory [PEOPLE]

Made-up people with eight identifiers each (default 1,000,000: 8 M locations).
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

import numpy as np
import pyarrow as pa

from reports.inventory import Inventory
from reports.location import field_id
from reports.sought import Sought
from reports.tables import LOCATIONS
from reports.token import Tokens
from reports.trace import Tracer

_BATCH = 10_000
_ASKED = 100
_TOKENS = Tokens(bytes(range(32)))
_COLUMNS: dict[str, tuple[str, str, Callable[[int], str]]] = {
    "name": ("PERSON", "name", lambda at: f"氏名{at % 300_000}"),
    "kana": ("PERSON", "name", lambda at: f"カナ{at % 250_000}"),
    "birth": ("DATE_OF_BIRTH", "date", lambda at: str(_born(at))),
    "email": ("EMAIL_ADDRESS", "email", lambda at: f"user{at}@example.jp"),
    "phone": ("PHONE_NUMBER", "phone", lambda at: f"+8190{at // 2:08}"),
    "address": ("JP_ADDRESS", "address", lambda at: f"東京都{at // 2}"),
    "postal": ("JP_POSTAL_CODE", "postal", lambda at: f"{at % 100_000:07}"),
    "customer_id": ("SUBJECT_KEY", "key", str),
}


def main() -> None:
    """Measure and print."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        inventory = Inventory(Path(folder), _TOKENS)
        with inventory.scan("crm") as scan:
            _time("make and stage", lambda: scan.staging.write("customers", 0, _located(people)))
            _time("commit", lambda: scan.commit(fields=_fields()))
        print(f"bytes a location: {_size(Path(folder)) / people / len(_COLUMNS):.1f}")
        tracer = Tracer(inventory.view(), _TOKENS)
        _ask("find by e-mail", tracer, people, lambda at: Sought(emails=(_value("email", at),)))
        _ask("find by name and birth date", tracer, people, _named)


def _born(at: int) -> np.datetime64:
    return np.datetime64("1930-01-01") + at * 2_654_435_761 % 26_880


def _value(column: str, at: int) -> str:
    return _COLUMNS[column][2](at)


def _named(at: int) -> Sought:
    return Sought(names=(_value("name", at),), birth_dates=(_value("birth", at),))


def _located(people: int) -> Iterator[pa.RecordBatch]:
    for first in range(0, people, _BATCH):
        numbers = range(first, min(first + _BATCH, people))
        parts = [_column(name, numbers) for name in _COLUMNS]
        table = pa.Table.from_batches(parts).sort_by("ordinal").combine_chunks()
        yield from table.to_batches()


def _column(name: str, numbers: range) -> pa.RecordBatch:
    entity, kind, value = _COLUMNS[name]
    count = len(numbers)
    columns = {
        "token": pa.array(_TOKENS.many(kind, map(value, numbers)), pa.binary()),
        "entity": pa.repeat(entity, count),
        "source": pa.repeat("crm", count),
        "dataset": pa.repeat("customers", count),
        "partition": pa.repeat(pa.scalar(0, pa.int32()), count),
        "generation": pa.repeat("scan", count),
        "ordinal": pa.array(numbers, pa.int64()),
        "record": pa.array([f'{{"pk":{{"customer_id":{at}}}}}' for at in numbers]),
        "field": pa.repeat(name, count),
        "field_id": pa.repeat(_id(name), count),
        "start": pa.nulls(count, pa.int32()),
        "end": pa.nulls(count, pa.int32()),
        "score": pa.repeat(pa.scalar(0.9, pa.float32()), count),
    }
    arrays = [columns[column] for column in LOCATIONS.names]
    return pa.RecordBatch.from_arrays(arrays, schema=LOCATIONS)


def _fields() -> list[dict[str, object]]:
    fixed = {"dataset": "customers", "role": "self", "about": "person", "masked_sample": []}
    return [
        {"id": _id(name), "field": name, "entity": entity, **fixed}
        for name, (entity, _, _) in _COLUMNS.items()
    ]


def _id(name: str) -> str:
    return field_id(_TOKENS, "crm", "customers", name, _COLUMNS[name][0])


def _time(what: str, act: Callable[[], object]) -> None:
    started = time.perf_counter()
    act()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {time.perf_counter() - started:.1f} s, peak memory so far {peak} MiB")


def _ask(what: str, tracer: Tracer, people: int, sought: Callable[[int], Sought]) -> None:
    chance = random.Random(1)
    tracer.find(sought(0))
    taken = []
    for _ in range(_ASKED):
        asked = sought(chance.randrange(people))
        started = time.perf_counter()
        tracer.find(asked)
        taken.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(taken, n=20)
    print(f"{what}: median {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


if __name__ == "__main__":
    main()
