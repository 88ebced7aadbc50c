"""What is being read from MySQL or MariaDB right now, so that another thread can end it.

A driver that waits for a silent server heeds nothing: its process is killed, or its socket is shut.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from threading import Lock
from typing import Any

import pymysql

from connectors.errors import SourceError
from connectors.mysql_reason import STOPPED, Broken
from connectors.mysql_server import LISTING, Server


class Running:
    """All that reads for one source, in any thread; once it is stopped, nothing more begins."""

    def __init__(self) -> None:
        self.stopped = False
        self._ends: list[Callable[[], None]] = []
        self._lock = Lock()

    def stop(self) -> None:
        """End all that reads, now and from now on."""
        with self._lock:
            self.stopped = True
            ends = list(self._ends)
        for end in ends:
            end()

    @contextmanager
    def held(self, end: Callable[[], None]) -> Iterator[None]:
        """Let ``stop`` call ``end`` meanwhile; raise ``Broken`` if it is stopped already."""
        with self._lock:
            if self.stopped:
                raise Broken(STOPPED)
            self._ends.append(end)
        try:
            yield
        finally:
            with self._lock:
                self._ends.remove(end)

    @contextmanager
    def connected(
        self, server: Server, patience: float = LISTING, **more: Any
    ) -> Iterator[pymysql.Connection]:
        """Log in, and close what was opened.

        Raises what ``Server.connect`` does, and ``Broken`` where it is stopped.
        """
        made = server.prepared(**more)
        with self.held(partial(_cut, made)):
            self._log_in(server, made, patience)
            with closing(made):
                yield made

    def _log_in(self, server: Server, made: pymysql.Connection, patience: float) -> None:
        try:
            server.log_in(made, patience)
        except SourceError:
            if not self.stopped:
                raise
        if self.stopped:  # perhaps before there was a socket to shut
            raise Broken(STOPPED)


def _cut(connection: pymysql.Connection) -> None:
    """Shut a connection's socket: whoever waits for it hears at once that it has ended."""
    wire = connection._sock  # noqa: SLF001 (closing it would wait for nobody, but wake nobody)
    with suppress(OSError):
        if wire:
            # That of TLS would first forget its cipher, beneath the thread that still reads.
            socket.socket.shutdown(wire, socket.SHUT_RDWR)
