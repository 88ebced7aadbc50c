"""A source's URL: where a secret stands in it, and how it may be shown and kept.

People write passwords with ``@`` and ``/`` in them as they are. So everything between the first
colon of the authority and the last ``@`` is taken for a secret, even if that is too much.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

from flows.faults import UsageError

_LOCAL_SCHEMES = ("sqlite", "duckdb", "file")
_AUTHORITY = re.compile(
    r"(?P<head>[a-z][\w+.-]*:/{0,3}[^:/?#@]*):(?P<secret>.*)@(?P<tail>[^@]*)", re.IGNORECASE
)
_QUERY = re.compile(
    r"(?P<head>[?&][\w.-]*(?:password|passwd|pwd|passphrase|secret|token)[\w.-]*=)(?P<secret>[^&#]+)",
    re.IGNORECASE,
)


def shown(url: str) -> str:
    """Return a URL as it may be shown: without its password, nor what its query may hold.

    >>> shown("postgresql://scanner:p@ss/word@db.example/crm?password=x")
    'postgresql://scanner@db.example/crm'
    >>> shown("sqlite:///crm.db")
    'sqlite:///crm.db'
    """
    found = _AUTHORITY.fullmatch(url)
    if found and found["head"].partition(":")[0] not in _LOCAL_SCHEMES:
        url = f"{found['head']}@{found['tail']}"
    return url if is_local(url) else re.split(r"[?#]", url, maxsplit=1)[0]


def without_secret(url: str, stand_in: str) -> tuple[str, str | None]:
    """Return the URL with ``stand_in`` in the place of its secret, and the secret if it has one.

    >>> without_secret("postgresql://scanner:secret@db.example/crm", "${PASSWORD}")
    ('postgresql://scanner:${PASSWORD}@db.example/crm', 'secret')
    """
    if is_local(url):
        return url, None
    found = [match for one in (_AUTHORITY.match(url), _QUERY.search(url)) if (match := one)]
    if len(found) > 1 or len(_QUERY.findall(url)) > 1:
        raise UsageError("The URL holds two secrets: write it into a settings file, with ${NAME}s.")
    if not found:
        return url, None
    start, end = found[0].span("secret")
    return f"{url[:start]}{stand_in}{url[end:]}", found[0]["secret"]


def absolute(url: str, folder: Path) -> str:
    """Return ``url`` with a relative local path made absolute below ``folder``."""
    if not is_local(url):
        return url
    scheme, path = _local_parts(url)
    plain = os.path.normpath((folder / path).absolute())
    slashes = "//" if scheme == "file" else "///"
    return f"{scheme}:{slashes}{plain}" if scheme else plain


def is_local(url: str) -> bool:
    """Tell whether it names a file or folder of this machine: a path, or a URL for one."""
    scheme, _, _ = url.partition(":")
    return ("://" not in url and scheme != "file") or scheme.split("+")[0] in _LOCAL_SCHEMES


def local_path(url: str) -> Path:
    """Return the path that a local URL names."""
    scheme, path = _local_parts(url)
    return Path(unquote(path) if scheme else path)


def _local_parts(url: str) -> tuple[str, str]:
    """Part ``sqlite:///crm.db``, ``file:share``, ``file:///srv``, ``share`` in scheme and path."""
    if "://" not in url and not url.startswith("file:"):
        return "", url
    scheme, rest = url.split(":", 1)
    if scheme == "file":
        return scheme, rest.removeprefix("//")
    return scheme, rest.removeprefix("///")
