"""A process that reads one answer of MySQL or MariaDB with ConnectorX, and hands it on as Arrow.

ConnectorX (Rust) holds Python's lock for as long as it waits for the server, and where a value
surprises it prints that value to the terminal. In a process of its own it holds up nobody, can be
ended when the server falls silent, and has no terminal. It is told what to read on standard input,
as a line of JSON, and says on standard error only the number of the error that stopped it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
from connectorx import read_sql

#: How it ends where a value isn't what its column promises.
SURPRISED = 2


def joined(
    batches: Iterator[pa.RecordBatch], most_rows: int, most_bytes: int
) -> Iterator[pa.RecordBatch]:
    """Put small batches together."""
    held: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        more = batch.nbytes
        if held and (rows + batch.num_rows > most_rows or size + more > most_bytes):
            yield pa.concat_batches(held)
            held, rows, size = [], 0, 0
        held.append(batch)
        rows, size = rows + batch.num_rows, size + more
        if rows >= most_rows:
            yield pa.concat_batches(held)
            held, rows, size = [], 0, 0
    if held:
        yield pa.concat_batches(held)


def _main() -> None:
    told, out = os.dup(sys.stderr.fileno()), os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for one in (sys.stdout, sys.stderr):
        os.dup2(nowhere, one.fileno())
    try:
        if asked := sys.stdin.readline():
            _read(out, **json.loads(asked))
    except BaseException as error:  # noqa: BLE001 (a panic of Rust's is no Exception)
        found = re.search(r"ERROR (\d+)", str(error))
        os.write(told, found[1].encode() if found else b"0")
        os._exit(SURPRISED if "convert" in str(error) else 1)


def _read(
    out: BinaryIO, url: str, statement: str, settings: list[str], rows: int, most: list[int]
) -> None:
    answer: pa.RecordBatchReader = read_sql(
        url, statement, return_type="arrow_stream", batch_size=rows, pre_execution_query=settings
    )
    with out, pa.ipc.new_stream(out, answer.schema) as writer:
        for batch in joined(iter(answer), *most):
            writer.write_batch(batch)
            out.flush()


if __name__ == "__main__":
    _main()
