"""Answers of MySQL or MariaDB as Arrow by ConnectorX, in a process of its own, read ahead.

It reads about ten times as fast as PyMySQL, but stops where a value surprises it: text of a damaged
column that is no UTF-8, say; what follows is then read patiently. It is given only whole numbers,
doubles and text, and only base tables, whose columns can't fail. It makes batches of so many rows,
however large, so rows that may be very large aren't for it; and few rows aren't worth a process.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, BinaryIO, cast

import pyarrow as pa

from connectors import mysql_server
from connectors.mysql_bulk import Broken
from connectors.mysql_reason import LOST, STALLED
from connectors.mysql_server import Server
from connectors.sql import MOST_BYTES, MOST_ROWS, Table

#: Tables of fewer rows are read without it.
FEWEST_ROWS = 20_000
_LARGE = {"mediumtext", "longtext", "mediumblob", "longblob", "json"}
_OF_TEXT = {"text": 2**16, "blob": 2**17}
_DECLARED = re.compile(r"\w+\((\d+)\)")
_LEAST_ROWS = 64
_USUAL_ROWS = 1024
_SURPRISED = 2  # as the child says it; importing it would import its driver
_BLINK = 0.05


def is_fast(table: Table) -> bool:
    """Tell whether ConnectorX may read it, and is worth it: not views, not rows of any size."""
    bounded = table.kind == "table" and not _LARGE.intersection(table.base)
    return bounded and (table.rows or 0) >= FEWEST_ROWS


class Surprised(Exception):
    """A value isn't what its column promises."""


class Child:
    """A process that waits to be told what to read; it reads one answer."""

    def __init__(self) -> None:
        path = os.pathsep.join(one for one in sys.path if one)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "connectors.mysql_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def close(self) -> None:
        """End it, whatever it does."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def kill(self) -> None:
        """Let it read no more."""
        self._process.kill()

    def answers(self, asked: dict[str, Any]) -> Iterator[pa.RecordBatch]:
        """Let it read; raise ``Broken`` where it stopped before the end."""
        process = self._process
        stdin, stderr = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stderr)
        with suppress(BrokenPipeError):
            stdin.write(f"{json.dumps(asked)}\n".encode())
            stdin.flush()
        with suppress(pa.ArrowInvalid, OSError):
            yield from pa.ipc.open_stream(process.stdout)
        if (ended := process.wait()) == _SURPRISED:
            raise Surprised
        if ended:
            number = stderr.read()
            raise Broken(int(number) if number.isdigit() and int(number) else LOST)


def fast(
    child: Child, server: Server, table: Table, statement: str, settings: Sequence[str]
) -> Generator[pa.RecordBatch]:
    """Read by ConnectorX; whoever calls has logged in before, as it would try for 30 s."""
    asked: dict[str, Any] = {"url": server.url, "statement": statement, "settings": list(settings)}
    asked |= {"rows": _rows(table), "most": [MOST_ROWS, MOST_BYTES]}
    given: Queue[Any] = Queue(1)
    stopped = Event()
    thread = Thread(target=_read, args=(child.answers(asked), given, stopped), daemon=True)
    thread.start()
    patience = mysql_server.THINKING
    try:
        while (item := _next(given, patience)) is not None:
            yield item
            patience = mysql_server.FLOWING
    finally:
        stopped.set()
        child.kill()
        thread.join()
        child.close()


def or_else(
    quick: Iterator[pa.RecordBatch], patient: Callable[[], Iterator[pa.RecordBatch]]
) -> Generator[pa.RecordBatch]:
    """Go on patiently behind the rows that came before a surprise; both are in one order."""
    rows = 0
    try:
        for batch in quick:
            rows += batch.num_rows
            yield batch
    except Surprised:
        for batch in patient():
            if rows < batch.num_rows:
                yield batch.slice(rows)
            rows = max(0, rows - batch.num_rows)


def _read(batches: Iterator[pa.RecordBatch], given: Queue[Any], stopped: Event) -> None:
    """Read in a thread until all is read, or nobody wants more."""
    try:
        for batch in batches:
            if not _given(batch, given, stopped):
                return
        _given(None, given, stopped)
    except Exception as error:  # noqa: BLE001 (it is raised where it is waited for)
        _given(error, given, stopped)


def _given(item: object, given: Queue[Any], stopped: Event) -> bool:
    while not stopped.is_set():
        with suppress(Full):
            given.put(item, timeout=_BLINK)
            return True
    return False


def _next(given: Queue[Any], patience: float) -> pa.RecordBatch | None:
    try:
        item = given.get(timeout=patience)
    except Empty:
        raise Broken(STALLED) from None
    if isinstance(item, Exception):
        raise item
    return item


def _rows(table: Table) -> int:
    """Return for how many rows a batch stays bounded, were each as large as is declared."""
    worst = sum(
        _OF_TEXT.get(base) or 4 * _length(field.type)
        for field, base in zip(table.fields, table.base, strict=True)
    )
    # What is declared is seldom used; where rows are small on the average, few are large.
    usual = (table.bytes or 0) // max(1, table.rows or 0)
    least = _USUAL_ROWS if usual * _USUAL_ROWS * 16 <= MOST_BYTES else _LEAST_ROWS
    return max(least, min(MOST_ROWS, 4 * MOST_BYTES // max(1, worst)))


def _length(declared: str) -> int:
    found = _DECLARED.match(declared)
    return int(found[1]) if found else 16
