"""The address of a PostgreSQL database, and in one sentence why it can't be used.

An address is libpq's: ``postgresql://user:secret@host:port/database`` or, over a Unix socket,
``postgresql:///database?host=/folder``; https://www.postgresql.org/docs/current/libpq-connect.html.
What the server or driver says is never passed on: it may quote a secret or a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from connectors.errors import Refused, SourceError, Unreachable, Unsupported
from connectors.options import PLAIN, Options

_SECONDS = 10
_DEFAULTS = {
    "connect_timeout": str(_SECONDS),
    "application_name": "shozai",
    # A machine or a network that is gone is noticed within two minutes, not two hours.
    "keepalives_idle": "60",
    "keepalives_interval": "10",
    "keepalives_count": "6",
    "tcp_user_timeout": "120000",
}
#: How long a statement may be silent where no statement_timeout is set: a large table is sorted.
_LONGEST = 3600.0

# libpq tells a failure to connect only in words, in English or in the server's language.
_REFUSALS: tuple[tuple[str, type[SourceError], str], ...] = (
    (
        r"root certificate file|certificate file .* does not exist",
        Refused,
        "can't be known for sure: the file of ca (or sslrootcert) can't be read; check its path",
    ),
    (
        r"certificate verify failed",
        Refused,
        "shows a certificate that nobody trusted has signed: set ca to its authority's file",
    ),
    (
        r"server certificate for .* does not match",
        Refused,
        "shows another host's certificate: write the host in the url as the certificate names it",
    ),
    (
        r"server does not support SSL",
        Refused,
        "speaks no TLS: set ssl = on there, or take ca and sslmode out of the settings",
    ),
    (
        r"password authentication failed|パスワード認証に失敗",
        Refused,
        'refuses the user "{user}": wrong password or no such user; check ${{…}} in the url',
    ),
    (r"no password supplied", Refused, 'wants a password for the user "{user}": add it to the url'),
    (
        r'role ".*" does not exist',
        Refused,
        'knows no user "{user}": check the url or create the account',
    ),
    (
        r'database ".*" does not exist',
        Refused,
        'has no database "{dbname}": check the end of the url',
    ),
    (
        r"(?s)^(?!.*SSL encryption).*no pg_hba.conf entry.*(no encryption|SSL off)",
        Refused,
        "lets nobody in without TLS from here: take sslmode out of the url, or make it require",
    ),
    (
        r"no pg_hba.conf entry|permission denied for database|not permitted to log in",
        Refused,
        'doesn\'t let the user "{user}" in from here: allow it in pg_hba.conf, and to CONNECT',
    ),
    (
        r"too many (clients|connections)|remaining connection slots",
        Unreachable,
        "has no connection free: try again later",
    ),
    (
        r"starting up|shutting down|recovery",
        Unreachable,
        "is starting or stopping: try again later",
    ),
    (
        r"could not translate host name|resolve host|Name or service not known",
        Unreachable,
        "can't be found: no such host; check the host's name in the url",
    ),
    (r"timeout|timed out", Unreachable, "doesn't answer: check host, port and firewall"),
    (
        r"Connection refused|No such file or directory",
        Unreachable,
        "isn't there: check host and port in the url and that the server runs",
    ),
    (r"certificate|SSL|TLS", Refused, "can't be reached safely: check sslmode and certificates"),
)
_OTHERWISE = "can't be reached: check the url and that the server runs"

_UNREADABLE = (
    "The PostgreSQL url can't be read: write postgresql://user:secret@host:5432/database"
    " with %40 for @, %2F for / and %25 for % within a name or secret."
)


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """Where a database is and who asks; no ``repr``: it holds the password."""

    parameters: dict[str, str]
    timeout: float | None = None

    @classmethod
    def of(cls, url: str, options: Options = PLAIN) -> Server:
        """Parse a URL; raise ``Unsupported`` where it isn't one.

        With ``ca`` the server must show that it is the url's host; what the url says of TLS stays.
        """
        plain = re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)
        try:
            given = conninfo_to_dict(plain)
        except psycopg.ProgrammingError:
            given = {}
        if not plain.startswith("postgresql://") or not _whole(given):
            # The parser's words quote the part it stumbles over, which may be the password.
            raise Unsupported(_UNREADABLE)
        said = {key: str(value) for key, value in given.items()}
        return cls({**_DEFAULTS, **_verified(options.ca), **said}, options.statement_timeout)

    @property
    def conninfo(self) -> str:
        """The address as libpq reads it, UTF-8 asked for; it holds the password."""
        return make_conninfo(**{**self.parameters, "client_encoding": "UTF8"})

    @property
    def patience(self) -> float:
        """How many seconds to wait for an answer: longer than the server lets a statement run."""
        if not self.timeout:
            return _LONGEST
        grace = self.parameters["connect_timeout"]
        return self.timeout + (int(grace) if grace.isdecimal() else _SECONDS)

    @property
    def where(self) -> str:
        """The address as a person may see it."""
        host = self.parameters.get("host") or "the local socket"
        port = self.parameters.get("port")
        return f"{host}:{port}" if port and not host.startswith("/") else host

    def refusal(self, said: str) -> SourceError:
        """Turn a failure to connect into one of ours, from the driver's words."""
        known = {"user": "", "dbname": self.parameters.get("user", ""), **self.parameters}
        for pattern, kind, sentence in _REFUSALS:
            if re.search(pattern, said, re.IGNORECASE):
                return kind(f"PostgreSQL at {self.where} {sentence.format(**known)}.")
        return Unreachable(f"PostgreSQL at {self.where} {_OTHERWISE}.")


def _verified(ca: str) -> dict[str, str]:
    return {"sslrootcert": ca, "sslmode": "verify-full"} if ca else {}


def _whole(given: Mapping[str, object]) -> bool:
    """Tell whether no part of a secret slipped elsewhere, as an unescaped @ or / makes it."""
    port = str(given.get("port") or "0")
    elsewhere = f"{given.get('host') or ''}{given.get('dbname') or ''}"
    return bool(given) and port.replace(",", "").isdigit() and "@" not in elsewhere
