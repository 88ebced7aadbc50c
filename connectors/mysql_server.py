"""The address of a MySQL or MariaDB server, and in one sentence why it can't be used.

An address is ``mysql://user:secret@host:port/database`` or, over a Unix socket,
``mysql://user@localhost/database?socket=/run/mysqld/mysqld.sock``; without a database, all of the
server's are meant. What server or driver say is never passed on: it may quote a secret or a row.
Codes of errors: https://mariadb.com/kb/en/mariadb-error-code-reference/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pymysql

from connectors.errors import Refused, SourceError, Unreachable, Unsupported

_REFUSALS: dict[int, tuple[type[SourceError], str]] = {
    1045: (Refused, "refuses the user: wrong password or no such user; check ${…} in the url"),
    1698: (Refused, "refuses the user: its account logs in without a password, but not so"),
    1044: (Refused, "doesn't let this account into the database: grant it SELECT there"),
    1049: (Refused, "has no such database: check the end of the url"),
    1130: (Refused, "doesn't let this machine in: create the account for this host"),
    1820: (Refused, "wants the account's password changed first"),
    1862: (Refused, "wants the account's password changed first: it has expired"),
    4151: (Refused, "has locked the account: unlock it"),
    3118: (Refused, "has locked the account: unlock it"),
    1040: (Unreachable, "has no connection free: try again later"),
    1203: (Unreachable, "has no connection free for this account: try again later"),
    1226: (Unreachable, "lets this account do no more for now: try again later"),
    2026: (Refused, "can't be reached safely: check its certificate and the setting ca"),
    3159: (Refused, "takes only TLS: set ca, or add ?ssl=true to the url"),
}
_OTHERWISE = "can't be reached: check host and port in the url and that the server runs"

_BREAKS: dict[int, str] = {
    1142: "permission denied: grant SELECT to this account",
    1143: "permission denied: grant SELECT on all its columns to this account",
    1044: "permission denied: grant SELECT to this account",
    1045: "permission denied: grant SELECT to this account",
    1227: "permission denied: grant SELECT to this account",
    1449: "the account that defines the view is gone: mend the view, or exclude it",
    1356: "its definition refers to what isn't there or may not be read: mend or drop it",
    1146: "changed while it was read: scan again",
    1054: "changed while it was read: scan again",
    1412: "changed while it was read: scan again",
    1205: "locked by another session for more than a minute: scan again later",
    1969: "cancelled by the server: it ran too long",
    3024: "cancelled by the server: it ran too long",
    1317: "cancelled by the server",
    1242: "the view's own query fails on some row: mend the view, or exclude it",
    1690: "the view's own query fails on some row: mend the view, or exclude it",
    1366: "the view's own query fails on some row: mend the view, or exclude it",
    126: "is damaged: run CHECK TABLE",
    145: "is damaged: run CHECK TABLE",
    1194: "is damaged: run CHECK TABLE",
    1030: "the server's disk or engine fails: look into its log",
    1021: "the server ran out of space",
    3: "the server ran out of space",
    2006: "the connection was lost: scan again",
    2013: "the connection was lost: scan again",
    1927: "the connection was killed: scan again",
    1053: "the connection was lost: the server is stopping",
}
_UNREADABLE = (
    "The MySQL url can't be read: write mysql://user:secret@host:3306/database"
    " with %40 for @, %2F for / and %25 for % within a name or secret."
)
_SECONDS = 10


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
        way = f"?socket={quote(self.socket, safe='')}" if self.socket else ""
        who = f"{quote(self.user, safe='')}{secret}"
        return f"mysql://{who}@{self.host}:{self.port}/{quote(self.database, safe='')}{way}"

    def connect(self, **more: Any) -> pymysql.Connection:
        """Log in; raise ``Refused`` or ``Unreachable`` where that fails."""
        try:
            return pymysql.connect(**{**self._arguments(), **more})
        except (pymysql.Error, OSError, UnicodeError, RuntimeError) as error:
            raise self.refusal(error) from None

    def refusal(self, error: BaseException) -> SourceError:
        """Turn a failure to connect into one of ours."""
        kind, words = _REFUSALS.get(code(error), (Unreachable, _OTHERWISE))
        return kind(f"MySQL or MariaDB at {self.where} {words}.")

    def _arguments(self) -> dict[str, Any]:
        given: dict[str, Any] = {
            "user": self.user,
            "password": self.password,
            "database": self.database or None,
            "charset": "utf8mb4",
            "connect_timeout": _SECONDS,
            "autocommit": True,
        }
        if self.socket:
            return given | {"unix_socket": self.socket}
        where = {"host": self.host, "port": self.port}
        verified = {"ssl_ca": self.ca, "ssl_verify_cert": True, "ssl_verify_identity": True}
        plain = {"ssl": {"check_hostname": False}} if self.tls else {"ssl_disabled": True}
        return given | where | (verified if self.ca else plain)


def code(error: BaseException | None) -> int:
    """Return the server's or driver's number of an error; 0 where it has none."""
    first = error.args[0] if error and error.args else 0
    return first if isinstance(first, int) else 0


def reason(number: int) -> str:
    """Tell in our own words why reading stopped."""
    said = f" (error {number})" if number else ""
    return _BREAKS.get(number, f"the server gave up reading it{said}")


def _percents(text: str) -> bool:
    """Tell whether a per cent sign stands for itself, which it may not."""
    return any(not _is_hex(one[:2]) for one in text.split("%")[1:])


def _is_hex(two: str) -> bool:
    return len(two) == len("ff") and all(one in "0123456789abcdefABCDEF" for one in two)
