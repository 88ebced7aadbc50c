"""A TCP proxy that cuts or holds its connections after so many bytes: an outage of any server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_BLOCK = 1 << 14
#: How long connections are held at most, in seconds: whoever waits as long reads on, and is seen.
_HELD = 60


class Proxy:
    """Hands on bytes both ways between ``port`` of this machine and a server."""

    def __init__(self, server: tuple[str, int] | str) -> None:
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._left: int | None = None
        self._going = threading.Event()
        self._going.set()
        self.held = threading.Event()
        self._holds = False
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._serve, daemon=True).start()

    def cut_after(self, count: int) -> None:
        """Cut everything once the server has sent so many bytes more."""
        self._left = count
        if not count:
            self._cut()

    def hold_after(self, count: int) -> None:
        """Stop everything once the server has sent so many bytes more; nothing is closed.

        It goes on in a minute, so that a test of patience needs no clock. ``held`` tells when all
        has stopped.
        """
        self._holds = True
        self.cut_after(count)

    def mend(self) -> None:
        """Let everything through again."""
        self._left, self._holds = None, False
        self._going.set()

    def close(self) -> None:
        """Take no more connections, and cut those there are."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._holds = False
        self._cut()
        self._going.set()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self._left is not None and self._left <= 0 and not self._holds:
                    client.close()
                    continue
                self._join(client)

    def _join(self, client: socket.socket) -> None:
        if isinstance(self._server, str):
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
        else:
            server = socket.create_connection(self._server)
        with self._lock:
            self._open += [client, server]
        for one, other, counted in ((client, server, False), (server, client, True)):
            threading.Thread(target=self._pump, args=(one, other, counted), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while block := one.recv(_BLOCK):
                if counted and not self._takes(len(block)):
                    return
                self._wait()
                other.sendall(block)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _wait(self) -> None:
        if not self._going.is_set():
            self.held.set()
        self._going.wait(_HELD)

    def _takes(self, count: int) -> bool:
        """Count bytes; tell whether they still go through."""
        if self._left is None:
            return True
        self._left -= count
        if self._left <= 0:
            self._cut()
        return self._holds or self._left > 0

    def _cut(self) -> None:
        if self._holds:
            self._going.clear()
            return
        with self._lock:
            cut, self._open = self._open, []
        for one in cut:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def cutting(server: tuple[str, int] | str) -> Iterator[Proxy]:
    """Stand before a server: its host and port, or its socket's path."""
    proxy = Proxy(server)
    try:
        yield proxy
    finally:
        proxy.close()
