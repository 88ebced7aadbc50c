"""Answers of MySQL or MariaDB as Arrow by ConnectorX, in a process of its own, read ahead.

It is ten times as fast as PyMySQL, but stops where a value surprises it, such as text that is no
UTF-8; what follows is then read patiently. It is given only whole numbers, doubles and text, and
only base tables, whose columns can't fail. Its batches are of so many rows, however large they are,
so very large rows aren't for it; and few rows aren't worth a process.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO, cast

import pyarrow as pa

from connectors import mysql_server
from connectors.mysql_reason import ENDED, LOST, STALLED, UNSTARTED, Broken
from connectors.mysql_server import Server
from connectors.mysql_stop import Running
from connectors.patience import Silence, within
from connectors.sql import MOST_BYTES, MOST_ROWS, Table

#: Tables of fewer rows are read without it.
FEWEST_ROWS = 20_000
_LARGE = {"mediumtext", "longtext", "mediumblob", "longblob", "json"}
_OF_TEXT = {"text": 2**16, "blob": 2**17}
_DECLARED = re.compile(r"\w+\((\d+)\)")
_LEAST_ROWS = 64
_USUAL_ROWS = 4096
# As the child says it; importing it would import its driver.
_SURPRISED, _BROKEN, _DONE = 2, 3, b"\n"
#: Of each answer its driver leaves three threads and some memory behind.
_MOST_ANSWERS = 16
#: pyarrow does without NumPy, and starts in half the time then.
_START = "import sys; sys.modules['numpy'] = None; from connectors.mysql_child import main; main()"
#: All that a child needs of the environment: nothing that holds a secret.
_NEEDED = re.compile(r"PATH|LANG|LC_\w+|TE?MP|TMPDIR|TZ|PYTHONHOME|(DY)?LD_LIBRARY_PATH|SYSTEMROOT")


def is_fast(table: Table) -> bool:
    """Tell whether ConnectorX may read it, and is worth it: not views, not rows of any size."""
    large = table.kind != "table" or _LARGE.intersection(table.base)
    return not large and (table.rows or 0) >= FEWEST_ROWS


class Surprised(Exception):
    """A value isn't what its column promises."""


class Child:
    """A process that waits to be told what to read, one answer after the other.

    ``ready`` tells whether it waits for the next. Raises ``Broken`` where the system starts none.
    """

    def __init__(self) -> None:
        self.ready = True
        self._answered = 0
        try:
            self._process = subprocess.Popen(  # noqa: S603 (of our own words)
                [sys.executable, "-P", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                pipesize=1 << 20,  # of 64 KiB, the two would mostly change places
            )
        except OSError:
            raise Broken(UNSTARTED) from None

    @property
    def lives(self) -> bool:
        """Whether nothing has ended it."""
        return self._process.poll() is None

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
        self.ready = False
        process = self._process
        stdin, stdout = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        with suppress(BrokenPipeError):
            stdin.write(f"{json.dumps(asked)}\n".encode())
            stdin.flush()
        with suppress(pa.ArrowInvalid, OSError):
            yield from pa.ipc.open_stream(stdout)
            done = stdout.read(len(_DONE)) == _DONE
            self._answered += done
            self.ready = done and self._answered < _MOST_ANSWERS
            if done:
                return
        if (ended := process.wait()) == _SURPRISED:
            raise Surprised
        raise Broken(_number(ended, cast("BinaryIO", process.stderr).read()))


class Children:
    """The processes that read for one source; one that has read waits for the next answer."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._spare: SimpleQueue[Child] = SimpleQueue()

    @contextmanager
    def lent(self) -> Iterator[Child]:
        """Lend a process that waits; it starts meanwhile. Raises ``Broken`` where none can be."""
        child = self._waiting() or Child()
        try:
            with self._running.held(child.kill):
                yield child
        except BaseException:
            child.close()
            raise
        self._keep(child)

    def close(self) -> None:
        """End the one that waits."""
        while child := self._waiting():
            child.close()

    def _waiting(self) -> Child | None:
        with suppress(Empty):
            while child := self._spare.get_nowait():
                if child.lives:
                    return child
                child.close()
        return None

    def _keep(self, child: Child) -> None:
        if child.ready and self._spare.empty() and not self._running.stopped:
            self._spare.put(child)
        else:
            child.close()


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
        if not child.ready:
            child.kill()
        waited.close()


def _environment() -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if _NEEDED.fullmatch(name.upper())}
    return known | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


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
