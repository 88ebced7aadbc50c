"""How fast one core finds everything: sentences a second, and a million rows out of Arrow.

    python -m tests.benchmarks.speed URL

``URL`` is a database with the benchmark's customers. The process, and the peer it starts, run on
one processor with one thread; what is told are seconds of that processor, so that other work on
the machine costs nothing but patience. Reading from PostgreSQL waits for the server, so there the
clock counts, the best of three. Prints tables as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa

from scanners.columns import HEAD, judge
from scanners.presidio import analyzer
from scanners.scan import Scanner
from scanners.verdict import Column
from tests.benchmarks.accuracy.data import Absent, shared
from tests.benchmarks.accuracy.detectors import NO_PEER, PEERS
from tests.benchmarks.accuracy.table import LEAST, MOST, Cell, Figure, Table
from tests.benchmarks.accuracy.templates import filled, genres

_ASKED, _SAMPLE, _MEMOS = 4_000, 200, 4_000
_BATCH = 50_000
#: The customers without their memos, and with twelve columns all the same.
_PLAIN = (
    "SELECT customer_id, name, name_kana, gender, birth_date, email, phone, postal_code, address, "
    "registered_at, status, left(address, 3) AS prefecture FROM customers"
)
_ONE = "One processor, one thread."


def main() -> None:
    """Measure and print."""
    on_one_core()
    tables = [*sentences(), *rows(sys.argv[1])]
    print(json.dumps([table.json() for table in tables]))


def on_one_core() -> None:
    """Keep this process, and what it starts, to one processor and one thread."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def sentences() -> Iterator[Table]:
    """Measure sentences of the open sets and of business, through both engines and the peer."""
    measured: list[list[Cell]] = []
    for name, texts in (("open sets", _open), ("business texts", _business)):
        try:
            measured += _compared(name, texts())
        except Absent as missing:
            print(f"{name}: {missing}", file=sys.stderr)
    columns = ("sentences", "who", "how many", "sentences/s", "x peer")
    notes = [_ONE, "All entities; seconds of the processor."]
    notes += [] if PEERS.exists() else [NO_PEER]
    yield Table("sentences a second on one core", columns, measured, notes)


def rows(url: str) -> Iterator[Table]:
    """Measure the table of customers, then memos."""
    reading, table = min((_read(url) for _ in range(3)), key=lambda one: one[0])
    taken = _cpu(lambda: _scan(table))
    memos = pa.RecordBatch.from_pydict({"memo": _memos()})
    rate = _MEMOS / _cpu(lambda: _scan(pa.Table.from_batches([memos])))
    million = f"{table.num_rows:,} rows x {table.num_columns} columns"
    measured: list[list[Cell]] = [
        [f"{million}, read from PostgreSQL (ADBC)", Figure(reading, digits=2, unit=" s"), None],
        [
            f"{million}, scanned from Arrow",
            Figure(taken, digits=2, unit=" s"),
            Figure(taken / reading, MOST, 10, 1, " x"),
        ],
        [f"{_MEMOS:,} distinct memos on top", Figure(rate, LEAST, 900, 0, "/s"), None],
    ]
    yield Table("a table on one core", ("what", "measured", "of the reading"), measured, [_ONE])


def _compared(name: str, texts: Sequence[str]) -> Iterator[list[Cell]]:
    batch = pa.Table.from_batches([pa.RecordBatch.from_pydict({"text": texts})])
    scanner, engine = Scanner(), analyzer(("ja",))
    scanner.scan(batch.slice(0, 20).to_batches()[0])
    ours = len(texts) / _cpu(lambda: [scanner.scan(one) for one in batch.to_batches()])
    engine.analyze(texts[0], "ja")
    some = texts[: _ASKED // 4]
    analyzed = len(some) / _cpu(lambda: [engine.analyze(text, "ja") for text in some])
    other = _peer(texts[:_SAMPLE])
    yield [name, "columnar engine", len(texts), _rate(ours, 900), _times(ours, other, 30)]
    yield [
        name,
        "Presidio's analyze, our recognizers",
        len(some),
        _rate(analyzed),
        _times(analyzed, other, 6),
    ]
    if other:
        yield [name, "Presidio's batch engine, ja_ginza", _SAMPLE, _rate(other), None]


def _rate(value: float, bar: float | None = None) -> Figure:
    return Figure(value, LEAST if bar else "", bar, 0)


def _times(value: float, other: float | None, bar: float) -> Figure | None:
    return Figure(value / other, LEAST, bar, 1, " x") if other else None


def _peer(texts: Sequence[str]) -> float | None:
    """Return the peer's sentences a second, if it is there."""
    if not PEERS.exists():
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"text": list(texts)}, file)
        file.flush()
        script = Path(__file__).with_name("peer_presidio.py")
        told = subprocess.check_output([str(PEERS), str(script), file.name], text=True)
    return len(texts) / float(told.split()[1])


def _open() -> list[str]:
    """Different sentences of the open sets, shuffled."""
    files = ("stockmark", "ud_gsd_train", "wikipedia_annotated")
    lines = [
        line
        for file in files
        for line in shared(f"ner/{file}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    texts = list(dict.fromkeys(json.loads(line)["text"] for line in lines))
    return Random(1).sample(texts, _ASKED)


def _business() -> list[str]:
    made = (one.text for genre in genres() for one in filled(genre, 16, 77))
    return Random(2).sample(list(dict.fromkeys(made)), _ASKED)


def _memos() -> list[str]:
    chance = Random(3)
    surnames, branches = ("佐藤", "鈴木", "高橋", "田中", "渡辺"), ("東京", "大阪", "福岡")
    return [
        f"{chance.choice(surnames)}様より{chance.randint(1, 12)}月{at % 28 + 1}日に電話。"
        f"受注番号{at:06}の件、090-{chance.randint(1000, 9999)}-{at:04} へ折り返し済み。"
        f"{chance.choice(branches)}支店に転送。"
        for at in range(_MEMOS)
    ]


def _read(url: str) -> tuple[float, pa.Table]:
    started = time.perf_counter()
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(_PLAIN)
        table = cursor.fetch_arrow_table()
    return time.perf_counter() - started, table


def _scan(table: pa.Table) -> None:
    """Judge a table by its head and scan it in batches, as a scan does."""
    head = table.slice(0, HEAD).combine_chunks().to_batches()[0]
    verdict = judge(head, [Column(name) for name in table.schema.names], "customers")
    scanner = Scanner()
    for batch in table.to_batches(max_chunksize=_BATCH):
        scanner.scan(batch, verdict)


def _cpu(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


if __name__ == "__main__":
    main()
