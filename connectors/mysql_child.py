"""A process that reads answers of MySQL or MariaDB with ConnectorX, and hands them on as Arrow.

ConnectorX (Rust) holds Python's lock for as long as it waits for the server, and where a value
surprises it prints that value to the terminal. In a process of its own it holds up nobody, can be
ended when the server falls silent, and has no terminal. It is told what to read on standard input,
as a line of JSON, writes a stream of Arrow and an empty line, and waits for the next; it says on
standard error only the number of the error that ended it. It ends with whoever started it: with
Ctrl-C, and with the end of standard input.
"""

from __future__ import annotations

import json
import os
import re
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import BinaryIO

import pyarrow as pa
from connectorx import read_sql

#: How it ends where a value isn't what its column promises, and where the server failed it.
SURPRISED, BROKEN = 2, 3
#: What it writes once an answer has come to its end.
DONE = b"\n"
#: For how many seconds rows are held back at most while more of them come.
_LONGEST = 2.0


def joined(
    batches: Iterator[pa.RecordBatch],
    most_rows: int,
    most_bytes: int,
    clock: Callable[[], float] = monotonic,
) -> Iterator[pa.RecordBatch]:
    """Put small batches together; over a slow line, only those of about two seconds."""
    held: list[pa.RecordBatch] = []
    rows = size = 0
    passed_on = clock()
    for batch in batches:
        more = batch.nbytes
        if held and (rows + batch.num_rows > most_rows or size + more > most_bytes):
            yield pa.concat_batches(held)
            held, rows, size, passed_on = [], 0, 0, clock()
        held.append(batch)
        rows, size = rows + batch.num_rows, size + more
        if rows >= most_rows or clock() - passed_on >= _LONGEST:
            yield pa.concat_batches(held)
            held, rows, size, passed_on = [], 0, 0, clock()
    if held:
        yield pa.concat_batches(held)


def main() -> None:
    """Read what standard input asks for, to its end."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler would wait for Rust
    told, out = os.dup(sys.stderr.fileno()), os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for one in (sys.stdout, sys.stderr):
        os.dup2(nowhere, one.fileno())
    try:
        while asked := sys.stdin.readline():
            with _ended_with_parent():
                _read(out, **json.loads(asked))
            out.write(DONE)
            out.flush()
    except BaseException as error:  # noqa: BLE001 (a panic of Rust's is no Exception)
        found = re.search(r"ERROR (\d+)", str(error))
        os.write(told, found[1].encode() if found else b"0")
        os._exit(SURPRISED if "convert" in str(error) else BROKEN)


@contextmanager
def _ended_with_parent() -> Iterator[None]:
    """Let the system end this process meanwhile once standard input is closed, or written to.

    No thread of Python's could: the driver holds Python's lock while it waits for the server.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    stdin = sys.stdin.fileno()
    flags = fcntl.fcntl(stdin, fcntl.F_GETFL)
    fcntl.fcntl(stdin, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(stdin, fcntl.F_SETFL, flags | os.O_ASYNC)
    # SIGIO ends a process that doesn't heed it; who closed it before now sends none.
    if select.select([stdin], [], [], 0)[0]:
        os._exit(BROKEN)
    yield
    fcntl.fcntl(stdin, fcntl.F_SETFL, flags)


def _read(
    out: BinaryIO, url: str, statement: str, settings: list[str], rows: int, most: list[int]
) -> None:
    answer: pa.RecordBatchReader = read_sql(
        url, statement, return_type="arrow_stream", batch_size=rows, pre_execution_query=settings
    )
    with pa.ipc.new_stream(out, answer.schema) as writer:
        for batch in joined(iter(answer), most[0], most[1]):
            writer.write_batch(batch)
            out.flush()
