"""The address of a MySQL or MariaDB server, and how it is logged in to.

An address is ``mysql://user:secret@host:port/database`` or, over a Unix socket,
``mysql://user@localhost/database?socket=/run/mysqld/mysqld.sock``; without a database, all of the
server's are meant. With an authority's file (``ca``) everything goes over TLS, and the server's
certificate and name are verified, by either driver; with ``?ssl=true`` it is only encrypted.
"""

from __future__ import annotations

import socket as sockets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import pymysql

from connectors.errors import Unsupported
from connectors.mysql_reason import refusal

#: Seconds without a word of the server: where it lists, sorts or writes, and once rows flow.
LISTING, THINKING, FLOWING = 600.0, 3600.0, 180.0
_UNREADABLE = (
    "The MySQL url can't be read: write mysql://user:secret@host:3306/database"
    " with %40 for @, %2F for / and %25 for % within a name or secret."
)
_SECONDS = 10
# A peer that is gone without a word is known after a minute and a half.
_ALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}
_FAST_ALIVE = {
    "tcp_keepalive_time_ms": "60000",
    "tcp_keepalive_probe_interval_secs": "10",
    "tcp_keepalive_probe_count": "3",
}


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """Where a server is, who asks, and for which database; no ``repr``: it holds the password."""

    host: str
    port: int
    user: str
    password: str
    database: str
    socket: str = ""
    tls: bool = False
    ca: str = ""

    @classmethod
    def of(cls, url: str, ca: str = "") -> Server:
        """Parse a URL; raise ``Unsupported`` where it isn't one."""
        try:
            parts = urlsplit(url)
            user, password = unquote(parts.username or ""), unquote(parts.password or "")
            port, asked = parts.port or 3306, parse_qs(parts.query)
        except ValueError:
            raise Unsupported(_UNREADABLE) from None
        database = unquote(parts.path.removeprefix("/"))
        if "@" in f"{database}{parts.hostname}" or "/" in database or _percents(parts.netloc):
            # The parser's words quote the part it stumbles over, which may be the password.
            raise Unsupported(_UNREADABLE)
        socket = (asked.get("socket") or asked.get("unix_socket") or [""])[0]
        tls = bool(ca) or (asked.get("ssl") or [""])[0].lower() in {"true", "1", "required"}
        return cls(parts.hostname or "localhost", port, user, password, database, socket, tls, ca)

    @property
    def where(self) -> str:
        """The address as a person may see it."""
        return "the local socket" if self.socket else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as ConnectorX reads it; it holds the password."""
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        where = f"{quote(self.user, safe='')}{secret}@{host}:{self.port}"
        how = urlencode(self._how(), quote_via=quote, safe="")
        return f"mysql://{where}/{quote(self.database, safe='')}?{how}"

    def connect(self, patience: float = LISTING, **more: Any) -> pymysql.Connection:
        """Log in; wait so many seconds for any answer.

        Raises ``Refused`` or ``Unreachable`` where logging in fails.
        """
        made = self.prepared(**more)
        self.log_in(made, patience)
        return made

    def prepared(self, **more: Any) -> pymysql.Connection:
        """Return a connection that isn't opened yet; raise ``Refused`` where that can't be done."""
        with self._told():
            return pymysql.connect(**{**self._arguments(), **more}, defer_connect=True)

    def log_in(self, connection: pymysql.Connection, patience: float = LISTING) -> None:
        """Open a connection; raise what ``connect`` does."""
        with self._told():
            connection.connect()
        waiting(connection, patience)
        self._kept_alive(connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (pymysql.Error, OSError, UnicodeError, RuntimeError) as error:
            raise refusal(
                error, self.where, ca=self.ca, tls=self.tls or bool(self.socket)
            ) from None

    def _how(self) -> dict[str, str]:
        """Return ConnectorX's settings: never by a socket that the server names by itself.

        Behind a tunnel that would be another server's.
        """
        if self.socket:
            return {"socket": self.socket}
        plain = {"prefer_socket": "false", **_FAST_ALIVE}
        if self.ca:
            return plain | {"ssl-mode": "VERIFY_IDENTITY", "ssl-ca": self.ca}
        return plain | {"ssl-mode": "REQUIRED" if self.tls else "DISABLED"}

    def _kept_alive(self, connection: pymysql.Connection) -> None:
        if not self.socket:
            wire = connection._sock  # noqa: SLF001 (the driver sets only SO_KEEPALIVE)
            for name, value in _ALIVE.items():
                if hasattr(sockets, name):
                    wire.setsockopt(sockets.IPPROTO_TCP, getattr(sockets, name), value)

    def _arguments(self) -> dict[str, Any]:
        given: dict[str, Any] = {
            "user": self.user,
            "password": self.password,
            "database": self.database or None,
            "charset": "utf8mb4",
            "connect_timeout": _SECONDS,
            "read_timeout": _SECONDS,
            "write_timeout": LISTING,
            "autocommit": True,
        }
        if self.socket:
            return given | {"unix_socket": self.socket}
        where = {"host": self.host, "port": self.port}
        verified = {"ssl_ca": self.ca, "ssl_verify_cert": True, "ssl_verify_identity": True}
        plain = {"ssl": {"check_hostname": False}} if self.tls else {"ssl_disabled": True}
        return given | where | (verified if self.ca else plain)


def waiting(connection: pymysql.Connection, seconds: float) -> None:
    """Wait so long for each answer, or part of one, from now on."""
    connection._read_timeout = seconds  # noqa: SLF001 (it can be told only to who connects)


def _percents(text: str) -> bool:
    """Tell whether a per cent sign stands for itself, which it may not."""
    return any(not _is_hex(one[:2]) for one in text.split("%")[1:])


def _is_hex(two: str) -> bool:
    return len(two) == len("ff") and all(one in "0123456789abcdefABCDEF" for one in two)
