"""An address: a store's URL taken apart into account, host, path and options.

People write passwords with ``@`` and ``/`` in them as they are; keys of S3 hold ``/`` and ``+``.
So the last ``@`` ends the account, unless what stands between colon and slash is a port.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

_ACCOUNT = re.compile(r"(?P<user>[^:/?#@]*)(?::(?P<password>.*))?@(?P<rest>[^@]*)", re.DOTALL)
_HAS_PORT = re.compile(r"[^:/?#@]*:\d*(?:[/?#]|$)|\[")
_HOST = re.compile(
    r"(?P<host>\[[^\]]*\]|[^:/?#]*)(?::(?P<port>\d+))?(?P<path>[^?]*)(?:\?(?P<query>.*))?"
)


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where a store is, and as whom; no ``repr``: it holds a password."""

    scheme: str
    user: str
    password: str
    host: str
    port: int | None
    path: str
    options: Mapping[str, str]


def address(url: str) -> Address:
    """Take a URL apart; what is percent-encoded in it is decoded.

    >>> found = address("sftp://scanner:p@ss/word@files.example:2022/人事/?known_hosts=/etc/hosts")
    >>> found.user, found.password, found.host, found.port, found.path
    ('scanner', 'p@ss/word', 'files.example', 2022, '/人事/')
    """
    scheme, _, rest = url.partition("://")
    user, password = "", ""
    account = None if _HAS_PORT.match(rest) else _ACCOUNT.fullmatch(rest)
    if account:
        user, password = unquote(account["user"]), unquote(account["password"] or "")
        rest = account["rest"]
    found = _HOST.fullmatch(rest)
    if found is None:
        return Address(scheme, user, password, "", None, rest, {})
    port = int(found["port"]) if found["port"] else None
    options = dict(parse_qsl(found["query"] or "", keep_blank_values=True))
    host = found["host"].strip("[]")
    return Address(scheme, user, password, host, port, unquote(found["path"]), options)
