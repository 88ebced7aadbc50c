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

_DEFAULTS = {"connect_timeout": "10", "application_name": "shozai"}

# libpq tells a failure to connect only in words, in English or in the server's language.
_REFUSALS: tuple[tuple[str, type[SourceError], str], ...] = (
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

_BREAKS: tuple[tuple[str, str], ...] = (
    (r"42501|permission denied", "permission denied: grant SELECT to this account"),
    (r"55P03|lock timeout", "locked by another session for more than 60 s: scan again later"),
    (r"57014|canceling statement|statement timeout", "cancelled by the server: it ran too long"),
    (
        r"invalid snapshot identifier|snapshot .* does not exist|could not import",
        "the moment that this scan holds has passed: scan again",
    ),
    (r"42P01|42703|does not exist", "changed while it was read: scan again"),
    (
        r"has not been populated",
        "never filled: run REFRESH MATERIALIZED VIEW, or exclude it",
    ),
    (
        r"\b22(?:012|003|P02|007|008)\b|division by zero|out of range|invalid input syntax",
        "the view's own query fails on some row: mend the view, or exclude it",
    ),
    (
        r"22P05|22021|no equivalent in encoding|invalid byte sequence",
        "a character has no equivalent in UTF-8: the rest of the table can't be read as text",
    ),
    (
        r"53\d\d\d|No space left|out of memory",
        "the server ran out of space or memory: it sorts tables without a key",
    ),
    (
        r"57P0|08\d\d\d|terminating|server closed|connection not open|lost|SYSCALL|not receive",
        "the connection was lost: scan again",
    ),
)


_UNREADABLE = (
    "The PostgreSQL url can't be read: write postgresql://user:secret@host:5432/database"
    " with %40 for @, %2F for / and %25 for % within a name or secret."
)


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """Where a database is and who asks; no ``repr``: it holds the password."""

    parameters: dict[str, str]

    @classmethod
    def of(cls, url: str) -> Server:
        """Parse a URL; raise ``Unsupported`` where it isn't one."""
        plain = re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)
        try:
            given = conninfo_to_dict(plain)
        except psycopg.ProgrammingError:
            given = {}
        if not plain.startswith("postgresql://") or not _whole(given):
            # The parser's words quote the part it stumbles over, which may be the password.
            raise Unsupported(_UNREADABLE)
        return cls({**_DEFAULTS, **{key: str(value) for key, value in given.items()}})

    @property
    def conninfo(self) -> str:
        """The address as libpq reads it, UTF-8 asked for; it holds the password."""
        return make_conninfo(**{**self.parameters, "client_encoding": "UTF8"})

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


def reason(error: BaseException | None) -> str:
    """Tell in our own words why reading stopped, from SQLSTATE or the driver's words."""
    said = f"{getattr(error, 'sqlstate', '') or ''} {error}"
    for pattern, words in _BREAKS:
        if re.search(pattern, said):
            return words
    state = getattr(error, "sqlstate", None)
    return f"the server gave up reading it{f' (SQLSTATE {state})' if state else ''}"


def _whole(given: Mapping[str, object]) -> bool:
    """Tell whether no part of a secret slipped elsewhere, as an unescaped @ or / makes it."""
    port = str(given.get("port") or "0")
    elsewhere = f"{given.get('host') or ''}{given.get('dbname') or ''}"
    return bool(given) and port.replace(",", "").isdigit() and "@" not in elsewhere
