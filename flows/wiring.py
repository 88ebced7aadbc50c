"""Wiring: builds the sources, the inventory and the key that the settings name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from connectors.base import Source
from connectors.registry import open_source
from flows.faults import UsageError
from flows.settings import Settings, SourceSettings
from reports.inventory import Inventory
from reports.token import Tokens, parse_key, read_key

KEY_VARIABLE = "SHOZAI_KEY"
_LOCAL_SCHEMES = ("sqlite", "duckdb", "file")


def tokens(settings: Settings) -> Tokens:
    """Return the token maker under the key of ``SHOZAI_KEY`` or of the key file."""
    if text := os.environ.get(KEY_VARIABLE):
        return Tokens(parse_key(text))
    return Tokens(read_key(settings.folder / settings.inventory.key_file))


def inventory(settings: Settings) -> Inventory:
    """Return the inventory that the settings name."""
    return Inventory(settings.inventory_path, tokens(settings))


def chosen(settings: Settings, names: Sequence[str]) -> list[SourceSettings]:
    """Return the settings of the sources named, or of all."""
    known = {source.name: source for source in settings.source}
    if unknown := [name for name in names if name not in known]:
        listed = ", ".join(known) or "none"
        raise UsageError(f"No source is called {unknown[0]!r}; the settings name {listed}.")
    if not known:
        raise UsageError("The settings name no source: add a [[source]], or scan a path or URL.")
    return [known[name] for name in names or known]


def source(settings: Settings, one: SourceSettings, digest_key: bytes = b"") -> Source:
    """Open a source by its settings; nothing is read yet."""
    url = absolute(one.url.get_secret_value(), settings.folder)
    return open_source(one.name, url, digest_key, one.include, one.exclude)


def absolute(url: str, folder: Path) -> str:
    """Return ``url`` with a relative local path made absolute below ``folder``."""
    if "://" not in url and not url.startswith("file:"):
        return str((folder / url).absolute())
    scheme, rest = url.split(":", 1)
    if scheme.split("+")[0] not in _LOCAL_SCHEMES or rest.startswith("////"):
        return url
    path = rest.removeprefix("//") if scheme == "file" else rest.removeprefix("///")
    slashes = "//" if scheme == "file" else "///"
    return f"{scheme}:{slashes}{(folder / path).absolute()}"


def shown(url: str) -> str:
    """Return a URL as it may be shown: without its password, nor what its query may hold."""
    if "://" not in url:
        return url
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"{user.split(':')[0]}{at}{host}", parts.path, "", ""))


def settings_hash(settings: Settings) -> str:
    """Return what tells whether settings changed between two scans; it tells no secret."""
    plain = settings.model_dump_json(exclude={"folder", "people"})
    return sha256(plain.encode()).hexdigest()[:16]
