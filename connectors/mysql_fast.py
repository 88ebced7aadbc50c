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
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any, BinaryIO, cast

import pyarrow as pa

from connectors import mysql_server
from connectors.mysql_bulk import Broken
from connectors.mysql_reason import ENDED, LOST, STALLED, UNSTARTED
from connectors.mysql_server import Server
from connectors.patience import Silence, within
from connectors.sql import MOST_BYTES, MOST_ROWS, Table

#: Tables of fewer rows are read without it.
FEWEST_ROWS = 20_000
_LARGE = {"mediumtext", "longtext", "mediumblob", "longblob", "json"}
_OF_TEXT = {"text": 2**16, "blob": 2**17}
_DECLARED = re.compile(r"\w+\((\d+)\)")
_LEAST_ROWS = 64
_USUAL_ROWS = 1024
_SURPRISED, _BROKEN = 2, 3  # as the child says it; importing it would import its driver
#: All that a child needs of the environment: nothing that holds a secret.
_NEEDED = re.compile(
    r"PATH|LANG|LC_\w+|TMPDIR|TEMP|TMP|TZ|PYTHONHOME|(DY)?LD_LIBRARY_PATH|SYSTEMROOT"
)


def is_fast(table: Table) -> bool:
    """Tell whether ConnectorX may read it, and is worth it: not views, not rows of any size."""
    bounded = table.kind == "table" and not _LARGE.intersection(table.base)
    return bounded and (table.rows or 0) >= FEWEST_ROWS


class Surprised(Exception):
    """A value isn't what its column promises."""


class Child:
    """A process that waits to be told what to read; it reads one answer.

    Raises ``Broken`` where the system starts no process.
    """

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "connectors.mysql_child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
            )
        except OSError:
            raise Broken(UNSTARTED) from None

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

    def answers(self, asked: dict[str, Any]) -> Generator[pa.RecordBatch]:
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
            raise Broken(_number(ended, stderr.read()))


def fast(
    child: Child, server: Server, table: Table, statement: str, settings: Sequence[str]
) -> Generator[pa.RecordBatch]:
    """Read by ConnectorX; whoever calls has logged in before, as it would try for 30 s."""
    asked: dict[str, Any] = {"url": server.url, "statement": statement, "settings": list(settings)}
    asked |= {"rows": _rows(table), "most": [MOST_ROWS, MOST_BYTES]}
    waited = within(child.answers(asked), mysql_server.THINKING, mysql_server.FLOWING)
    try:
        for batch in waited:  # noqa: UP028 (the child is killed before the thread is waited for)
            yield batch
    except Silence:
        raise Broken(STALLED) from None
    finally:
        child.kill()
        waited.close()
        child.close()


def _environment() -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if _NEEDED.fullmatch(name.upper())}
    return known | {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}


def _number(ended: int, said: bytes) -> int:
    """Return the number of what ended a child: the server's, or ours where it wasn't that."""
    if ended == _BROKEN:
        return int(said) if said.isdigit() and int(said) else LOST
    return ENDED if ended < 0 else UNSTARTED


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
