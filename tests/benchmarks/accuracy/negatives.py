"""Tables and logs that hold nobody's data: fields flagged, and 12-digit numbers called a code.

A field is flagged where something in it is found, believed, and about a person. Ages, genders and
keys of persons in the open tables are no false alarms and aren't counted. Generated tables are what
companies keep beside people: servers' logs, a cloud bill, sensors, accounts, goods.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import pyarrow as pa

from scanners.finding import About, Entity
from tests.benchmarks.accuracy.data import shared
from tests.benchmarks.accuracy.nobodys import LOGS, TABLES
from tests.benchmarks.accuracy.numbers import Make, corporate, digits, jan, stamp
from tests.benchmarks.accuracy.table import Cell, Table, most
from tests.benchmarks.accuracy.tabled import Hit, scanned, scanned_text, table

#: Tables of the open data, with what in them truly is somebody's.
OPEN: Mapping[str, frozenset[tuple[str, str]]] = {
    "neg-awesomebook/customer.csv": frozenset(
        {("customer_id", "SUBJECT_KEY"), ("age", "AGE"), ("sex", "GENDER")}
    ),
    "neg-awesomebook/reserve.csv": frozenset({("customer_id", "SUBJECT_KEY")}),
    "neg-awesomebook/hotel.csv": frozenset(),
    "neg-awesomebook/holiday_mst.csv": frozenset(),
    "neg-awesomebook/month_mst.csv": frozenset(),
    "neg-awesomebook/production.csv": frozenset(),
    "neg-jfagy/JFAGY_utf8.csv": frozenset(),
    "neg-localgov/localgovjp-utf8.csv": frozenset(),
    "neg-localgov/prefjp-utf8.csv": frozenset(),
    "100knocks/product.csv": frozenset(),
    "100knocks/category.csv": frozenset(),
    "100knocks/store.csv": frozenset(),
}
_NUMBERS, _SEEDS = 20_000, 4
_CALLED = frozenset({Entity.JP_MY_NUMBER, Entity.JP_DRIVER_LICENSE})
#: How a number stands in a line, and under which header in a table.
_LINES = ("{}", "id={} ok", "番号 {}", "{} を処理しました", "No.{} 数量 1", '{{"id": "{}"}}')


def tables() -> Iterator[Table]:
    """Measure tables, then numbers."""
    kinds = {
        "open tables": list(_open()),
        "generated tables": list(_generated()),
        "generated tables, headers c1…cn": list(_unnamed()),
        "logs": list(_logs()),
    }
    rows = [row for kind, flagged in kinds.items() for row in _rows(kind, flagged)]
    title = "tables and logs without personal data: fields flagged"
    yield Table(title, ("tables", "how many", "fields flagged", "which"), rows)
    yield Table(
        "12-digit numbers called My Number or licence",
        ("numbers", "how many", "column named", "column c1", "in lines"),
        [_numbers(name, header, make) for name, (header, make) in KINDS.items()],
    )


def account(chance: random.Random) -> str:
    """An AWS account id."""
    return digits(chance, 12)


KINDS: Mapping[str, tuple[str, Make]] = {
    "corporate numbers without their check digit": (
        "会社法人等番号",
        lambda one: corporate(one)[1:],
    ),
    "corporate numbers, first 12 digits": ("法人番号", lambda one: corporate(one)[:12]),
    "cloud bill, account ids": ("linked_account_id", account),
    "JAN without check digit": ("JANコード", lambda one: jan(one)[:12]),
    "timestamps": ("処理日時", stamp),
    "order numbers by day": ("注文番号", lambda one: stamp(one)[:8] + digits(one, 4)),
}


def _open() -> Iterator[tuple[str, list[str]]]:
    for name, own in OPEN.items():
        text = shared(name).read_text("utf-8-sig").lstrip("\ufeff")
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).replace("", None)
        batch = pa.RecordBatch.from_pandas(frame, preserve_index=False)
        for shown, title in ((name, name.rpartition("/")[2]), (f"{name}, unnamed", "")):
            yield shown, _flagged(scanned(batch, title), own)


def _generated() -> Iterator[tuple[str, list[str]]]:
    for name, make in TABLES.items():
        for seed in range(_SEEDS):
            yield name, _flagged(scanned(table(make(random.Random(f"{name} {seed}"))), name))


def _unnamed() -> Iterator[tuple[str, list[str]]]:
    for name, make in TABLES.items():
        for seed in range(_SEEDS):
            columns = make(random.Random(f"{name} {seed}"))
            bare = {f"c{at}": cells for at, cells in enumerate(columns.values(), 1)}
            yield name, _flagged(scanned(table(bare)))


def _logs() -> Iterator[tuple[str, list[str]]]:
    for name, make in LOGS.items():
        for seed in range(_SEEDS):
            yield name, _flagged(scanned_text(make(random.Random(f"{name} {seed}"))))


def _rows(kind: str, flagged: Sequence[tuple[str, list[str]]]) -> Iterator[list[Cell]]:
    which = sorted({f"{name}: {place}" for name, places in flagged for place in places})
    total = sum(len(places) for _, places in flagged)
    yield [kind, len(flagged), most(total, 0, 0), "; ".join(which)]


def _flagged(hits: Iterator[Hit], own: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
    flagged = {
        (hit.field, hit.entity.value)
        for hit in hits
        if hit.about is About.PERSON or hit.about is About.UNKNOWN
    }
    return [f"{field} {entity}" for field, entity in sorted(flagged - own)]


def _numbers(name: str, header: str, make: Make) -> list[Cell]:
    chance = random.Random(name)
    cells = [make(chance) for _ in range(_NUMBERS)]
    lines = [_LINES[at % len(_LINES)].format(cell) for at, cell in enumerate(cells)]
    named, bare = _called(header, cells), _called("c1", cells)
    said = len({one.row for one in scanned_text(lines) if one.entity in _CALLED})
    return [
        name,
        len(cells),
        *(most(100 * one / len(cells), 0.1, 2) for one in (named, bare, said)),
    ]


def _called(header: str, cells: Sequence[str]) -> int:
    return len({one.row for one in scanned(table({header: cells})) if one.entity in _CALLED})
